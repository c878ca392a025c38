// Files of an image on the host: whole or not at all, with holes where the image has long runs of zeros.
import assert from "node:assert/strict";
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import { memoryTree } from "../tree/memory-tree.ts";
import { copyPart, type PartCopier, writeFileOf } from "./extract-file.ts";
import type { FilePart } from "./extract-messages.ts";

const step = 128 << 10;
const partLength = 16 << 20;
const filled = (length: number, value = 1) => new Uint8Array(length).fill(value);

/** Copies a part of `content` to a new file; gives what `copyPart` gives, and the file's bytes. */
async function copied(folder: string, content: Uint8Array, from = 0, to = content.length) {
  const file = path.join(folder, "copied");
  const descriptor = openSync(file, "w");
  try {
    const end = await copyPart(memoryTree({ file: content }), { path: "file", descriptor, from, to });
    return { end, bytes: new Uint8Array(readFileSync(file)) };
  } finally {
    closeSync(descriptor);
  }
}

test("a part has the same bytes at the same place, and tells where what was written ends", async (t) => {
  const folder = tempFolder(t);
  const content = Uint8Array.from({ length: 3 * step + 5000 }, (_, i) => (i % 251) + 1);
  assert.deepEqual(await copied(folder, content), { end: content.length, bytes: content });
  const { end, bytes } = await copied(folder, content, 100, step + 200);
  assert.equal(end, step + 200);
  assert.deepEqual(bytes, Uint8Array.from(content.subarray(0, step + 200)).fill(0, 0, 100));
});

test("units of zeros are left out, and where what was written ends counts nothing behind it", async (t) => {
  const folder = tempFolder(t);
  for (const [pieces, end] of [
    [[filled(4096, 0)], undefined],
    [[filled(step, 0), filled(1)], step + 1],
    [[filled(step), filled(step, 0)], step],
    [[filled(4096), filled(4096, 0), filled(4096), filled(4095, 0)], 3 * 4096],
    [[filled(4097), filled(4095, 0)], 2 * 4096],
    [[filled(4096, 0), filled(10)], 4106],
    [[filled(4095, 0), filled(1), filled(9000, 0)], 4096],
    [[filled(2 * step + 7, 0)], undefined],
  ] as const) {
    const content = new Uint8Array(Buffer.concat(pieces));
    const found = await copied(folder, content);
    assert.equal(found.end, end);
    assert.deepEqual(found.bytes, content.subarray(0, end ?? 0));
  }
});

test("a stretch of zeros takes no room", { skip: process.platform === "win32" }, async (t) => {
  const file = path.join(tempFolder(t), "sparse");
  const descriptor = openSync(file, "w");
  t.after(() => closeSync(descriptor));
  const content = new Uint8Array(1 << 20);
  content[content.length - 1] = 1;
  await copyPart(memoryTree({ file: content }), { path: "file", descriptor, from: 0, to: content.length });
  assert.equal(fstatSync(descriptor).size, content.length);
  assert.ok(statSync(file).blocks * 512 < 128 << 10);
});

test("a file that is shorter than it should be ends the copy, and an abort does", async (t) => {
  const folder = tempFolder(t);
  assert.equal((await copied(folder, filled(100), 0, step * 3)).end, 100);
  const part: FilePart = { path: "file", descriptor: -1, from: 0, to: 1 };
  await assert.rejects(copyPart(memoryTree({ file: "x" }), part, AbortSignal.abort()), { name: "AbortError" });
});

/** Writes a file of `size` with a copier; gives the names in the folder afterwards, and what was told. */
async function written(
  folder: string,
  size: number,
  copier: PartCopier,
  restore: (descriptor: number) => void = () => {},
) {
  const told: number[] = [];
  const file = { path: "a", size, target: path.join(folder, "target"), temporary: path.join(folder, "temporary") };
  await writeFileOf({ ...file, restore }, copier, (bytes) => void told.push(bytes));
  return told;
}

test("a file is copied in parts of 16 MiB, as many at a time as the copier takes", async (t) => {
  const folder = tempFolder(t);
  const parts: (readonly [number, number])[] = [];
  let running = 0;
  let most = 0;
  const copier: PartCopier = {
    depth: 2,
    async copy({ from, to }) {
      parts.push([from, to]);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return undefined;
    },
  };
  const told = await written(folder, 3 * partLength + 5, copier);
  assert.deepEqual(parts, [
    [0, partLength],
    [partLength, 2 * partLength],
    [2 * partLength, 3 * partLength],
    [3 * partLength, 3 * partLength + 5],
  ]);
  assert.equal(most, 2);
  assert.deepEqual(told, [partLength, partLength, partLength, 5]);
  assert.equal(statSync(path.join(folder, "target")).size, 3 * partLength + 5);
});

test("the facts are restored when all is there, and the name comes last", async (t) => {
  const folder = tempFolder(t);
  const content = filled(5000);
  const tree = memoryTree({ a: content });
  const copier: PartCopier = { depth: 1, copy: (part) => copyPart(tree, part) };
  let seen: readonly unknown[] = [];
  await written(folder, 6000, copier, (descriptor) => {
    const { size, mode } = fstatSync(descriptor);
    seen = [size, mode & 0o777, readdirSync(folder)];
  });
  assert.deepEqual(seen, [6000, process.platform === "win32" ? 0o666 : 0o600, ["temporary"]]);
  assert.deepEqual(readdirSync(folder), ["target"]);
  assert.deepEqual([...readFileSync(path.join(folder, "target")).subarray(4998, 5002)], [1, 1, 0, 0]);
});

test("what fails leaves nothing behind, and begins no further part", async (t) => {
  const folder = tempFolder(t);
  let copies = 0;
  const failing: PartCopier = {
    depth: 2,
    async copy() {
      copies += 1;
      if (copies === 2) throw new TypeError("own");
      await Promise.resolve();
      return 1;
    },
  };
  await assert.rejects(written(folder, 5 * partLength, failing), TypeError);
  assert.equal(copies, 2);
  const noCopy: PartCopier = { depth: 1, copy: async () => undefined };
  const refuse = () => {
    throw new RangeError("own");
  };
  await assert.rejects(written(folder, 10, noCopy, refuse), RangeError);
  assert.deepEqual(readdirSync(folder), []);
  writeFileSync(path.join(folder, "temporary"), "somebody's");
  await assert.rejects(written(folder, 10, noCopy), { code: "EEXIST" });
  assert.deepEqual(readdirSync(folder), ["temporary"]);
});
