// er/syntax-inline-comment: a comment behind a value becomes a part of it.

import { findReleaseField } from "../../tables/find-release-field.ts";
import type { ReleaseCheck } from "../check.ts";

export const syntaxInlineComment: ReleaseCheck = {
  id: "er/syntax-inline-comment",
  severity: "error",
  title: "A comment after a value",
  why: "A comment needs a line of its own; after a value, # and everything that follows are part of the value, which then matches nothing.",
  example: { bad: "ID=_any # every host\n", good: "# every host\nID=_any\n", fixed: ["good"] },
  run(file, _context, report) {
    for (const { name, inlineComment, meantSpan, span } of file.assignments) {
      if (inlineComment === undefined) continue;
      const comment = file.text.slice(inlineComment.start, inlineComment.end);
      // In a text for people the # may be meant.
      const field = findReleaseField(name);
      const severity = field === undefined || field.valueClass === "text" ? "info" : "error";
      report(inlineComment, `"${comment}" is part of the value of "${name}"; move the comment to a line of its own`, {
        severity,
        fixes: [
          {
            title: "Move the comment to a line of its own",
            changes: [
              { kind: "edit", span: { start: span.start, end: span.start }, text: `${comment}\n` },
              { kind: "edit", span: { start: meantSpan.end, end: inlineComment.end }, text: "" },
            ],
          },
        ],
      });
    }
  },
};
