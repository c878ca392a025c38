import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "./byte-source.ts";
import { readExact } from "./read-exact.ts";

const source = memorySource(Uint8Array.from([1, 2, 3, 4]));

test("what lies inside is read", async () => {
  assert.deepEqual(await readExact(source, 1, 3), Uint8Array.from([2, 3, 4]));
  assert.deepEqual(await readExact(source, 4, 0), new Uint8Array(0));
});

for (const [offset, length] of [
  [2, 3],
  [-1, 1],
  [5, 0],
  [0.5, 1],
  [2 ** 60, 1],
] as const) {
  test(`${length} bytes at ${offset} of 4 are corrupt, and the source is not asked`, async () => {
    await assert.rejects(readExact(source, offset, length), { kind: "corrupt", offset });
  });
}

test("a source that gives less than it was asked for is an io error", async () => {
  const short = { size: 10, read: async () => new Uint8Array(1) };
  await assert.rejects(readExact(short, 0, 2), { kind: "io" });
});

test("an aborted read does not begin", async () => {
  await assert.rejects(readExact(source, 0, 1, AbortSignal.abort()), { name: "AbortError" });
});
