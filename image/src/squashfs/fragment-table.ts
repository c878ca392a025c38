// The table of fragment blocks: blocks that hold several small files, or the ends of larger ones.
import type { ByteSource } from "../bytes/byte-source.ts";
import { damaged } from "../bytes/image-error.ts";
import { type RecordLayout, readRecord, recordSize } from "../bytes/record.ts";
import { type LookupTable, readTableRecord } from "./lookup-table.ts";
import type { LoadMetadataBlock } from "./metadata-reader.ts";
import { NO_TABLE, type Superblock } from "./superblock.ts";

export const fragmentLayout = {
  /** Position in the image. */
  start: { offset: 0, size: 8 },
  /** Stored size, with the bit for "uncompressed". */
  size: { offset: 8, size: 4 },
  unused: { offset: 12, size: 4 },
} as const satisfies RecordLayout;

/** Where the fragment block of a number is stored. */
export type ReadFragment = (number: number) => Promise<{ readonly start: number; readonly size: number }>;

export function fragmentTable(source: ByteSource, load: LoadMetadataBlock, superblock: Superblock): ReadFragment {
  const table: LookupTable = {
    of: "fragment",
    index: superblock.fragmentTable,
    count: superblock.fragmentCount,
    recordSize: recordSize(fragmentLayout),
  };
  return async (number) => {
    if (table.index === NO_TABLE) throw damaged("it has no table of fragments, and a file needs one");
    return readRecord(fragmentLayout, await readTableRecord(source, load, table, number), 0, table.index);
  };
}
