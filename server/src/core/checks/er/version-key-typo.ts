// er/version-key-typo: VERSION is for people, VERSION_ID is what hosts compare.
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { severityWithoutVersion } from "./host-versioning.ts";

export const versionKeyTypo: ReleaseCheck = {
  id: "er/version-key-typo",
  severity: "error",
  title: "VERSION instead of VERSION_ID",
  why: "Hosts compare VERSION_ID=; VERSION= is for people to read and is never compared.",
  example: { bad: "ID=fedora\nVERSION=40\n", good: "ID=fedora\nVERSION_ID=40\n", fixed: ["good"] },
  run(file, context, report) {
    const id = file.get("ID");
    const version = file.get("VERSION");
    const level = context.location === "confext" ? "CONFEXT_LEVEL" : "SYSEXT_LEVEL";
    if (id === undefined || id.meant === "_any" || version === undefined) return;
    if (file.get("VERSION_ID") !== undefined || file.get(level) !== undefined) return;
    const severity = severityWithoutVersion(id.meant);
    if (severity === undefined) return;
    report(
      version.key,
      `hosts compare "VERSION_ID", not "VERSION", and ignore an extension without it; rename the key`,
      {
        severity,
        fixes: [replaceWith(version.key, "VERSION_ID")],
      },
    );
  },
};
