import assert from "node:assert/strict";
import { test } from "node:test";
import { progressLine, progressText, unpackText } from "./progress.ts";

const half = { phase: "write", files: 5, totalFiles: 10, bytes: 1_000_000, totalBytes: 2_000_000 } as const;

test("the bar grows with the bytes", () => {
  assert.equal(progressText(half), "[###############               ]  50% 5 of 10 files, 1 MB of 2 MB");
  assert.match(progressText({ ...half, bytes: 0, totalBytes: 0 }), /100%/);
  assert.equal(progressText({ ...half, phase: "scan", files: 256 }), "reading the tree: 256 files");
});

test("unpacking has a bar too", () => {
  assert.equal(
    unpackText({ done: 3_000_000, total: 12_000_000 }),
    "[########                      ]  25% unpacked, 3 MB of 12 MB",
  );
});

function recorder(isTerminal: boolean) {
  const written: string[] = [];
  return {
    written,
    output: { isTerminal, write: async (chunk: string | Uint8Array) => void written.push(String(chunk)) },
  };
}

test("a terminal gets one line that is drawn over and taken away", async () => {
  const { written, output } = recorder(true);
  const line = progressLine(output);
  line.show(half);
  line.show(half); // too soon
  await line.clear();
  assert.equal(written.length, 2);
  assert.equal(written.at(-1), "\r\x1b[K");
});

test("anything else gets nothing", async () => {
  const { written, output } = recorder(false);
  const line = progressLine(output);
  line.show(half);
  await line.clear();
  assert.deepEqual(written, []);
});
