// Contents of files in an image: blocks in order, small files together, equal files once, and holes for zeros.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { BlockEncoder } from "../codec/block-encoder.ts";
import { treeEncoder } from "../codec/tree-encoder.ts";
import { type MemoryFiles, memoryTree } from "../tree/memory-tree.ts";
import { pathOf, scanTree } from "../tree/scan.ts";
import { type DataOptions, writeData } from "./data-writer.ts";

const blockSize = 4096;
const filled = (length: number, value: number) => new Uint8Array(length).fill(value);
const plain = (length: number) => length | 0x100_0000;

/** A checksum of which texts are equal for equal contents. */
function startDigest() {
  const parts: Uint8Array[] = [];
  return {
    update: (bytes: Uint8Array) => void parts.push(bytes.slice()),
    finish: () => Buffer.concat(parts).toString("latin1"),
  };
}

async function write(
  files: MemoryFiles,
  options: Partial<DataOptions> = {},
  change: (encoder: BlockEncoder) => BlockEncoder = (encoder) => encoder,
) {
  const tree = memoryTree(Object.fromEntries(Object.entries(files).map(([name, file]) => [`usr/${name}`, file])));
  const scanned = await scanTree(tree, ["usr"]);
  const written: (readonly [position: number, bytes: Uint8Array])[] = [];
  const sink = { write: async (position: number, bytes: Uint8Array) => void written.push([position, bytes.slice()]) };
  const encoder = change(treeEncoder(tree, undefined, startDigest));
  const data = await writeData(scanned.files, encoder, sink, { blockSize, start: 100, depth: 1, ...options });
  const layouts: Readonly<Record<string, unknown>> = Object.fromEntries(
    Array.from(data.files, ([node, layout]) => [
      pathOf(node).slice("usr/".length),
      { ...layout, blockSizes: [...layout.blockSizes] },
    ]),
  );
  return { data, layouts, written };
}

const none = 0xffff_ffff;

test("a file of a block or more has blocks, and what is smaller shares fragments", async () => {
  const { data, layouts } = await write({
    a: filled(4096, 1),
    b: filled(5000, 2),
    c: filled(4095, 3),
    d: "",
    e: filled(1, 4),
    f: filled(1, 5),
  });
  assert.deepEqual(layouts, {
    a: { start: 100, blockSizes: [plain(4096)], sparse: 0, fragment: none, fragmentOffset: 0 },
    b: { start: 4196, blockSizes: [plain(4096), plain(904)], sparse: 0, fragment: none, fragmentOffset: 0 },
    c: { start: 0, blockSizes: [], sparse: 0, fragment: 0, fragmentOffset: 0 },
    d: { start: 0, blockSizes: [], sparse: 0, fragment: none, fragmentOffset: 0 },
    e: { start: 0, blockSizes: [], sparse: 0, fragment: 0, fragmentOffset: 4095 },
    f: { start: 0, blockSizes: [], sparse: 0, fragment: 1, fragmentOffset: 0 },
  });
  assert.deepEqual(data.fragments, [
    { start: 9196, size: plain(4096) },
    { start: 13_292, size: plain(1) },
  ]);
  assert.deepEqual([data.end, data.reusedBytes], [13_293, 0]);
});

test("blocks of zeros are holes, and fragments of zeros are not", async () => {
  const { data, layouts, written } = await write({
    a: Buffer.concat([filled(4096, 0), filled(4096, 1), filled(100, 0)]),
    b: filled(10, 0),
  });
  assert.deepEqual(layouts["a"], {
    ...{ start: 100, blockSizes: [0, plain(4096), 0], sparse: 4196 },
    ...{ fragment: none, fragmentOffset: 0 },
  });
  assert.deepEqual(data.fragments, [{ start: 4196, size: plain(10) }]);
  assert.deepEqual(
    written.map(([position, bytes]) => [position, bytes.length]),
    [[100, 4106]],
  );
  const holes = await write({ a: filled(4096, 0) });
  assert.deepEqual([holes.written.length, holes.data.end], [0, 100]);
});

test("a file whose content came before is not stored again; one of the same size is", async () => {
  const { data, layouts } = await write({
    a: filled(5000, 1),
    b: filled(5000, 2),
    c: filled(5000, 1),
    d: filled(10, 3),
    e: filled(10, 3),
    f: "",
    g: "",
  });
  assert.deepEqual(layouts["c"], layouts["a"]);
  assert.notDeepEqual(layouts["b"], layouts["a"]);
  assert.deepEqual(layouts["e"], layouts["d"]);
  assert.deepEqual([data.end, data.reusedBytes], [100 + 2 * 5000 + 10, 5010]);
});

test("only files that share their size with another are read for a fingerprint", async () => {
  const asked: string[][] = [];
  const files = { a: "12", b: "34", c: "5", d: "", e: "" };
  await write(files, {}, (encoder) => ({
    ...encoder,
    fingerprints(pieces) {
      asked.push(pieces.map(({ path, length, offset, fileSize }) => [path, offset, length, fileSize].join()));
      return encoder.fingerprints(pieces);
    },
  }));
  assert.deepEqual(asked, [["usr/a,0,2,2", "usr/b,0,2,2"]]);
});

test("fingerprints are asked for in batches of 256 files or 4 MiB", async () => {
  const batches: number[] = [];
  const count = (files: MemoryFiles) =>
    write(files, { blockSize: 1 << 20 }, (encoder) => ({
      ...encoder,
      fingerprints(pieces) {
        batches.push(pieces.length);
        return encoder.fingerprints(pieces);
      },
    }));
  await count(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`${i}`, String(i).padStart(3, "0")])));
  assert.deepEqual(batches.splice(0), [256, 44]);
  await count(Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}`, filled(2 << 20, 0)])));
  assert.deepEqual(batches, [2, 2, 1]);
});

test("batches have a MiB, and as many as are asked for are encoded at a time and written in order", async () => {
  const progress: (readonly [number, number])[] = [];
  let running = 0;
  let most = 0;
  const files = { a: filled(3 << 20, 1), b: filled(5, 2), c: filled(5, 2) };
  const options: Partial<DataOptions> = { depth: 2, onWritten: (...report) => void progress.push(report) };
  const { written } = await write(files, options, (encoder) => ({
    ...encoder,
    async encode(blocks, signal) {
      running += 1;
      most = Math.max(most, running);
      const encoded = await encoder.encode(blocks, signal);
      const release = () => {
        running -= 1;
      };
      return { ...encoded, release };
    },
  }));
  assert.deepEqual([most, running], [2, 0]);
  assert.deepEqual(
    written.map(([position]) => position),
    [100, 100 + (1 << 20), 100 + (2 << 20), 100 + (3 << 20)],
  );
  assert.deepEqual(progress, [
    [1, 1 << 20],
    [0, 1 << 20],
    [0, 1 << 20],
    [1, 5],
    [1, 5],
  ]);
});

test("an encoder's error and an abort end the writing", async () => {
  const failing = (encoder: BlockEncoder): BlockEncoder => ({
    ...encoder,
    encode: async () => {
      throw new TypeError("own");
    },
  });
  await assert.rejects(write({ a: "1" }, { depth: 3 }, failing), TypeError);
  await assert.rejects(write({ a: "1" }, { signal: AbortSignal.abort() }), { name: "AbortError" });
});
