import assert from "node:assert/strict";
import { test } from "node:test";
import { buildInMemory, patched } from "../../../test/images/memory-image.ts";
import { type ByteSource, memorySource } from "../bytes/byte-source.ts";
import { nodeDecompressors } from "../node/codecs.ts";
import { compareTrees } from "../tree/compare.ts";
import type { FileTree } from "../tree/file-tree.ts";
import { type MemoryFiles, memoryTree } from "../tree/memory-tree.ts";
import { walkTree } from "../tree/walk.ts";
import { openSquashfs } from "./reader.ts";
import { compressorIds, SUPERBLOCK_SIZE, superblockLayout } from "./superblock.ts";

const text = "All work and no play makes a dull image. ";

const files: MemoryFiles = {
  "": { type: "directory", mtime: 1_600_000_000 },
  usr: { type: "directory", mtime: 1_600_000_000 },
  "usr/bin/tool": { content: "#!/bin/sh\n", mode: 0o755 },
  "usr/lib/large": text.repeat(1000),
  "usr/lib/whole-blocks": text.repeat(4096).slice(0, 8192),
  "usr/lib/zeros": new Uint8Array(20_000),
  "usr/lib/empty": "",
  "usr/lib/odd-\udcff": "odd",
  "usr/share/link": { target: "../bin/tool" },
  "usr/share/empty": { type: "directory" },
  "usr/share/with-xattrs": { content: "x", xattrs: { "user.note": new TextEncoder().encode("noted") } },
};

async function openBytes(bytes: Uint8Array): Promise<FileTree> {
  return (await openSquashfs(memorySource(bytes), nodeDecompressors())).tree;
}

async function walkAll(tree: FileTree): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of walkTree(tree, "")) paths.push(path);
  return paths;
}

/** The image with one field of its superblock changed. */
function withField(image: Uint8Array, name: keyof typeof superblockLayout, value: number): Uint8Array {
  const copy = Uint8Array.from(image);
  const { offset, size } = superblockLayout[name];
  const data = new DataView(copy.buffer);
  if (size === 2) data.setUint16(offset, value, true);
  else data.setUint32(offset, value, true);
  if (size === 8) data.setUint32(offset + 4, Math.floor(value / 2 ** 32), true);
  return copy;
}

for (const compression of ["none", "gzip", "zstd"] as const) {
  test(`what was written is read again: ${compression}`, async () => {
    const tree = await openBytes(await buildInMemory(files, { compression }));
    assert.deepEqual(await compareTrees(memoryTree(files), tree, { ignore: ["mtime"] }), []);
  });
}

test("ranges of a file are the same as the parts of the whole", async () => {
  const tree = await openBytes(await buildInMemory(files, { compression: "gzip" }));
  const whole = text.repeat(1000);
  for (const [offset, length] of [
    [0, 10],
    [4090, 12],
    [4096, 4096],
    [8191, 20_000],
    [whole.length - 5, 100],
    [whole.length, 10],
    [whole.length + 10, 10],
    [0, 2 ** 50],
  ] as const) {
    const part = new TextDecoder().decode(await tree.read("usr/lib/large", offset, length));
    assert.equal(part, whole.slice(offset, offset + length));
  }
});

test("opening an image and listing its root reads little of it", async () => {
  const many: Record<string, string> = {};
  for (let i = 0; i < 400; i++) many[`usr/file-${i}`] = `${i} `.repeat(3000);
  const image = await buildInMemory(many);
  let read = 0;
  const source: ByteSource = {
    size: image.length,
    async read(offset, length) {
      read += length;
      return image.subarray(offset, offset + length);
    },
  };
  const { tree } = await openSquashfs(source, {});
  assert.deepEqual(await tree.list(""), [{ name: "usr", type: "directory" }]);
  assert.ok(read <= 3 * 64 * 1024, `${read} of ${image.length} bytes were read`);
});

test("a path that is not there or is something else is an io error that names it", async () => {
  const tree = await openBytes(await buildInMemory(files));
  const message = (path: string, reason: string) => ({ kind: "io", message: `cannot read ${path}: ${reason}` });
  await assert.rejects(tree.stat("usr/nope"), message('"usr/nope"', "no such file or folder"));
  await assert.rejects(tree.stat("usr/bin/tool/below"), message('"usr/bin/tool/below"', "no such file or folder"));
  await assert.rejects(tree.stat("/usr"), message('"/usr"', "no such file or folder"));
  await assert.rejects(tree.stat("usr//bin"), message('"usr//bin"', "no such file or folder"));
  await assert.rejects(tree.list("usr/.."), message('the folder "usr/.."', "no such file or folder"));
  await assert.rejects(tree.list("usr/bin/tool"), message('the folder "usr/bin/tool"', "it is a file"));
  await assert.rejects(tree.read("usr", 0, 1), message('"usr"', "it is a folder"));
  await assert.rejects(tree.readLink("usr"), message('the symlink "usr"', "it is a folder"));
  await assert.rejects(tree.stat("x/".repeat(100_000)), { kind: "io" });
});

