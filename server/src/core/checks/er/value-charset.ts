// er/value-charset: versions and levels have few characters.
import type { ReleaseCheck } from "../check.ts";

export const valueCharset: ReleaseCheck = {
  id: "er/value-charset",
  severity: "warning",
  title: "A version with invalid characters",
  why: "The VERSION_ID or level of a host contains only letters, digits and a few other characters; any other value cannot match. The version of the extension's content belongs in SYSEXT_VERSION_ID=.",
  example: { bad: "ID=fedora\nVERSION_ID='Fedora 40'\n", good: "ID=fedora\nVERSION_ID=40\n" },
  run(file, _context, report) {
    if (file.get("ID")?.meant === "_any") return;
    for (const name of ["VERSION_ID", "SYSEXT_LEVEL", "CONFEXT_LEVEL"]) {
      const found = file.get(name);
      if (found === undefined || found.openQuote !== undefined || /^[0-9A-Za-z._~^+-]+$/.test(found.meant)) continue;
      report(
        found.meantSpan,
        `no host has the ${name} "${found.meant}": only letters, digits and ._~^+- are valid; copy the value from the host's os-release`,
      );
    }
  },
};
