// Builds little-endian structures in a buffer that grows.
import { ALL_ONES_64, type Field, type RecordLayout, type RecordOf, recordSize } from "./record.ts";

export interface ByteWriter {
  /** Bytes written so far. */
  readonly length: number;
  u16(value: number): ByteWriter;
  u32(value: number): ByteWriter;
  /** An unsigned number of up to 53 bits in 64; ALL_ONES_64 sets every bit. */
  u64(value: number): ByteWriter;
  /** A structure of fixed layout; the twin of `readRecord`. */
  record<Layout extends RecordLayout>(layout: Layout, record: RecordOf<Layout>): ByteWriter;
  bytes(value: Uint8Array): ByteWriter;
  zeros(count: number): ByteWriter;
  /** What was written; a view that lasts until the next call of any method. */
  view(): Uint8Array;
  /** Forgets everything written, keeps the memory. */
  clear(): void;
}

const two32 = 0x1_0000_0000;
const largest32 = 0xffff_ffff;

export function byteWriter(capacity = 1024): ByteWriter {
  let buffer = new Uint8Array(capacity);
  let data = new DataView(buffer.buffer);
  let length = 0;

  /** Makes room for `count` more bytes and returns where they go. */
  function grow(count: number): number {
    const at = length;
    length += count;
    if (length > buffer.length) {
      const larger = new Uint8Array(Math.max(length, buffer.length * 2));
      larger.set(buffer);
      buffer = larger;
      data = new DataView(buffer.buffer);
    }
    return at;
  }

  function setField(at: number, size: Field["size"], value: number): void {
    if (size === 1) data.setUint8(at, value);
    if (size === 2) data.setUint16(at, value, true);
    if (size === 4) data.setUint32(at, value, true);
    if (size === 8) {
      const whole = value >= ALL_ONES_64;
      data.setUint32(at, whole ? largest32 : value % two32, true);
      data.setUint32(at + 4, whole ? largest32 : Math.floor(value / two32), true);
    }
  }

  const writer: ByteWriter = {
    get length() {
      return length;
    },
    u16(value) {
      const at = grow(2);
      data.setUint16(at, value, true);
      return writer;
    },
    u32(value) {
      const at = grow(4);
      data.setUint32(at, value, true);
      return writer;
    },
    u64(value) {
      const at = grow(8);
      setField(at, 8, value);
      return writer;
    },
    record(layout, record) {
      const at = grow(recordSize(layout));
      for (const name in layout) {
        const field = layout[name];
        if (field !== undefined) setField(at + field.offset, field.size, record[name]);
      }
      return writer;
    },
    bytes(value) {
      const at = grow(value.length);
      buffer.set(value, at);
      return writer;
    },
    zeros(count) {
      const at = grow(count);
      buffer.fill(0, at, at + count);
      return writer;
    },
    view: () => buffer.subarray(0, length),
    clear() {
      length = 0;
    },
  };
  return writer;
}
