import assert from "node:assert/strict";
import { test } from "node:test";
import { isHole, storeBlock } from "./block-encoder.ts";

test("a block is stored compressed only where that is smaller", () => {
  const block = new Uint8Array(10).fill(1);
  const packedTo = (length: number) => storeBlock(block, () => new Uint8Array(length));
  assert.deepEqual([packedTo(9).length, packedTo(9).bytes.length], [9, 9]);
  assert.deepEqual([packedTo(10).length, packedTo(10).bytes], [-10, block]);
  assert.deepEqual([packedTo(11).length, storeBlock(block, undefined).length], [-10, -10]);
});

test("a block is a hole where all of its bytes are zero", () => {
  assert.equal(isHole(new Uint8Array(100)), true);
  for (const at of [0, 1, 50, 98, 99]) {
    const block = new Uint8Array(100);
    block[at] = 1;
    assert.equal(isHole(block), false, `byte ${at}`);
  }
});
