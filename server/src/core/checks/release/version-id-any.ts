// er/version-id-any: `_any` is no wildcard for versions and levels.
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { severityWithoutVersion } from "./host-versioning.ts";

export const versionIdAny: ReleaseCheck = {
  id: "er/version-id-any",
  severity: "error",
  title: "_any as a version",
  why: "Only ID= and ARCHITECTURE= know the word _any; a version or level of that name is compared letter by letter, and no host has it.",
  example: { bad: "ID=fedora\nVERSION_ID=_any\n", good: "ID=_any\n" },
  run(file, _context, report) {
    const id = file.get("ID");
    if (id === undefined || id.meant === "_any") return;
    const severity = severityWithoutVersion(id.meant);
    for (const name of ["VERSION_ID", "SYSEXT_LEVEL", "CONFEXT_LEVEL"]) {
      const found = file.get(name);
      if (found?.meant !== "_any") continue;
      report(
        found.meantSpan,
        `"_any" is a wildcard for ID and ARCHITECTURE only, and no host has the ${name} "_any"; give a version, or use "ID=_any"`,
        {
          severity: severity ?? "info",
          fixes: [
            {
              title: 'Match any host with "ID=_any"',
              changes: [...replaceWith(id.meantSpan, "_any").changes, ...replaceWith(found.span, "").changes],
            },
          ],
        },
      );
    }
  },
};
