import assert from "node:assert/strict";
import { test } from "node:test";
import { type ByteSource, memorySource } from "./byte-source.ts";
import { windowSource } from "./window-source.ts";

const source = memorySource(Uint8Array.from([0, 1, 2, 3, 4]));

test("a window has the bytes from its start on", async () => {
  const window = windowSource(source, 1, 3);
  assert.equal(window.size, 3);
  assert.deepEqual([...(await window.read(1, 2))], [2, 3]);
  assert.equal(windowSource(source, 0, 5).size, 5);
  assert.equal(windowSource(source, 5, 0).size, 0);
});

test("a window that reaches out of the source is corrupt", () => {
  for (const [start, size] of [
    [1, 5],
    [-1, 2],
    [2, -1],
    [6, 0],
  ] as const) {
    assert.throws(() => windowSource(source, start, size), { kind: "corrupt", offset: start }, `${start} ${size}`);
  }
});

test("the signal of a read is handed on", async () => {
  const seen: unknown[] = [];
  const noted: ByteSource = {
    size: 9,
    async read(...asked) {
      seen.push(...asked);
      return new Uint8Array(0);
    },
  };
  const window = windowSource(noted, 4, 5);
  const { signal } = new AbortController();
  await window.read(2, 1, signal);
  assert.deepEqual(seen, [6, 1, signal]);
});
