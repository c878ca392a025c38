// What a build is asked for: options, settings, the tree's project file and the environment, checked.
import type { BuildPlan } from "./build.ts";
import { ImageError } from "./bytes/image-error.ts";
import { type BuildCompression, highestLevel } from "./codec/codec.ts";
import { MAX_BLOCK_SIZE, MIN_BLOCK_SIZE } from "./squashfs/superblock.ts";

/** The options and settings that shape an image, as they were written. */
export interface BuildOptions {
  readonly format?: string;
  readonly compression?: string;
  readonly level?: string | number;
  readonly blockSize?: string | number;
}

export type BuildChoices = Omit<BuildPlan, "hierarchies">;

const usualLevel = { gzip: 6, zstd: 15, none: 0 } as const;
const usualBlockSize = 131_072;

/** Compressions that squashfs has and this program does not write. */
const otherCompressions = ["xz", "lz4", "lzo", "lzma"];

/** The first of `sources` that says something counts. Throws an ImageError for what cannot be built. */
export function buildChoices(sources: readonly BuildOptions[], environment: Environment): BuildChoices {
  const format = firstOf(sources, "format") ?? "squashfs";
  if (format !== "squashfs") {
    throw new ImageError(
      "unsupported",
      `the format "${format}" cannot be built; choose squashfs, with gzip, zstd or no compression`,
    );
  }
  const compression = firstOf(sources, "compression") ?? "gzip";
  if (!isBuildCompression(compression)) throw new ImageError("unsupported", compressionReason(String(compression)));
  // A level is that of the compression it was written with: 19 of a project's zstd means nothing to gzip.
  const written = sources.find(
    (source) => source.level !== undefined && (source.compression ?? compression) === compression,
  );
  const level = wholeNumber(written?.level) ?? usualLevel[compression];
  const highest = highestLevel[compression];
  if (compression !== "none" && !(level >= 1 && level <= highest)) {
    throw new ImageError(
      "unsupported",
      `the level "${written?.level}" does not exist: ${compression} has 1 to ${highest}`,
    );
  }
  const blockSize = wholeNumber(firstOf(sources, "blockSize")) ?? usualBlockSize;
  if (!(blockSize >= MIN_BLOCK_SIZE && blockSize <= MAX_BLOCK_SIZE && Number.isInteger(Math.log2(blockSize)))) {
    throw new ImageError(
      "unsupported",
      `the block size "${firstOf(sources, "blockSize")}" is not possible: squashfs has powers of two from ${MIN_BLOCK_SIZE} to ${MAX_BLOCK_SIZE}`,
    );
  }
  const epoch = sourceDateEpoch(environment["SOURCE_DATE_EPOCH"]);
  return { compression, level, blockSize, ...(epoch === undefined ? {} : { sourceDateEpoch: epoch }) };
}

type Environment = Readonly<Record<string, string | undefined>>;

function firstOf<Name extends keyof BuildOptions>(
  sources: readonly BuildOptions[],
  name: Name,
): BuildOptions[Name] | undefined {
  return sources.find((source) => source[name] !== undefined)?.[name];
}

/** NaN for what is no whole number, so that no range holds it. */
function wholeNumber(value: string | number | undefined): number | undefined {
  if (value === undefined) return undefined;
  return /^\d{1,9}$/.test(String(value)) ? Number(value) : Number.NaN;
}

function isBuildCompression(name: string): name is BuildCompression {
  return Object.hasOwn(highestLevel, name);
}

function compressionReason(name: string): string {
  return otherCompressions.includes(name)
    ? `images with ${name} cannot be built; choose gzip, zstd or none`
    : `there is no compression "${name}"; choose gzip, zstd or none`;
}

/** The latest second that squashfs can store. */
const latestTime = 0xffff_ffff;

/** The latest time of a file in an image, by the variable SOURCE_DATE_EPOCH; throws `unsupported` for what is no time. */
export function sourceDateEpoch(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds >= 0 && seconds <= latestTime) return seconds;
  throw new ImageError(
    "unsupported",
    `the variable SOURCE_DATE_EPOCH is "${text}", and it has to be a whole number of seconds since 1970, up to ${latestTime}`,
  );
}
