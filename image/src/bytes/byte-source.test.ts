// Bytes in memory are read as they are, whatever kind of array has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "./byte-source.ts";

test("a copy of what is read can be changed without changing the source, also of a Buffer", async () => {
  const buffer = Buffer.from([9, 1, 2, 3]).subarray(1);
  const source = memorySource(buffer);
  assert.equal(source.size, 3);
  const read = await source.read(1, 2);
  assert.deepEqual([...read], [2, 3]);
  read.slice().fill(0);
  assert.deepEqual([...buffer], [1, 2, 3]);
});
