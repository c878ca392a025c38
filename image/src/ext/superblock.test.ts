// Superblocks of ext2 to ext4: what they say, and at which field they contradict the format.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseSuperblock } from "./superblock.ts";

type Change = (bytes: Buffer) => void;

/** A superblock of 1000 blocks of 4096 bytes, as ext2 would have it. */
function superblock(change: Change = () => undefined): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.writeUInt32LE(128, 0);
  bytes.writeUInt32LE(1000, 4);
  bytes.writeUInt32LE(100, 16);
  bytes.writeUInt32LE(2, 24);
  bytes.writeUInt32LE(32_768, 32);
  bytes.writeUInt32LE(64, 40);
  bytes.writeUInt16LE(0xef53, 56);
  bytes.writeUInt32LE(1, 76);
  bytes.writeUInt16LE(256, 88);
  bytes.writeUInt32LE(0x2, 96);
  change(bytes);
  return bytes;
}

const parse = (change?: Change, size = 1000 * 4096) => parseSuperblock(superblock(change), size);

test("sizes come from logarithms, and 1000 blocks may fill the image to its last byte", () => {
  const { blockSize, blocks, bytesPerInode, groupDescriptorSize, needsRecovery, version } = parse();
  assert.deepEqual([blockSize, blocks, bytesPerInode, groupDescriptorSize], [4096, 1000, 256, 32]);
  assert.deepEqual([needsRecovery, version], [false, "ext2"]);
  assert.throws(() => parse(undefined, 1000 * 4096 - 1), {
    kind: "corrupt",
    offset: 1028,
    message: /should have 4096000 bytes/,
  });
  assert.equal(parse((bytes) => bytes.writeUInt32LE(0, 24)).blockSize, 1024);
  assert.equal(parse((bytes) => bytes.writeUInt32LE(6, 24), 2 ** 30).blockSize, 65_536);
});

test("the first revision has inodes of 128 bytes, whatever the field says", () => {
  assert.equal(parse((bytes) => bytes.writeUInt32LE(0, 76)).bytesPerInode, 128);
});

test("the version is the highest whose features there are", () => {
  const versionOf = (compatible: number, incompatible: number) =>
    parse((bytes) => {
      bytes.writeUInt32LE(compatible, 92);
      bytes.writeUInt32LE(incompatible, 96);
    });
  assert.equal(versionOf(4, 2).version, "ext3");
  assert.equal(versionOf(4, 2).needsRecovery, false);
  assert.deepEqual([versionOf(4, 6).version, versionOf(4, 6).needsRecovery], ["ext3", true]);
  assert.equal(versionOf(4, 0x42).version, "ext4");
  assert.equal(versionOf(0, 0x12).version, "ext2");
});

test("wide block numbers have a high half, and descriptors as long as it says", () => {
  const wide: Change = (bytes) => {
    bytes.writeUInt32LE(0x80, 96);
    bytes.writeUInt16LE(64, 254);
    bytes.writeUInt32LE(1, 336);
  };
  const { blocks, groupDescriptorSize } = parseSuperblock(superblock(wide), 2 ** 45);
  assert.deepEqual([blocks, groupDescriptorSize], [2 ** 32 + 1000, 64]);
  const narrow: Change = (bytes) => bytes.writeUInt32LE(1, 336);
  assert.equal(parse(narrow).blocks, 1000);
});

for (const [what, change, offset] of [
  ["another magic number", (bytes) => bytes.writeUInt16LE(0xef54, 56), 1080],
  ["blocks of 128 KiB", (bytes) => bytes.writeUInt32LE(7, 24), 1048],
  ["inodes of 127 bytes", (bytes) => bytes.writeUInt16LE(127, 88), 1112],
  ["inodes longer than blocks", (bytes) => bytes.writeUInt16LE(4097, 88), 1112],
  ["groups without blocks", (bytes) => bytes.writeUInt32LE(0, 32), 1112],
  ["groups without inodes", (bytes) => bytes.writeUInt32LE(0, 40), 1112],
] as const satisfies readonly (readonly [string, Change, number])[]) {
  test(`${what} are damage`, () => {
    assert.throws(() => parse(change), { kind: "corrupt", offset });
  });
}

test("descriptors of less than 32 bytes or more than a block are damage", () => {
  for (const size of [31, 4097]) {
    const change: Change = (bytes) => {
      bytes.writeUInt32LE(0x80, 96);
      bytes.writeUInt16LE(size, 254);
    };
    assert.throws(() => parse(change), { kind: "corrupt", offset: 1278 });
  }
});

test("each feature that a reader has to know is known or named", () => {
  for (let bit = 0; bit < 32; bit++) {
    const feature = 2 ** bit;
    const read = () =>
      parse((bytes) => {
        bytes.writeUInt32LE(feature, 96);
        bytes.writeUInt16LE(64, 254);
      });
    const isKnown = [1, 2, 4, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16, 17].includes(bit);
    if (isKnown) assert.equal(read().blockSize, 4096, `bit ${bit}`);
    else assert.throws(read, { kind: "unsupported", offset: 1120, message: new RegExp(`0x${feature.toString(16)}`) });
  }
});
