// Disks as images: what of their partitions makes an extension, and what is said of those that cannot be read.
import assert from "node:assert/strict";
import { test } from "node:test";
import { buildDisk, type DiskPart } from "../../test/images/memory-disk.ts";
import { buildInMemory } from "../../test/images/memory-image.ts";
import { memorySource } from "./bytes/byte-source.ts";
import { nodeDecompressors } from "./node/codecs.ts";
import { openImage } from "./open-image.ts";

const part = (type: DiskPart["type"], content: Uint8Array): DiskPart => ({ type, label: "", content });
const open = (bytes: Uint8Array, partition?: number) =>
  openImage(memorySource(bytes), nodeDecompressors(), partition === undefined ? {} : { partition });

test("root and usr are put together, and each opens by itself", async () => {
  const [root, usr] = await Promise.all([buildInMemory({ "usr/etc": "root" }), buildInMemory({ "usr/file": "usr" })]);
  const bytes = buildDisk([part("esp", Buffer.alloc(100)), part("root", root), part("usr", usr)]);
  const { format, tree, disk } = await open(bytes);
  assert.equal(format, "squashfs");
  assert.deepEqual(
    (await tree.list("usr")).map(({ name }) => name),
    ["usr"],
  );
  assert.equal(disk?.partitions.length, 3);
  const alone = await open(bytes, 2);
  assert.deepEqual(
    (await alone.tree.list("usr")).map(({ name }) => name),
    ["etc"],
  );
  assert.equal(alone.disk, undefined);
  await assert.rejects(open(bytes, 4), {
    kind: "unsupported",
    message: "it has no partition 4; its partitions are 1, 2, 3",
  });
});

test("a disk without files of an extension opens for its partitions, and says why", async () => {
  const warningOf = async (...parts: DiskPart[]) => {
    const { format, tree, facts } = await open(buildDisk(parts));
    assert.deepEqual([format, await tree.list("")], ["disk", []]);
    return facts.warning;
  };
  assert.match((await warningOf(part("esp", Buffer.alloc(9)))) ?? "", /none of its partitions holds an extension/);
  const text = part("usr", Buffer.from("text"));
  assert.match((await warningOf(text)) ?? "", /^partition 1 of it \(usr\) has .*, which cannot be read$/);
  const cut = part("usr", (await buildInMemory({ "usr/file": "usr" })).subarray(0, 96));
  assert.match((await warningOf(cut)) ?? "", /^the image is damaged|^partition 1 of it \(usr\) is damaged: /);
});

test("a damaged file system is damaged as the partition that it is in, at its place on the disk", async () => {
  const image = Buffer.from(await buildInMemory({ "usr/file": "usr" }));
  image.writeUInt16LE(99, 28); // the version
  const bytes = buildDisk([part("usr", image)]);
  const failure = await open(bytes, 1).catch((error: unknown) => error);
  assert.ok(failure instanceof Error && "offset" in failure);
  assert.match(failure.message, /^partition 1 of it \(usr\) /);
  assert.ok(Number(failure.offset) >= 20_480);
});

test("a partition that reaches over the disk's end is damage, and has the bytes that are there", async () => {
  const bytes = buildDisk([part("usr", Buffer.alloc(8192, 1))]).subarray(0, 20_480 + 100);
  const { disk } = await open(bytes);
  const [usr] = disk?.partitions ?? [];
  assert.ok(disk && usr);
  assert.equal(disk.bytes(usr).size, 100);
  await assert.rejects(disk.open(usr), {
    kind: "corrupt",
    message: /it ends after 20580 bytes, but partition 1 of it \(usr\) ends at byte 28672/,
  });
});

test("what is no disk has no partitions", async () => {
  await assert.rejects(open(await buildInMemory({ "usr/file": "" }), 1), {
    kind: "unsupported",
    message: /omit the partition number/,
  });
});
