import assert from "node:assert/strict";
import { test } from "node:test";
import { demoRelease, extractCaret, parseFixture, renderFixture } from "./fixture.ts";

test("a text without a header is the release file of a demo, without its marks", () => {
  const [file, ...more] = parseFixture('ID=x # y\n#    ^^^ error[er/a]: write "y"\nA=1\n#^ hint[er/b]\n');
  assert.deepEqual(more, []);
  assert.equal(file?.path, demoRelease);
  assert.equal(file.text, "ID=x # y\nA=1\n");
  assert.deepEqual(file.marks, [
    { span: { start: 5, end: 8 }, severity: "error", check: "er/a", message: 'write "y"' },
    { span: { start: 9, end: 10 }, severity: "hint", check: "er/b" },
  ]);
});

test("headers begin files, there or missing", () => {
  const files = parseFixture("#- usr/a\none\n#- usr/b\n#? usr/c\n#| error[er/missing]: none\n");
  assert.deepEqual(
    files.map(({ path, there, text, marks }) => [path, there, text, marks.length]),
    [
      ["usr/a", true, "one\n", 0],
      ["usr/b", true, "", 0],
      ["usr/c", false, "", 1],
    ],
  );
});

test("marks show the line's beginning, nothing long, and what goes on behind the line", () => {
  const [file] = parseFixture('A="x\ny"\n#^ info[er/a]\n# | info[er/b]\n');
  assert.deepEqual(
    file?.marks.map(({ span }) => span),
    [
      { start: 5, end: 6 },
      { start: 7, end: 7 },
    ],
  );
  const [open] = parseFixture('A="x\n# ^^> info[er/a]\ny"\n');
  assert.deepEqual(open?.marks, [{ span: { start: 2, end: 4 }, severity: "info", check: "er/a", beyond: true }]);
});

test("what is rendered reads as before", () => {
  for (const fixture of [
    "",
    "#| error[er/id-missing]: empty\n",
    'ID=x\n#^^^^ error[er/a]: one\n#  ^ error[er/b]: two\nA="b\n# ^^> hint[er/c]\nc"\n',
    "A=1\r\n#^ info[er/a]: x\n",
    "#- usr/a\n# a comment ^ of its own\n#- usr/b\n#? usr/c\n#| error[er/missing]\n",
  ]) {
    assert.equal(renderFixture(parseFixture(fixture)), fixture);
  }
});

test("a mark that is not one is refused, not passed over", () => {
  assert.throws(() => parseFixture("ID=x\n#  ^ eror[er/a]: x\n"), /"# {2}\^ eror\[er\/a\]: x" marks a line/);
  assert.throws(() => parseFixture("ID=x\n#  ^^ error[er/a]: x\n"), /more than the line above has/);
  assert.throws(() => parseFixture("#- a\n#- a\n"), /"a" twice/);
  assert.throws(() => parseFixture("#? a\nID=x\n"), /"a" is missing/);
});

test("the second column cannot be marked, and that is said", () => {
  const mark = { span: { start: 1, end: 2 }, severity: "error", check: "er/a" } as const;
  assert.throws(
    () => renderFixture([{ path: demoRelease, there: true, text: "ID=x\n", marks: [mark] }]),
    /second column/,
  );
});

test("the caret is taken out of the text", () => {
  assert.deepEqual(extractCaret("ID=$0x"), { text: "ID=x", offset: 3 });
  assert.throws(() => extractCaret("ID=x"), /one \$0/);
  assert.throws(() => extractCaret("$0ID=$0x"), /one \$0/);
});
