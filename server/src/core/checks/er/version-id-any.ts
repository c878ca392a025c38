// er/version-id-any: `_any` is no wildcard for versions and levels.
import type { ReleaseCheck } from "../check.ts";
import { removeLine, replaceWith } from "../fixes.ts";
import { severityWithoutVersion } from "./host-versioning.ts";

export const versionIdAny: ReleaseCheck = {
  id: "er/version-id-any",
  severity: "error",
  title: "_any as a version",
  why: "Only ID= and ARCHITECTURE= support _any; as a version or level it is compared literally, and no host has it.",
  example: { bad: "ID=fedora\nVERSION_ID=_any\n", good: "ID=_any\n", fixed: ["good"] },
  run(file, context, report) {
    const id = file.get("ID");
    if (id === undefined || id.meant === "_any") return;
    const severity = severityWithoutVersion(id.meant);
    const level = context.location === "confext" ? "CONFEXT_LEVEL" : "SYSEXT_LEVEL";
    for (const [name, otherName] of [
      ["VERSION_ID", level],
      [level, "VERSION_ID"],
    ] as const) {
      const found = file.get(name);
      if (found?.meant !== "_any") continue;
      const other = file.get(otherName)?.meant;
      if (other !== undefined && other !== "_any") {
        // Hosts that compare the other one do match.
        report(
          found.meantSpan,
          `"_any" is valid only for ID and ARCHITECTURE, and no host has the ${name} "_any"; remove it, as "${otherName}=${other}" is compared`,
          { severity: "warning", fixes: [removeLine(found)] },
        );
        continue;
      }
      report(
        found.meantSpan,
        `"_any" is valid only for ID and ARCHITECTURE, and no host has the ${name} "_any"; set a version, or use "ID=_any"`,
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
