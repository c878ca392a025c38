// Blocks of folders in ext4: entries one behind the other, unused ones among them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseEntries } from "./directory.ts";

type Entry = readonly [inode: number, name: string, type: number, length?: number];

function blockOf(size: number, ...entries: readonly Entry[]): Buffer {
  const block = Buffer.alloc(size);
  let at = 0;
  for (const [i, [inode, name, type, given]] of entries.entries()) {
    const isLast = i === entries.length - 1;
    const length = given ?? (isLast ? size - at : Math.ceil((8 + name.length) / 4) * 4);
    block.writeUInt32LE(inode, at);
    block.writeUInt16LE(length, at + 4);
    block.writeUInt8(name.length, at + 6);
    block.writeUInt8(type, at + 7);
    block.write(name, at + 8, "latin1");
    at += length;
  }
  return block;
}

const read = (block: Uint8Array, hasTypes = true) => parseEntries(block, 77, hasTypes);

test("entries have an inode, a name and a type, and dots and unused ones are none", () => {
  const block = blockOf(
    128,
    [2, ".", 2],
    [2, "..", 2],
    [11, "file", 1],
    [0, "gone", 1],
    [12, "link", 7],
    [13, "", 1],
    [14, "x", 2],
  );
  assert.deepEqual(read(block), [
    { name: "file", inode: 11, type: "file" },
    { name: "link", inode: 12, type: "symlink" },
    { name: "x", inode: 14, type: "directory" },
  ]);
  assert.deepEqual(
    read(block, false).map(({ type }) => type),
    [undefined, undefined, undefined],
  );
});

test("an entry of length 0 or 65535 goes to the block's end", () => {
  for (const length of [0, 0xffff]) {
    assert.deepEqual(read(blockOf(64, [11, "a", 1, length])), [{ name: "a", inode: 11, type: "file" }]);
  }
});

test("an entry that just holds its name, and one that ends with the block, are right", () => {
  assert.equal(read(blockOf(24, [11, "four", 1, 12], [12, "last", 1, 12])).length, 2);
});

for (const [what, block] of [
  ["shorter than its name", blockOf(64, [11, "abcde", 1, 12])],
  ["of a length that is no multiple of 4", blockOf(64, [11, "a", 1, 14])],
  ["longer than its block", blockOf(64, [11, "a", 1, 68])],
  ["with a slash", blockOf(64, [11, "a/b", 1])],
  ["with a zero", blockOf(64, [11, "a\0b", 1])],
] as const) {
  test(`an entry ${what} is damage`, () => {
    assert.throws(() => read(block), { kind: "corrupt", offset: 77 });
  });
}
