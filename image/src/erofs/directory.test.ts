// Blocks of folders in erofs: entries, then their names, each of which ends where the next one begins.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseDirectoryBlock } from "./directory.ts";

type Entry = readonly [inode: number, type: number, name: string];

function blockOf(size: number, ...entries: readonly Entry[]): Buffer {
  const block = Buffer.alloc(size);
  let at = entries.length * 12;
  for (const [i, [inode, type, name]] of entries.entries()) {
    block.writeBigUInt64LE(BigInt(inode), i * 12);
    block.writeUInt16LE(at, i * 12 + 8);
    block.writeUInt8(type, i * 12 + 10);
    block.write(name, at, "latin1");
    at += name.length;
  }
  return block;
}

const read = (block: Uint8Array) => parseDirectoryBlock(block, 77);

test("names end where the next one begins, and the last one at a zero or the block's end", () => {
  const entries: readonly Entry[] = [
    [1, 2, "."],
    [1, 2, ".."],
    [40, 1, "a file"],
    [2 ** 33, 7, "link"],
  ];
  const found = [
    { name: "a file", type: "file", inode: 40 },
    { name: "link", type: "symlink", inode: 2 ** 33 },
  ];
  assert.deepEqual(read(blockOf(100, ...entries)), found);
  assert.deepEqual(read(blockOf(4 * 12 + 13, ...entries)), found);
});

for (const [what, change] of [
  ["whose first name lies inside the first entry", (block: Buffer) => block.writeUInt16LE(11, 8)],
  ["whose first name lies inside an entry", (block: Buffer) => block.writeUInt16LE(25, 8)],
  ["whose first name lies behind its end", (block: Buffer) => block.writeUInt16LE(108, 8)],
  ["whose names go back", (block: Buffer) => block.writeUInt16LE(20, 20)],
  ["whose names go out of it", (block: Buffer) => block.writeUInt16LE(101, 20)],
  ["with a type that there is none of", (block: Buffer) => block.writeUInt8(8, 10)],
  ["with a type of 0", (block: Buffer) => block.writeUInt8(0, 10)],
  ["with a slash in a name", (block: Buffer) => block.write("/", 24)],
  ["with a zero in a name", (block: Buffer) => block.writeUInt8(0, 25)],
] as const) {
  test(`a block ${what} is damage`, () => {
    const block = blockOf(100, [1, 1, "one"], [2, 1, "two"]);
    assert.equal(read(block).length, 2);
    change(block);
    assert.throws(() => read(block), { kind: "corrupt", offset: 77 });
  });
}
