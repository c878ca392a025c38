// squashfs as a format that can be written: its options, how its images are recognised, and its writer.
import { type BuildCompression, maxLevel } from "../codec/codec.ts";
import type { ChoiceOption, DependentNumberOption, NumberOption } from "../formats/format-options.ts";
import { defineFormat } from "../formats/writable-format.ts";
import type { SquashfsPlan } from "./plan.ts";
import { MAX_BLOCK_SIZE, METADATA_BLOCK_SIZE, MIN_BLOCK_SIZE, SQUASHFS_MAGIC } from "./superblock.ts";

const compression: ChoiceOption<BuildCompression> = {
  kind: "choice",
  key: "compression",
  noun: "compression",
  description: "Compression of the image.",
  words: {
    gzip: "Every kernel with squashfs supports it.",
    zstd: "Smaller images that are faster to read; the kernel must support zstd for squashfs.",
    none: "The image is not compressed.",
  },
  // Every kernel with squashfs reads it; zstd is one setting away for those who know their hosts.
  default: "gzip",
};

const level: DependentNumberOption<BuildCompression> = {
  kind: "number",
  key: "level",
  noun: "compression level",
  description: "Compression level; a higher one makes smaller images and takes longer.",
  dependsOn: compression,
  ranges: {
    gzip: { minimum: 1, maximum: maxLevel.gzip, default: 6 },
    zstd: { minimum: 1, maximum: maxLevel.zstd, default: 15 },
  },
};

const blockSize: NumberOption = {
  kind: "number",
  key: "blockSize",
  noun: "block size",
  description:
    "Number of bytes of a file that are compressed together. Larger blocks make smaller images, but reading a few bytes takes longer.",
  unit: "bytes",
  isPowerOfTwo: true,
  range: { minimum: MIN_BLOCK_SIZE, maximum: MAX_BLOCK_SIZE, default: 131_072 },
};

export const squashfsFormat = defineFormat<SquashfsPlan>({
  name: "squashfs",
  options: [compression, level, blockSize],
  headLength: 4,
  isImage: (head) =>
    head.length === 4 && new DataView(head.buffer, head.byteOffset).getUint32(0, true) === SQUASHFS_MAGIC,
  planOf: (tree, read) => ({
    ...tree,
    format: "squashfs",
    compression: read.choice(compression),
    level: read.dependentNumber(level) ?? 0,
    blockSize: read.number(blockSize),
  }),
  encodingOf: (plan) => ({
    compression: plan.compression,
    level: plan.level,
    blockSize: plan.blockSize,
    metadataBlockSize: METADATA_BLOCK_SIZE,
  }),
  describe: (plan) => (plan.compression === "none" ? "not compressed" : `${plan.compression} ${plan.level}`),
  loadWriter: async () => (await import("./writer.ts")).writeSquashfs,
});
