// Writes folder listings into the directory table, with an index over long ones so that a kernel need not read all.
import { byteWriter } from "../bytes/byte-writer.ts";
import { ImageError } from "../bytes/image-error.ts";
import { encodeName } from "../tree/names.ts";
import { entryLayout, maxNameLength, maxRunEntries, runLayout } from "./directory.ts";
import type { MetadataPosition, MetadataWriter } from "./metadata-writer.ts";

/** What a listing says of an entry. */
export interface ListingEntry {
  readonly name: string;
  /** Basic inode type, also for an extended inode. */
  readonly type: number;
  readonly inode: MetadataPosition;
  readonly inodeNumber: number;
}

/** Where a run of a listing begins, for a search by name. */
export interface ListingIndex {
  /** Position in the listing's bytes. */
  readonly listingOffset: number;
  /** Stored position of the metadata block that holds it. */
  readonly block: number;
  readonly firstName: Uint8Array;
}

export interface Listing {
  readonly at: MetadataPosition;
  /** Bytes of the listing. */
  readonly length: number;
  readonly index: readonly ListingIndex[];
}

/** Inode numbers are stored as signed 16-bit differences to the run's first. */
const farthest = 0x7fff;
/** A listing gets an index entry each time that it has grown by this many bytes. */
const indexStep = 8192;

/** Writes a listing; `entries` are in byte order of their names. */
export function writeListing(directories: MetadataWriter, entries: readonly ListingEntry[]): Listing {
  const at = directories.position();
  const index: ListingIndex[] = [];
  const record = byteWriter(256);
  let length = 0;
  let indexed = 0;

  for (let from = 0; from < entries.length; ) {
    const to = runEnd(entries, from);
    const run = entries.slice(from, to);
    const [first] = run;
    if (first === undefined) break;
    if (length - indexed >= indexStep) {
      index.push({ listingOffset: length, block: directories.position().block, firstName: encodeName(first.name) });
      indexed = length;
    }
    record.clear();
    record.record(runLayout, {
      count: run.length - 1,
      inodeBlock: first.inode.block,
      inodeNumber: first.inodeNumber,
    });
    for (const { name, type, inode, inodeNumber } of run) {
      const bytes = encodeName(name);
      if (bytes.length > maxNameLength) {
        throw new ImageError(
          "unsupported",
          `the name "${name}" is longer than the ${maxNameLength} bytes that squashfs takes`,
        );
      }
      const fields = {
        inodeOffset: inode.offset,
        inodeNumberDifference: inodeNumber - first.inodeNumber,
        type,
        nameLength: bytes.length - 1,
      };
      record.record(entryLayout, fields).bytes(bytes);
    }
    length += record.length;
    directories.write(record.view());
    from = to;
  }
  return { at, length, index };
}

/** A run ends where its inodes leave the block or the number's range that its header names. */
function runEnd(entries: readonly ListingEntry[], from: number): number {
  const first = entries[from];
  let to = from + 1;
  for (; to < entries.length && to - from < maxRunEntries; to++) {
    const entry = entries[to];
    if (first === undefined || entry === undefined || entry.inode.block !== first.inode.block) break;
    if (Math.abs(entry.inodeNumber - first.inodeNumber) > farthest) break;
  }
  return to;
}
