// What a definition is refused without, so that an assignment which systemd-sysupdate passes over ends its run.
import type { Entry } from "../../model/unit-file.ts";

/** Whether systemd-sysupdate does not run when it passes over an assignment, or cannot read its value. */
export function isNeeded({ setting, section }: Entry): boolean {
  if (setting?.name === "Path") return true;
  return section.name === "Source" && (setting?.name === "MatchPattern" || setting?.name === "Type");
}
