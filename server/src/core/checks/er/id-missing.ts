// er/id-missing: without an ID no host accepts an extension.
import { findReleaseField } from "../../tables/find-release-field.ts";
import { findNearest } from "../../text/nearest.ts";
import type { ReleaseCheck } from "../check.ts";
import { insertAt, replaceWith } from "../fixes.ts";

/** Whether a key that systemd does not know is probably ID. */
export function isMisspeltId(name: string): boolean {
  return (
    findReleaseField(name) === undefined && /^[A-Za-z:]{1,4}$/.test(name) && findNearest(name, ["ID"]) !== undefined
  );
}

export const idMissing: ReleaseCheck = {
  id: "er/id-missing",
  severity: "error",
  title: "The release file has no ID",
  why: "A host compares the ID of an extension with its own; every host ignores an extension without an ID, or with an empty one.",
  example: {
    bad: "VERSION_ID=40\n",
    good: "ID=fedora\nVERSION_ID=40\n",
    fixed: [{ text: "ID=_any\nVERSION_ID=40\n" }],
  },
  run(file, _context, report) {
    if (file.get("ID") !== undefined || file.disguised("ID")) return;
    const empty = file.assignments.findLast(({ name }) => name === "ID");
    const message = 'every host ignores an extension without "ID="; add the host\'s ID, or "_any" for all hosts';
    const misspelt = file.assignments.find(({ name }) => isMisspeltId(name));
    if (misspelt !== undefined) {
      report(misspelt.key, `"${misspelt.name}" is not a known key, and every host ignores an extension without "ID"`, {
        fixes: [replaceWith(misspelt.key, "ID")],
      });
    } else if (empty === undefined) {
      const start = file.assignments[0]?.span.start ?? file.text.length;
      const newline = start > 0 && !/[\r\n]$/.test(file.text.slice(0, start)) ? "\n" : "";
      report(file.head, message, { fixes: [insertAt(start, `${newline}ID=_any\n`, 'Add "ID=_any"')] });
    } else {
      const span = { start: empty.key.start, end: Math.max(empty.value.end, empty.equals + 1) };
      report(span, message, { fixes: [replaceWith(span, "ID=_any")] });
    }
  },
};
