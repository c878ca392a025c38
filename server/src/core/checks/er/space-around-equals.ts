// er/space-around-equals: systemd takes blanks around `=`, other readers of the format do not.
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";

export const spaceAroundEquals: ReleaseCheck = {
  id: "er/space-around-equals",
  severity: "info",
  title: "Whitespace around the equals sign",
  why: "systemd removes the whitespace, but shells and other programs that read os-release files treat the line as a command.",
  example: { bad: "ID = _any\n", good: "ID=_any\n", fixed: ["good"] },
  run(file, _context, report) {
    for (const { key, equals, value, name } of file.assignments) {
      if (key.end === equals && (value.start === equals + 1 || value.start === value.end)) continue;
      const span = { start: key.end, end: value.start === value.end ? equals + 1 : value.start };
      report(
        span,
        `systemd removes the whitespace around "=" after "${name}", but shells and other tools do not; delete it`,
        {
          fixes: [replaceWith(span, "=", "Remove the whitespace")],
        },
      );
    }
  },
};
