import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpenAtEnd, linesIn } from "./lines.ts";

function lines(text: string, start = 0): string[] {
  return [...linesIn(text, { start, end: text.length })].map(
    ({ start: from, contentEnd, end, comment, continued }) =>
      `${from}-${contentEnd}-${end}${comment ? " comment" : ""}${continued ? " continued" : ""}`,
  );
}

test("a line ends behind LF, CR LF, CR and NUL, and at the text's end", () => {
  assert.deepEqual(lines("a\nbc\r\nd\re\0f"), ["0-1-2", "2-4-6", "6-7-8", "8-9-10", "10-11-11"]);
  assert.deepEqual(lines("a\n\nb", 2), ["2-2-3", "3-4-4"]);
  assert.deepEqual(lines(""), []);
});

test("a comment begins with # or ; behind whitespace, and is not continued", () => {
  assert.deepEqual(lines(" \t# a\\\n;b\na # c\n\n#"), [
    "0-6-7 comment",
    "7-9-10 comment",
    "10-15-16",
    "16-16-17",
    "17-18-18 comment",
  ]);
});

test("an odd number of backslashes at the end continues a line", () => {
  assert.deepEqual(lines("a\\\nb\\\\\n\\\\\\\n"), ["0-2-3 continued", "3-6-7", "7-10-11 continued"]);
});

test("a node is open where the text goes on at its end", () => {
  const open = (text: string, start = 0, end = text.length) => isOpenAtEnd(text, { start, end });
  assert.equal(open("A=1"), true);
  assert.equal(open("A=1\n"), false);
  assert.equal(open("A=1\\\n"), true);
  assert.equal(open("A=1\\\nb\n"), false);
  assert.equal(open("A=1\\\n# a comment in between\n"), true);
  assert.equal(open("# a comment by itself\n"), false);
  assert.equal(open("A=1\\\n", 0, 3), false, "it ends before the text does");
  assert.equal(open("A=1\n", 4, 4), false, "nothing at all");
});
