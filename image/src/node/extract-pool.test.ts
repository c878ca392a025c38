import assert from "node:assert/strict";
import { closeSync, openSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import { buildDisk } from "../../../test/images/memory-disk.ts";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { prose } from "../../../test/images/sample-tree.ts";
import { tempFolder } from "../../../test/support/tools.ts";
import { createExtractPool } from "./extract-pool.ts";
import { workerFile } from "./worker-file.ts";

const text = prose(300_000, "text");

async function startPool(t: TestContext, image: Uint8Array, partition?: number) {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "image"), image);
  const source = openSync(path.join(folder, "image"), "r");
  const target = openSync(path.join(folder, "target"), "w");
  const pool = createExtractPool(
    { descriptor: source, size: image.length, ...(partition === undefined ? {} : { partition }) },
    2,
  );
  t.after(async () => {
    await pool.close();
    closeSync(source);
    closeSync(target);
  });
  const copy = (from: number, to: number, file = "usr/text") => pool.copy({ path: file, descriptor: target, from, to });
  const written = () => readFileSync(path.join(folder, "target"));
  return { pool, copy, written, blocks: () => statSync(path.join(folder, "target")).blocks };
}

const files = { "usr/text": text, "usr/zeros": Buffer.alloc(1_000_000), "usr/other": "other" };

test("parts of one file are copied by several threads to their places", async (t) => {
  const { copy, written } = await startPool(t, await buildInMemory(files, { compression: "gzip" }));
  const ends = await Promise.all([copy(200_000, 300_000), copy(0, 100_000), copy(100_000, 200_000)]);
  assert.deepEqual(ends, [300_000, 100_000, 200_000]);
  assert.deepEqual(written(), text);
});

test("of zeros nothing is written", async (t) => {
  const { copy, blocks } = await startPool(t, await buildInMemory(files));
  assert.equal(await copy(0, 1_000_000, "usr/zeros"), undefined);
  assert.equal(blocks(), 0);
});

test("threads open the partition that is open", async (t) => {
  const other = await buildInMemory({ "usr/other": "x" });
  const disk = buildDisk([
    { type: "root", label: "root", content: other },
    { type: "home", label: "home", content: await buildInMemory(files) },
  ]);
  const { copy, written } = await startPool(t, disk, 2);
  assert.equal(await copy(0, text.length), text.length);
  assert.deepEqual(written(), text);
});

test("what is wrong with an image is told as by its reader, and the thread goes on", async (t) => {
  const image = Buffer.from(await buildInMemory({ ...files, "usr/text": text }, { compression: "gzip" }));
  image.fill(0x55, 200, 220); // in the first block of data
  const { copy } = await startPool(t, image);
  await assert.rejects(copy(0, 10, "usr/nothing"), { name: "ImageError", kind: "io", message: /no such file/ });
  const outcomes = await Promise.allSettled(
    ["usr/other", "usr/text", "usr/zeros"].map((file) => copy(0, 300_000, file)),
  );
  const reasons = outcomes.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
  assert.equal(reasons.length, 1);
  assert.match(reasons[0] ?? "", /^ImageError: the image is damaged/);
});

test("an error of the system keeps its code", async (t) => {
  const { pool } = await startPool(t, await buildInMemory(files));
  const readOnly = openSync("/dev/null", "r");
  t.after(() => closeSync(readOnly));
  await assert.rejects(pool.copy({ path: "usr/text", descriptor: readOnly, from: 0, to: 10 }), { code: "EBADF" });
});

test("no image, and every copy says so", async (t) => {
  const { copy } = await startPool(t, Buffer.alloc(100_000, 1));
  for (const _ of [1, 2]) await assert.rejects(copy(0, 10), { name: "ImageError", kind: "unsupported" });
});

test("once stopped, copies are refused with the reason", async (t) => {
  const { pool, copy } = await startPool(t, await buildInMemory(files));
  const reason = new Error("enough");
  const copies = Array.from({ length: 50 }, () => copy(0, 300_000));
  pool.stop(reason);
  const outcomes = await Promise.allSettled(copies);
  assert.ok(outcomes.every((one) => one.status === "fulfilled" || one.reason === reason));
  assert.ok(outcomes.some(({ status }) => status === "rejected"));
  await assert.rejects(copy(0, 10), reason);
});

test("a thread that is killed ends all copies with a sentence", async (t) => {
  const folder = tempFolder(t);
  const image = await buildInMemory(files, { compression: "gzip" });
  writeFileSync(path.join(folder, "image"), image);
  const source = openSync(path.join(folder, "image"), "r");
  const target = openSync(path.join(folder, "target"), "w");
  const workers: Worker[] = [];
  const pool = createExtractPool({ descriptor: source, size: image.length }, 2, (workerData) => {
    const worker = new Worker(workerFile("extract-worker"), { workerData });
    workers.push(worker);
    return worker;
  });
  t.after(async () => {
    await pool.close();
    closeSync(source);
    closeSync(target);
  });
  const part = { path: "usr/text", descriptor: target, from: 0, to: 300_000 };
  const copies = Array.from({ length: 20 }, () => pool.copy(part));
  void workers[0]?.terminate();
  const outcomes = await Promise.allSettled(copies);
  const sentence = /^ImageError: a worker thread of the extraction stopped unexpectedly: exit status \d$/;
  for (const one of outcomes) assert.match(one.status === "rejected" ? String(one.reason) : "done", sentence);
});
