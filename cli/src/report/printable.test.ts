import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "./printable.ts";

for (const [text, shown] of [
  ["usr/bin/ä 日本 \u{1f600} a\\b", "usr/bin/ä 日本 \u{1f600} a\\b"],
  ["new\nline\ttab\r", "new\\nline\\ttab\\r"],
  ["\x1b[31mred\x07", "\\x1b[31mred\\x07"],
  ["\x7f\x9b", "\\x7f\\x9b"],
  ["odd \udcff byte", "odd \\xff byte"],
  ["half \ud83d", "half \\ud83d"],
  ["evil\u202egnp.exe", "evil\\u202egnp.exe"],
  ["line\u2028end", "line\\u2028end"],
] as const) {
  test(`${JSON.stringify(text)} is shown as ${JSON.stringify(shown)}`, () => {
    assert.equal(printable(text), shown);
  });
}
