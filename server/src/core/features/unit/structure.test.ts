// Outline, folding, selection and highlights of unit files; `$0` is the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { unitCaret, unitText } from "../../../../../test/support/unit-caret.ts";
import type { Span } from "../../text/span.ts";
import { foldsOfUnit } from "./folding.ts";
import { highlightsInUnit } from "./highlight.ts";
import { outlineOfUnit } from "./outline.ts";
import { selectionsInUnit } from "./selection.ts";

const demo = `# Head
# of the file
[Unit]
Description=Demo
After=a.service \\
# between
  b.service

# about the service
[Service]
ExecStart=/bin/a
`;

test("the outline has the sections with their settings", () => {
  const { file, text } = unitText(demo);
  const entries = outlineOfUnit(file).map((entry) => [
    entry.name,
    "children" in entry ? entry.children.map(({ name, detail }) => `${name}: ${detail}`) : entry.detail,
  ]);
  assert.deepEqual(entries, [
    ["Unit", ["Description: Demo", "After: a.service    b.service"]],
    ["Service", ["ExecStart: /bin/a"]],
  ]);
  for (const { span, nameSpan } of outlineOfUnit(file)) {
    assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end && span.end <= text.length);
  }
});

test("the outline has what stands before the first header, and a section as often as it comes", () => {
  const { file } = unitText("A=1\n[Unit]\n[]\n[Unit]\nB=\n");
  assert.deepEqual(
    outlineOfUnit(file).map(({ name }) => name),
    ["A", "Unit", "[]", "Unit"],
  );
});

test("sections, comments and values over several lines can be folded", () => {
  const { file, text } = unitText(demo);
  const folded = foldsOfUnit(file).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
  assert.deepEqual(folded, [
    ["comment", "# Head\n# of the file"],
    ["section", "[Unit]\nDescription=Demo\nAfter=a.service \\\n# between\n  b.service"],
    ["value", "After=a.service \\\n# between\n  b.service"],
    ["section", "[Service]\nExecStart=/bin/a"],
  ]);
});

test("a fold ends at the end of the text where no line's end follows", () => {
  const { file, text } = unitText("[Unit]\nAfter=a.service\\\n b.service");
  assert.deepEqual(
    foldsOfUnit(file).map(({ start, end }) => text.slice(start, end)),
    ["[Unit]\nAfter=a.service\\\n b.service", "After=a.service\\\n b.service"],
  );
});

test("what is on one line cannot be folded", () => {
  for (const text of ["", "[Unit]", "[Unit]\n\n\n# one\n\n[Service]\n", "A=\\\n"]) {
    assert.deepEqual(foldsOfUnit(unitText(text).file), [], JSON.stringify(text));
  }
});

function grown(marked: string): string[] {
  const { file, offset, text } = unitCaret(marked);
  return selectionsInUnit(file, offset).map(({ start, end }) => text.slice(start, end));
}

test("a selection grows from the word to the file", () => {
  assert.deepEqual(grown("[Unit]\nAfter=a.service b.se$0rvice\n[Install]\n"), [
    "b.service",
    "a.service b.service",
    "After=a.service b.service",
    "[Unit]\nAfter=a.service b.service\n",
    "[Unit]\nAfter=a.service b.service\n[Install]\n",
  ]);
  assert.deepEqual(grown("[Un$0it]\nA=b"), ["Unit", "[Unit]", "[Unit]\nA=b"]);
  assert.deepEqual(grown("[Unit]\n  A$0fter=a\n").slice(0, 3), ["After", "After=a", "  After=a"]);
  assert.deepEqual(grown("# two wo$0rds\n"), ["words", "# two words", "# two words\n"]);
});

test("every stretch of a selection holds the one before and the caret", () => {
  const { file, text } = unitText(`\ufeff${demo}[Bro\\\nken\nnoise\0\r`);
  for (let offset = 0; offset <= text.length; offset++) {
    let last: Span = { start: offset, end: offset };
    const spans = selectionsInUnit(file, offset);
    for (const span of spans) {
      assert.ok(span.start <= last.start && span.end >= last.end, `at ${offset}`);
      last = span;
    }
    assert.deepEqual(spans.at(-1), { start: 0, end: text.length });
  }
});

function highlighted(marked: string): string[] {
  const { file, offset, text } = unitCaret(marked);
  return highlightsInUnit(file, offset).map(
    ({ span, kind }) => `${kind} ${span.start}:${text.slice(span.start, span.end)}`,
  );
}

test("a setting is highlighted wherever its section has it", () => {
  assert.deepEqual(highlighted("[Unit]\nAf$0ter=a.service\nAfter=b.service\n[X]\nAfter=c\n"), [
    "write 7:After",
    "write 23:After",
  ]);
  assert.deepEqual(highlighted("[Un$0it]\n[Service]\n[Unit]\n"), ["write 1:Unit", "write 18:Unit"]);
});

test("a unit is highlighted with its template", () => {
  assert.deepEqual(highlighted("[Unit]\nAfter=a@b.ser$0vice c.service\nWants=a@b.service a@.service\n"), [
    "read 13:a@b.service",
    "read 41:a@b.service",
    "read 53:a@.service",
  ]);
});

test("a variable is highlighted where it is set and where it is used", () => {
  const service = '[Service]\nEnvironment="A=1" B=2\nExecStart=/bin/a $$A $A x$';
  assert.deepEqual(highlighted(`${service}{$0A}\n`), ["write 23:A", "read 54:A", "read 59:A"]);
});

test("nothing is highlighted in comments and where nothing has a name", () => {
  assert.deepEqual(highlighted("[Unit]\n# Af$0ter=a.service\nAfter=b.service\n"), []);
  assert.deepEqual(highlighted("[Unit]\nDescription=a$0b\n"), []);
  assert.deepEqual(highlighted("[Unit]\n$0\n"), []);
});
