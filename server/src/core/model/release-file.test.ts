// What of a release file counts, what was meant by it, and where it is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseReleaseFile } from "./release-file.ts";

test("the last assignment of a key counts, unless it is empty", () => {
  const file = parseReleaseFile("ID=a\nID=b\nNAME=x\nNAME=\n");
  assert.deepEqual([file.get("ID")?.text, file.get("NAME"), file.get("VERSION")], ["b", undefined, undefined]);
});

test("a key is disguised by a byte order mark, by export, or in a value whose quote is open", () => {
  const isDisguised = (text: string) => parseReleaseFile(text).disguised("ID");
  for (const text of ["\ufeffID=a", "export ID=a", "export \t ID=a", 'NAME="x\nID=a', "NAME='x\r  ID = a"]) {
    assert.ok(isDisguised(text), JSON.stringify(text));
  }
  for (const text of [
    "ID=a",
    "XID=a",
    "xexport ID=a",
    "exportID=a",
    'NAME="x\nID=a"',
    'NAME="ID=a',
    'NAME="x\nIDX=a',
    'NAME="x\nID',
    "NAME=x",
  ]) {
    assert.ok(!isDisguised(text), JSON.stringify(text));
  }
});

test("a comment behind a value is told from what was meant", () => {
  for (const [text, meant, written, comment] of [
    ["ID=a # b", "a", "a", "# b"],
    ["ID=a ; b", "a", "a", "; b"],
    ["ID=a\t#b", "a", "a", "#b"],
    ["ID=a#b", "a#b", "a#b", undefined],
    ["ID=#b", "#b", "#b", undefined],
    ["NAME=a ; b", "a ; b", "a ; b", undefined],
    ["NAME=a # b", "a", "a", "# b"],
    ['ID="a" # b', "a", "a", "# b"],
    ['ID="a # b"', "a # b", "a # b", undefined],
    ["ID='a' ;b", "a", "a", ";b"],
    ['ID="a"', "a", "a", undefined],
    ['ID="a"b', "ab", '"a"b', undefined],
    ["ID=", "", "", undefined],
  ] as const) {
    const [found] = parseReleaseFile(text).assignments;
    assert.ok(found);
    const { meantSpan, inlineComment } = found;
    const shown = inlineComment === undefined ? undefined : text.slice(inlineComment.start, inlineComment.end);
    assert.deepEqual([found.meant, text.slice(meantSpan.start, meantSpan.end), shown], [meant, written, comment], text);
  }
});

test("the file as a whole is shown at its first assignment, else at its first line", () => {
  const headOf = (text: string) => {
    const { start, end } = parseReleaseFile(text).head;
    return text.slice(start, end);
  };
  assert.equal(headOf("# x\n ID = a \nNAME=b"), "ID = a");
  assert.equal(headOf("# x\nID=\nNAME=b"), "ID=");
  assert.equal(headOf("# x\n# y\n"), "# x");
  assert.equal(headOf(""), "");
});
