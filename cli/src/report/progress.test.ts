import assert from "node:assert/strict";
import { test } from "node:test";
import { progressLine, progressText, unpackText, verifyText } from "./progress.ts";

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

test("a percentage is rounded down, and is 100 only at the end", () => {
  const percent = (done: number, total: number) => /\] +(\d+)%/.exec(verifyText({ done, total }))?.[1];
  assert.deepEqual(
    [percent(0, 3), percent(1, 3), percent(2, 3), percent(999, 1000), percent(1000, 1000), percent(1200, 1000)],
    ["0", "33", "66", "99", "100", "100"],
  );
  assert.equal(verifyText({ done: 1000, total: 3000 }), `[${"#".repeat(10).padEnd(30)}]  33% verified, 1 kB of 3 kB`);
});

function recorder(isTerminal: boolean) {
  const written: string[] = [];
  return {
    written,
    output: { isTerminal, write: async (chunk: string | Uint8Array) => void written.push(String(chunk)) },
  };
}

test("a terminal gets one line that is drawn over ten times a second and taken away", async (t) => {
  let now = 0;
  t.mock.method(performance, "now", () => now);
  const { written, output } = recorder(true);
  const line = progressLine(output);
  for (now of [0, 99, 100, 150, 200]) line.show({ ...half, files: now });
  await line.clear();
  assert.deepEqual(
    written.map((text) => /(\d+) of 10 files/.exec(text)?.[1] ?? text),
    ["0", "100", "200", "\r\x1b[K"],
  );
  assert.ok(written.every((text) => text.startsWith("\r\x1b[K")));
  await line.clear();
  assert.equal(written.length, 4, "nothing is taken away twice");
});

test("a terminal that is gone does not stop the work", async () => {
  const line = progressLine({ isTerminal: true, write: () => Promise.reject(new Error("gone")) });
  line.show(half);
  await assert.rejects(line.clear(), /gone/);
});

test("anything else gets nothing", async () => {
  const { written, output } = recorder(false);
  const line = progressLine(output);
  line.show(half);
  await line.clear();
  assert.deepEqual(written, []);
});