test("an image that is cut off says how long it should be", async () => {
  const image = await buildInMemory(files);
  const bytesUsed = new DataView(image.buffer).getUint32(superblockLayout.bytesUsed.offset, true);
  await assert.rejects(openBytes(image.subarray(0, bytesUsed - 1)), {
    kind: "corrupt",
    message: `the image is damaged: it should have ${bytesUsed} bytes and ends after ${bytesUsed - 1}; copy or download it again`,
  });
  await assert.rejects(openBytes(image.subarray(0, SUPERBLOCK_SIZE - 1)), { kind: "corrupt" });
});

const badFields: readonly [keyof typeof superblockLayout, number, "corrupt" | "unsupported"][] = [
  ["blockSize", 0, "corrupt"],
  ["blockSize", 5000, "corrupt"],
  ["blockSize", 2 ** 21, "corrupt"],
  ["blockLog", 13, "corrupt"],
  ["versionMajor", 3, "unsupported"],
  ["compressor", 9, "unsupported"],
  ["idCount", 0, "corrupt"],
  ["inodeTable", 0, "corrupt"],
  ["inodeTable", 2 ** 40, "corrupt"],
  ["directoryTable", 96, "corrupt"],
  ["idTable", 2 ** 63, "corrupt"],
  ["rootInode", 2 ** 40, "corrupt"],
  ["rootInode", 0xffff, "corrupt"],
];

for (const [field, value, kind] of badFields) {
  test(`a superblock with ${field} ${value} is ${kind}`, async () => {
    await assert.rejects(openBytes(withField(await buildInMemory(files), field, value)), { kind });
  });
}

test("a compressor that is not there is named", async () => {
  const image = await buildInMemory(files, { compression: "gzip" });
  await assert.rejects(openSquashfs(memorySource(withField(image, "compressor", compressorIds.zstd)), {}), {
    kind: "unsupported",
    message: /zstd.*node 22\.15/,
  });
});

for (const [before, after] of [
  ["first-name", "first/name"],
  ["first-name", "first\0name"],
  ["first-name", "third-name"], // behind the next
  ["first-name", "other-name"], // twice
] as const) {
  test(`a folder with the name ${JSON.stringify(after)} is corrupt`, async () => {
    const image = await buildInMemory({ "usr/lib/first-name": "1", "usr/lib/other-name": "2" });
    const tree = await openBytes(patched(image, before, after));
    await assert.rejects(tree.list("usr/lib"), { kind: "corrupt" });
    await assert.rejects(walkAll(tree), { kind: "corrupt" });
  });
}

test("a folder that is called like its parent is corrupt", async () => {
  const tree = await openBytes(patched(await buildInMemory({ "usr/##/file": "1" }), "##", ".."));
  await assert.rejects(walkAll(tree), { kind: "corrupt" });
});

test("a folder that holds itself is corrupt and does not keep a walk going", async () => {
  const image = await buildInMemory({ "usr/outer/inner/file": "1" });
  // Entries have the offset of their inode 8 bytes before the name; the inner folder's is given to that of the outer.
  const copy = Buffer.from(image);
  const offsetAt = (name: string) => copy.indexOf(name) - 8;
  copy.copy(copy, offsetAt("inner"), offsetAt("outer"), offsetAt("outer") + 2);
  const tree = await openBytes(copy);
  await assert.rejects(walkAll(tree), { kind: "corrupt", message: /a folder has more than one parent folder/ });
});

test("a file whose size is a lie is corrupt and takes no memory", async () => {
  const image = await buildInMemory({ "usr/file": text.repeat(500) }); // six blocks: 20500 bytes
  const copy = Buffer.from(image);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(20_500);
  const at = copy.lastIndexOf(size);
  copy.writeUInt32LE(0xf000_0000, at);
  const tree = await openBytes(copy);
  assert.equal((await tree.stat("usr/file")).size, 0xf000_0000);
  await assert.rejects(tree.read("usr/file", 0, 2 ** 29), { kind: "corrupt" });
  await assert.rejects(tree.read("usr/file", 0, 2 ** 31), { kind: "unsupported", message: /read it in parts/ });
});

test("an aborted read ends with the abort", async () => {
  const tree = await openBytes(await buildInMemory(files));
  await assert.rejects(tree.read("usr/lib/large", 0, 10, AbortSignal.abort()), { name: "AbortError" });
});
