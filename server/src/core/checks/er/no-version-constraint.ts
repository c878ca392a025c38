// er/no-version-constraint: a host's ID alone is not enough for hosts that have a version.
import type { ReleaseCheck } from "../check.ts";
import { insertAt, replaceWith } from "../fixes.ts";
import { severityWithoutVersion } from "./host-versioning.ts";

export const noVersionConstraint: ReleaseCheck = {
  id: "er/no-version-constraint",
  severity: "error",
  title: "An ID without a version or level",
  why: "A host with a VERSION_ID ignores an extension that has its ID but neither a VERSION_ID nor a level that both sides have.",
  example: { bad: "ID=fedora\n", good: "ID=fedora\nVERSION_ID=40\n", fixed: [{ text: "ID=_any\n" }] },
  run(file, context, report) {
    const id = file.get("ID");
    if (id === undefined || id.meant === "_any") return;
    const level = context.location === "confext" ? "CONFEXT_LEVEL" : "SYSEXT_LEVEL";
    // A VERSION= in its place is another check's finding.
    if (["VERSION_ID", level, "VERSION"].some((name) => file.get(name) !== undefined || file.disguised(name))) return;
    const severity = severityWithoutVersion(id.meant);
    if (severity === undefined) return;
    const hosts = severity === "error" ? `every "${id.meant}" host` : "a host that has a VERSION_ID";
    const fixes = [replaceWith(id.meantSpan, "_any", 'Match any host with "ID=_any"')];
    if (id.meant === "flatcar" && level === "SYSEXT_LEVEL") {
      const newline = /[\r\n]$/.test(file.text.slice(0, id.span.end)) ? "" : "\n";
      fixes.unshift(insertAt(id.span.end, `${newline}SYSEXT_LEVEL=1.0\n`, 'Add "SYSEXT_LEVEL=1.0"'));
    }
    report(
      id.meantSpan,
      `${hosts} ignores an extension without a version; add "VERSION_ID=" with the host's version, or use "ID=_any"`,
      { severity, fixes },
    );
  },
};
