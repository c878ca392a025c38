// er/id-not-os: an ID that no system calls itself.
import { hostIds } from "../../tables/host-ids.ts";
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";

export const idNotOs: ReleaseCheck = {
  id: "er/id-not-os",
  severity: "warning",
  title: "An ID that no host has",
  why: "ID= is the ID of the host's operating system, as in its os-release file, and must be equal to it: IDs are lower case.",
  example: { bad: "ID=Fedora\nVERSION_ID=40\n", good: "ID=fedora\nVERSION_ID=40\n", fixed: ["good"] },
  run(file, context, report) {
    const id = file.get("ID");
    if (id === undefined || id.meant === "_any") return;
    const lower = id.meant.toLowerCase();
    if (!/^[a-z0-9._-]+$/.test(id.meant)) {
      const known = hostIds.find((host) => host.id === lower);
      report(
        id.meantSpan,
        `no system has the ID "${id.meant}": an ID contains only lower-case letters, digits and ._-; use the one in the host's os-release`,
        known === undefined ? {} : { fixes: [replaceWith(id.meantSpan, known.id)] },
      );
    } else if (id.meant === context.tree?.name && !hostIds.some((host) => host.id === id.meant)) {
      report(
        id.meantSpan,
        `"${id.meant}" is the name of this extension, but "ID=" must be the host's ID; use "_any" for all hosts`,
        { fixes: [replaceWith(id.meantSpan, "_any")] },
      );
    }
  },
};
