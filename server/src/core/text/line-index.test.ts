import assert from "node:assert/strict";
import { test } from "node:test";
import { lineIndex } from "./line-index.ts";

const text = "ab\ncd\r\nef\rgh";
const index = lineIndex(text);

test("lines end at LF, CR LF and CR", () => {
  assert.equal(index.lines, 4);
  assert.deepEqual(
    [0, 2, 3, 5, 6, 7, 9, 10, 12].map((offset) => Object.values(index.position(offset))),
    [
      [0, 0],
      [0, 2],
      [1, 0],
      [1, 2],
      [1, 3],
      [2, 0],
      [2, 2],
      [3, 0],
      [3, 2],
    ],
  );
});

test("offsets outside of the text count as its nearest end, columns behind a line's end as that end", () => {
  assert.deepEqual(index.position(-1), { line: 0, column: 0 });
  assert.deepEqual(index.position(99), { line: 3, column: 2 });
  assert.equal(index.offset({ line: 1, column: 9 }), 5);
  assert.equal(index.offset({ line: 1, column: -1 }), 3);
  assert.equal(index.offset({ line: -1, column: 1 }), 0);
  assert.equal(index.offset({ line: 9, column: 0 }), text.length);
});

test("each position leads back to its offset", () => {
  for (const offset of [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12])
    assert.equal(index.offset(index.position(offset)), offset);
  assert.deepEqual(lineIndex("").position(0), { line: 0, column: 0 });
});
