// Records of fixed layout: a structure on disk is a table of its fields, and this reads it.
import { damaged } from "./image-error.ts";

/** A little-endian number, unsigned unless it says else: where it lies in its record, and how many bytes it takes. */
export interface Field {
  readonly offset: number;
  readonly size: 1 | 2 | 4 | 8;
  readonly signed?: boolean;
}

/** The fields of a structure by name. */
export type RecordLayout = { readonly [name: string]: Field };

/** The numbers of a structure by the names of its fields. */
export type RecordOf<Layout extends RecordLayout> = { readonly [Name in keyof Layout]: number };

/** What an eight-byte field reads as when all its bits are set; larger than any position. */
export const ALL_ONES_64 = 2 ** 64;

/**
 * Reads a structure that begins at `at` in `bytes`. Numbers above 2^53 lose their low bits, and none of them is a valid
 * position or size. Throws `corrupt` when `bytes` end inside it; `offset` is where the structure lies in the image.
 */
export function readRecord<Layout extends RecordLayout>(
  layout: Layout,
  bytes: Uint8Array,
  at: number,
  offset: number,
): RecordOf<Layout> {
  const data = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const record: Partial<Record<keyof Layout, number>> = {};
  for (const name in layout) {
    const field = layout[name];
    if (field === undefined) continue;
    if (at + field.offset + field.size > bytes.length) throw damaged("a record is truncated", offset);
    record[name] = readField(data, at, field);
  }
  return record as RecordOf<Layout>;
}

/** The field of a structure that begins at `at`. */
export function readField(data: DataView, at: number, { offset, size, signed }: Field): number {
  const start = at + offset;
  switch (size) {
    case 1:
      return signed ? data.getInt8(start) : data.getUint8(start);
    case 2:
      return signed ? data.getInt16(start, true) : data.getUint16(start, true);
    case 4:
      return signed ? data.getInt32(start, true) : data.getUint32(start, true);
    case 8:
      return signed ? data.getUint32(start, true) + data.getInt32(start + 4, true) * 2 ** 32 : readUint64(data, start);
  }
}

/** Eight bytes as a number; above 2^53 it loses its low bits. */
export function readUint64(data: DataView, at: number): number {
  return data.getUint32(at, true) + data.getUint32(at + 4, true) * 2 ** 32;
}

/** Bytes from a record's beginning to the end of its last field. */
export function recordSize(layout: RecordLayout): number {
  let end = 0;
  for (const name in layout) {
    const field = layout[name];
    if (field !== undefined) end = Math.max(end, field.offset + field.size);
  }
  return end;
}
