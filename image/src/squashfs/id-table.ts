// The table of owners: inodes name users and groups by their place in it.
import type { ByteSource } from "../bytes/byte-source.ts";
import { type RecordLayout, readRecord, recordSize } from "../bytes/record.ts";
import { type LookupTable, readTableRecord } from "./lookup-table.ts";
import type { LoadMetadataBlock } from "./metadata-reader.ts";
import type { Superblock } from "./superblock.ts";

const idLayout = { id: { offset: 0, size: 4 } } as const satisfies RecordLayout;

export interface IdTable {
  /** The user or group id at a place in the table. */
  read(index: number): Promise<number>;
  /** The same when it was read before. */
  known(index: number): number | undefined;
}

export function idTable(source: ByteSource, load: LoadMetadataBlock, superblock: Superblock): IdTable {
  const table: LookupTable = {
    of: "owner",
    index: superblock.idTable,
    count: superblock.idCount,
    recordSize: recordSize(idLayout),
  };
  const known = new Map<number, number>();
  return {
    known: (index) => known.get(index),
    async read(index) {
      const found = known.get(index);
      if (found !== undefined) return found;
      const { id } = readRecord(idLayout, await readTableRecord(source, load, table, index), 0, table.index);
      known.set(index, id);
      return id;
    },
  };
}
