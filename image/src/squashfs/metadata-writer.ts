// Writes a stream of records as metadata blocks: pieces of 8 KiB, each compressed when that makes it smaller.
import { type ByteWriter, byteWriter } from "../bytes/byte-writer.ts";
import type { StoredBlock } from "../codec/block-encoder.ts";
import { METADATA_BLOCK_SIZE, METADATA_UNCOMPRESSED } from "./superblock.ts";

/** Where a record begins: a stored block's position in the table, and an offset in its content. */
export interface MetadataPosition {
  readonly block: number;
  readonly offset: number;
}

/** A position as other structures store it: the block above the lower 16 bits, the offset in them. */
export function packPosition({ block, offset }: MetadataPosition): number {
  return block * 0x1_0000 + offset;
}

export interface MetadataWriter {
  /** Where the next record will begin. */
  position(): MetadataPosition;
  write(record: Uint8Array): void;
  /** Ends the last block. `blocks`: where each begins in `bytes`. Nothing may be written after it. */
  finish(): { readonly bytes: Uint8Array; readonly blocks: readonly number[] };
}

export function metadataWriter(encode: (block: Uint8Array) => StoredBlock): MetadataWriter {
  const stored: ByteWriter = byteWriter(64 * 1024);
  const open = new Uint8Array(METADATA_BLOCK_SIZE);
  const blocks: number[] = [];
  let filled = 0;

  function closeBlock(): void {
    const { bytes, length } = encode(open.subarray(0, filled));
    blocks.push(stored.length);
    stored.u16(bytes.length | (length < 0 ? METADATA_UNCOMPRESSED : 0)).bytes(bytes);
    filled = 0;
  }

  return {
    position: () => ({ block: stored.length, offset: filled }),
    write(record) {
      for (let at = 0; at < record.length; ) {
        const part = record.subarray(at, at + METADATA_BLOCK_SIZE - filled);
        open.set(part, filled);
        filled += part.length;
        at += part.length;
        // Closed at once, so that a position never points behind a block's last byte.
        if (filled === METADATA_BLOCK_SIZE) closeBlock();
      }
    },
    finish() {
      if (filled > 0) closeBlock();
      return { bytes: stored.view(), blocks };
    },
  };
}

/** A table of records of equal size: metadata blocks and, behind them, the absolute position of each. */
export function lookupTable(
  records: Uint8Array,
  at: number,
  encode: (block: Uint8Array) => StoredBlock,
): { readonly bytes: Uint8Array; readonly index: number } {
  const writer = metadataWriter(encode);
  writer.write(records);
  const { bytes, blocks } = writer.finish();
  const table = byteWriter(bytes.length + blocks.length * 8).bytes(bytes);
  for (const block of blocks) table.u64(at + block);
  return { bytes: table.view(), index: at + bytes.length };
}
