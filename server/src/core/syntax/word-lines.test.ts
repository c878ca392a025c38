// Fields of lines, and where they are written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseWordLines } from "./word-lines.ts";

test("fields stand between blanks, and may be in quotes", () => {
  const text = '# a comment\n\nd /run/demo 0755 "a user" -\n  u  demo - \'The "demo"\' /var/lib/demo';
  const lines = parseWordLines(text);
  assert.deepEqual(
    lines.map(({ fields }) => fields.map((field) => field.text)),
    [
      ["d", "/run/demo", "0755", "a user", "-"],
      ["u", "demo", "-", 'The "demo"', "/var/lib/demo"],
    ],
  );
  for (const { fields } of lines) {
    for (const { text: value, span } of fields) assert.ok(text.slice(span.start, span.end).includes(value));
  }
});

test("lines and fields are where they are written, without the ends of lines", () => {
  const text = "\n# a\nd /a\n u b";
  assert.deepEqual(
    parseWordLines(text).map(({ span }) => text.slice(span.start, span.end)),
    ["d /a", " u b"],
  );
  const [, last] = parseWordLines(text);
  assert.deepEqual(last?.fields, [
    { text: "u", span: { start: 11, end: 12 } },
    { text: "b", span: { start: 13, end: 14 } },
  ]);
});

test("any text has lines, in linear time", () => {
  for (const text of ["", '"', "'''", "a\0b", '"\\', "\r\n\r\n", "x ".repeat(100_000), '"'.repeat(100_000)]) {
    for (const { fields } of parseWordLines(text)) assert.ok(fields.length > 0 && fields.length <= 16);
  }
});

test("a line may have one field, comments begin with their first sign, and of many fields the first sixteen count", () => {
  const fieldsOf = (text: string) =>
    parseWordLines(text).map(({ fields }) => fields.map((field) => field.text).join("|"));
  assert.deepEqual(fieldsOf('a\n \t# b\nc # d\n\n""\ne'), ["a", "c|#|d", "", "e"]);
  assert.deepEqual(fieldsOf(Array.from({ length: 17 }, (_, at) => `f${at}`).join(" ")), [
    Array.from({ length: 16 }, (_, at) => `f${at}`).join("|"),
  ]);
  assert.deepEqual(fieldsOf("\"a b\"c 'd \\' e' \"f"), ['"a b"c|d \\\' e|"f']);
});
