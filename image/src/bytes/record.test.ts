import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL_ONES_64, type RecordLayout, readRecord, recordSize } from "./record.ts";

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
