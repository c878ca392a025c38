// The superblock of a dm-verity hash tree, the first 512 bytes of its partition or file (cryptsetup, "verity superblock").
import type { ByteSource, CancelSignal } from "../bytes/byte-source.ts";
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { type RecordLayout, readRecord } from "../bytes/record.ts";
import { toHex } from "./hexadecimal.ts";

export const superblockSize = 512;

export const superblockLayout = {
  version: { offset: 8, size: 4 },
  /** 1, or 0 for that of early Chrome OS. */
  hashType: { offset: 12, size: 4 },
  /** In bytes, each a power of two. */
  dataBlockSize: { offset: 64, size: 4 },
  hashBlockSize: { offset: 68, size: 4 },
  /** Blocks of data that the tree is over. */
  dataBlocks: { offset: 72, size: 8 },
  /** Bytes of the salt that are in use. */
  saltSize: { offset: 80, size: 2 },
} as const satisfies RecordLayout;

/** Fields that are no numbers: where they begin, and how many bytes they take. */
const signature = "verity\0\0";
const uuidField = [16, 16] as const;
/** A name, and zeros behind it. */
const algorithmField = [32, 32] as const;
const saltField = [88, 256] as const;

const minBlockSize = 512;
const maxBlockSize = 1 << 20;

/** A superblock whose numbers can be. */
export interface VeritySuperblock {
  readonly hashType: 0 | 1;
  readonly uuid: string;
  /** As the kernel names it. */
  readonly algorithm: string;
  /** In bytes. */
  readonly dataBlockSize: number;
  readonly hashBlockSize: number;
  readonly dataBlocks: number;
  readonly salt: Uint8Array;
}

/**
 * Reads the superblock at the beginning of `source`. Throws `corrupt` for numbers that cannot be and `unsupported` for
 * another version; undefined when there is no superblock.
 */
export async function readVeritySuperblock(
  source: ByteSource,
  signal?: CancelSignal,
): Promise<VeritySuperblock | undefined> {
  if (source.size < superblockSize) return undefined;
  const bytes = await readExact(source, 0, superblockSize, signal);
  for (let i = 0; i < signature.length; i++) if (bytes[i] !== signature.charCodeAt(i)) return undefined;
  const fields = readRecord(superblockLayout, bytes, 0, 0);
  const { version, hashType, dataBlockSize, hashBlockSize, dataBlocks, saltSize } = fields;
  if (version !== 1) throw new ImageError("unsupported", `its hash tree has the unknown version ${version}`, 8);
  if (hashType !== 0 && hashType !== 1) {
    throw new ImageError("unsupported", `its hash tree has the unknown type ${hashType}`, 12);
  }
  for (const [what, size, at] of [
    ["data", dataBlockSize, superblockLayout.dataBlockSize.offset],
    ["hashes", hashBlockSize, superblockLayout.hashBlockSize.offset],
  ] as const) {
    const fits = size >= minBlockSize && size <= maxBlockSize && (size & (size - 1)) === 0;
    if (!fits) throw damaged(`its hash tree has blocks of ${size} bytes for ${what}`, at);
  }
  if (dataBlocks === 0 || !Number.isSafeInteger(dataBlocks * dataBlockSize)) {
    throw damaged(`its hash tree covers ${dataBlocks} blocks of data`, superblockLayout.dataBlocks.offset);
  }
  const [saltStart, maxSaltSize] = saltField;
  if (saltSize > maxSaltSize) throw damaged(`the salt of its hash tree has ${saltSize} bytes`, 80);
  return {
    hashType,
    uuid: uuidText(bytesOf(bytes, uuidField)),
    algorithm: nameOf(bytesOf(bytes, algorithmField)),
    dataBlockSize,
    hashBlockSize,
    dataBlocks,
    salt: bytes.slice(saltStart, saltStart + saltSize),
  };
}

function bytesOf(bytes: Uint8Array, [start, size]: readonly [number, number]): Uint8Array {
  return bytes.subarray(start, start + size);
}

/** Unlike the GUIDs of partition tables, these bytes are in the order of the digits. */
function uuidText(bytes: Uint8Array): string {
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Names of algorithms are letters, digits and a few signs; other bytes are no name. */
function nameOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const name = String.fromCharCode(...bytes.subarray(0, end < 0 ? bytes.length : end));
  if (!/^[a-z0-9][a-z0-9(),_-]*$/i.test(name))
    throw damaged("its hash tree has no valid algorithm name", algorithmField[0]);
  return name;
}
