// Reads tables of records of equal size: metadata blocks that are found through an array of their positions.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { readExact } from "../bytes/read-exact.ts";
import { readField } from "../bytes/record.ts";
import type { LoadMetadataBlock } from "./metadata-reader.ts";
import { METADATA_BLOCK_SIZE } from "./superblock.ts";

/** One element of the array: where a metadata block lies in the image. */
const position = { offset: 0, size: 8 } as const;

export interface LookupTable {
  /** What the table holds, for messages ("fragment"). */
  readonly of: string;
  /** Where the array of positions begins. */
  readonly index: number;
  readonly count: number;
  readonly recordSize: number;
}

/** The bytes of record `number`; throws `corrupt` when the table has none of that number. */
export async function readTableRecord(
  source: ByteSource,
  load: LoadMetadataBlock,
  table: LookupTable,
  number: number,
): Promise<Uint8Array> {
  if (number >= table.count) {
    throw damaged(`${table.of} ${number} is used, and there are ${table.count}`, table.index);
  }
  const at = number * table.recordSize;
  const start = await readBlockPosition(source, table, Math.floor(at / METADATA_BLOCK_SIZE));
  const { bytes } = await load(start);
  const offset = at % METADATA_BLOCK_SIZE;
  if (offset + table.recordSize > bytes.length) throw damaged(`the table of ${table.of}s is too short`, start);
  return bytes.subarray(offset, offset + table.recordSize);
}

async function readBlockPosition(source: ByteSource, table: LookupTable, block: number): Promise<number> {
  const element = await readExact(source, table.index + block * position.size, position.size);
  return readField(new DataView(element.buffer, element.byteOffset, element.length), 0, position);
}
