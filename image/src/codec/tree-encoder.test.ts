// Blocks of a tree's files as they are stored: packed where that is smaller, holes, and files that changed meanwhile.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../tree/memory-tree.ts";
import type { Piece } from "./block-encoder.ts";
import { changedWhileBuilding, treeEncoder } from "./tree-encoder.ts";

const text = "abcdefghij";
const tree = memoryTree({ a: text, b: "xyz", zeros: new Uint8Array(20), large: new Uint8Array((2 << 20) + 5).fill(1) });
const pieceOf = (path: string, offset: number, length: number): Piece => ({ path, offset, length, fileSize: 10 });

const updates: number[] = [];
const startDigest = () => {
  let sum = 0;
  return {
    update(bytes: Uint8Array) {
      updates.push(bytes.length);
      sum += bytes.length;
    },
    finish: () => `sum ${sum}`,
  };
};

/** Halves blocks of more than 4 bytes, and makes others longer. */
const halve = (block: Uint8Array) => (block.length > 4 ? block.slice(0, block.length / 2) : new Uint8Array(9));
const encoder = treeEncoder(tree, halve, startDigest);

test("blocks are joined from their pieces, and lengths tell how each is stored", async () => {
  const { bytes, lengths } = await encoder.encode([
    { pieces: [pieceOf("a", 2, 4), pieceOf("b", 0, 2)], mayBeHole: true },
    { pieces: [pieceOf("zeros", 0, 20)], mayBeHole: true },
    { pieces: [pieceOf("zeros", 0, 8)], mayBeHole: false },
    { pieces: [pieceOf("b", 0, 3)], mayBeHole: true },
  ]);
  assert.deepEqual(lengths, [3, 0, 4, -3]);
  assert.equal(Buffer.from(bytes).toString("latin1"), "cde\0\0\0\0xyz");
  const plain = await treeEncoder(tree, undefined, startDigest).encode([
    { pieces: [pieceOf("a", 0, 10)], mayBeHole: true },
  ]);
  assert.deepEqual(plain.lengths, [-10]);
  plain.release();
});

test("a fingerprint is made of the whole file, a MiB at a time", async () => {
  updates.length = 0;
  assert.deepEqual(await encoder.fingerprints([pieceOf("large", 0, (2 << 20) + 5), pieceOf("a", 3, 7)]), [
    `sum ${(2 << 20) + 5}`,
    "sum 7",
  ]);
  assert.deepEqual(updates, [1 << 20, 1 << 20, 5, 7]);
});

test("a block of metadata is packed where that makes it smaller", () => {
  assert.equal(encoder.encodeMetadata(new Uint8Array(10)).length, 5);
  assert.equal(encoder.encodeMetadata(new Uint8Array(3)).length, -3);
});

test("a file that is shorter than it was has changed", async () => {
  const error = changedWhileBuilding("b");
  assert.deepEqual(
    [error.kind, error.message],
    ["io", '"b" changed while the image was being built; build again when nothing writes to it'],
  );
  const changed = { kind: error.kind, message: error.message };
  await assert.rejects(encoder.encode([{ pieces: [pieceOf("b", 0, 4)], mayBeHole: true }]), changed);
  await assert.rejects(encoder.fingerprints([pieceOf("b", 0, 4)]), changed);
});
