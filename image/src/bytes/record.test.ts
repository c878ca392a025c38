import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL_ONES_64, type RecordLayout, readField, readRecord, readUint64, recordSize } from "./record.ts";

const layout = {
  small: { offset: 0, size: 1 },
  difference: { offset: 1, size: 2, signed: true },
  count: { offset: 3, size: 4 },
  position: { offset: 7, size: 8 },
} as const satisfies RecordLayout;

test("fields are little-endian, and signed where the layout says so", () => {
  const bytes = Uint8Array.from([9, 0xff, 0xfe, 0xff, 1, 2, 3, 4, 0x78, 0x56, 0x34, 0x12, 0x01, 0, 0, 0]);
  assert.deepEqual(readRecord(layout, bytes, 1, 0), {
    small: 0xff,
    difference: -2,
    count: 0x04030201,
    position: 0x0112345678,
  });
});

test("all bits set in eight bytes read as ALL_ONES_64", () => {
  assert.equal(readRecord(layout, new Uint8Array(15).fill(0xff), 0, 0).position, ALL_ONES_64);
});

test("a record that the data end in is corrupt, at the offset that the caller names", () => {
  assert.equal(recordSize(layout), 15);
  assert.throws(() => readRecord(layout, new Uint8Array(15), 1, 4711), { kind: "corrupt", offset: 4711 });
});

test("a record that ends where the data end is whole", () => {
  const bytes = Uint8Array.from({ length: 15 }, (_, i) => i);
  assert.equal(readRecord(layout, bytes, 0, 0).small, 0);
  assert.throws(() => readRecord(layout, bytes.subarray(0, 14), 0, 0), { kind: "corrupt" });
});

test("signed fields of every size have a sign, others none", () => {
  const bytes = Uint8Array.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
  const data = new DataView(bytes.buffer);
  const read = (size: 1 | 2 | 4 | 8, signed: boolean) => readField(data, 0, { offset: 0, size, signed });
  assert.deepEqual([read(1, true), read(2, true), read(4, true), read(8, true)], [-2, -2, -2, -2]);
  assert.deepEqual([read(1, false), read(2, false), read(4, false)], [0xfe, 0xfffe, 0xffff_fffe]);
  assert.equal(readUint64(new DataView(Uint8Array.from([1, 0, 0, 0, 2, 0, 0, 0]).buffer), 0), 2 ** 33 + 1);
});
