// er/duplicate-key: of several assignments of a key only the last one counts.
import type { ReleaseCheck } from "../check.ts";
import { removeLine } from "../fixes.ts";

export const duplicateKey: ReleaseCheck = {
  id: "er/duplicate-key",
  severity: "warning",
  title: "A key that is set again further down",
  why: "systemd uses the last value of a key, so the earlier line has no effect.",
  example: { bad: "ID=fedora\nID=_any\n", good: "ID=_any\n", fixed: ["good"] },
  run(file, _context, report) {
    const last = new Map(file.assignments.map((assignment) => [assignment.name, assignment]));
    for (const assignment of file.assignments) {
      const { name, key, value, text } = assignment;
      if (name === "" || last.get(name) === assignment) continue;
      report(
        { start: key.start, end: Math.max(value.end, key.end) },
        `"${name}=${text}" has no effect because "${name}" is set again below; remove one of the two lines`,
        { fixes: [removeLine(assignment)] },
      );
    }
  },
};
