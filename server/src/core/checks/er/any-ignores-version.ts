// er/any-ignores-version: ID=_any switches the comparison of versions off.
import type { ReleaseCheck } from "../check.ts";
import { removeLine } from "../fixes.ts";

const unread = ["VERSION_ID", "SYSEXT_LEVEL", "CONFEXT_LEVEL"];

export const anyIgnoresVersion: ReleaseCheck = {
  id: "er/any-ignores-version",
  severity: "warning",
  title: "A version beside ID=_any is not compared",
  why: "With ID=_any, a host accepts the extension without comparing VERSION_ID= or a level, so binding it to a version has no effect.",
  since: 252,
  example: { bad: "ID=_any\nVERSION_ID=40\n", good: "ID=fedora\nVERSION_ID=40\n", fixed: [{ text: "ID=_any\n" }] },
  run(file, _context, report) {
    if (file.get("ID")?.meant !== "_any") return;
    for (const name of unread) {
      const found = file.get(name);
      if (found === undefined) continue;
      report(
        { start: found.key.start, end: found.value.end },
        `no host compares "${name}=${found.meant}" with "ID=_any"; remove it, or set "ID=" to the host's ID`,
        { fixes: [removeLine(found)] },
      );
    }
  },
};
