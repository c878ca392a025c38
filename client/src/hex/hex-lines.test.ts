// The lines look like those of hexdump -C, pages follow each other without a gap.
import assert from "node:assert/strict";
import { test } from "node:test";
import { hexLines, hexPageSize, hexPages, hexPlace, parseOffset } from "./hex-lines.ts";

test("offset, bytes and signs stand in columns", () => {
  assert.deepEqual(hexLines(Buffer.from("\x7fELF and\nmore than a line"), 0x10), [
    "00000010  7f 45 4c 46 20 61 6e 64  0a 6d 6f 72 65 20 74 68  |.ELF and.more th|",
    "00000020  61 6e 20 61 20 6c 69 6e  65                       |an a line|",
  ]);
  assert.deepEqual(hexLines(new Uint8Array(0), 0), []);
  assert.match(hexLines(new Uint8Array(1), 0x1234567890)[0] ?? "", /^1234567890 {2}00 /);
});

test("every byte is on one page", () => {
  assert.deepEqual([0, 1, hexPageSize, hexPageSize + 1].map(hexPages), [1, 1, 1, 2]);
  assert.deepEqual(hexPlace(hexPageSize - 1), { page: 0, line: hexPageSize / 16 - 1 });
  assert.deepEqual(hexPlace(hexPageSize + 33), { page: 1, line: 2 });
});

test("offsets are decimal or hexadecimal and lie in the file", () => {
  assert.equal(parseOffset(" 0x10 ", 100), 16);
  assert.equal(parseOffset("10", 100), 10);
  for (const wrong of ["100", "-1", "ten", "", "1e1", "0x"]) assert.equal(parseOffset(wrong, 100), undefined, wrong);
  assert.equal(parseOffset("0", 0), 0);
});
