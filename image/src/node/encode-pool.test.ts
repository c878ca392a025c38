import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { Worker } from "node:worker_threads";
import zlib from "node:zlib";
import { tempFolder } from "../../../test/support/tools.ts";
import type { BlockEncoding, Piece } from "../codec/block-encoder.ts";
import { createEncodePool } from "./encode-pool.ts";
import { workerFile } from "./worker-file.ts";

const encoding: BlockEncoding = { compression: "gzip", level: 6, blockSize: 4096, metadataBlockSize: 8192 };

function startPool(t: TestContext, content: string | Uint8Array) {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "file"), content);
  const pool = createEncodePool({ folder, encoding }, 2);
  t.after(() => pool.close());
  const piece = (offset: number, length: number): Piece => ({ path: "file", offset, length, fileSize: content.length });
  return { pool, piece };
}

test("blocks come back in order: compressed, as they are, or as holes", async (t) => {
  const content = Buffer.concat([Buffer.alloc(4096, "a"), Buffer.from("xyz"), Buffer.alloc(4096)]);
  const { pool, piece } = startPool(t, content);
  const { bytes, lengths } = await pool.encode([
    { pieces: [piece(0, 4096)], mayBeHole: true },
    { pieces: [piece(4096, 2), piece(4098, 1)], mayBeHole: false },
    { pieces: [piece(4099, 4096)], mayBeHole: true },
    { pieces: [piece(4099, 4096)], mayBeHole: false },
  ]);
  const [first = 0, second = 0, hole = 1, zeros = 0] = lengths;
  assert.deepEqual(zlib.inflateSync(bytes.subarray(0, first)), Buffer.alloc(4096, "a"));
  assert.equal(second, -3); // three bytes do not get smaller
  assert.equal(Buffer.from(bytes.subarray(first, first + 3)).toString(), "xyz");
  assert.equal(hole, 0);
  assert.deepEqual(zlib.inflateSync(bytes.subarray(first + 3, first + 3 + zeros)), Buffer.alloc(4096));
});

test("a file of another size than it was scanned with stops the build", async (t) => {
  const { pool, piece } = startPool(t, "now longer");
  const scanned = { ...piece(0, 3), fileSize: 3 };
  const message = /"file" changed while the image was being built/;
  await assert.rejects(pool.encode([{ pieces: [scanned], mayBeHole: true }]), { kind: "io", message });
  await assert.rejects(pool.fingerprints([scanned]), { kind: "io", message });
});

test("a file that is gone is told by its name", async (t) => {
  const { pool, piece } = startPool(t, "here");
  const gone = { ...piece(0, 4), path: "gone" };
  await assert.rejects(pool.encode([{ pieces: [gone], mayBeHole: true }]), {
    kind: "io",
    message: 'cannot read "gone": no such file or folder',
  });
});

test("only files of equal content have equal fingerprints", async (t) => {
  const { pool, piece } = startPool(t, "abcabcabd");
  const [a, b, c] = await pool.fingerprints([piece(0, 3), piece(3, 3), piece(6, 3)]);
  assert.equal(a, b);
  assert.notEqual(a, c);
});

test("a thread that is killed ends the build with a sentence, for what runs and what waits", async (t) => {
  const folder = tempFolder(t);
  const content = Buffer.alloc(1 << 20, "text ");
  writeFileSync(path.join(folder, "file"), content);
  const data = { folder, encoding };
  const workers: Worker[] = [];
  const pool = createEncodePool(data, 2, () => {
    const worker = new Worker(workerFile("encode-worker"), { workerData: data });
    workers.push(worker);
    return worker;
  });
  t.after(() => pool.close());
  const piece = { path: "file", offset: 0, length: content.length, fileSize: content.length };
  const tasks = Array.from({ length: 6 }, () => pool.fingerprints(Array(50).fill(piece)));
  void workers[0]?.terminate();
  const outcomes = await Promise.allSettled(tasks);
  const sentence = /^ImageError: a worker thread of the build stopped unexpectedly: exit status \d$/;
  for (const one of outcomes) assert.match(one.status === "rejected" ? String(one.reason) : "done", sentence);
});
