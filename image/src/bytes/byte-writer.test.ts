// What is written reads back, in little-endian order, however often the buffer grows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byteWriter } from "./byte-writer.ts";
import { ALL_ONES_64, type RecordLayout, readRecord } from "./record.ts";

test("numbers are little-endian and follow each other", () => {
  const writer = byteWriter();
  writer
    .u16(0x0102)
    .u32(0x03040506)
    .u64(0x0708_090a_0b0c)
    .bytes(Uint8Array.from([1, 2]))
    .zeros(2);
  assert.deepEqual([...writer.view()], [2, 1, 6, 5, 4, 3, 0x0c, 0x0b, 0x0a, 0x09, 0x08, 0x07, 0, 0, 1, 2, 0, 0]);
  assert.equal(writer.length, 18);
});

test("all bits of eight bytes are set for ALL_ONES_64, and for nothing smaller", () => {
  const bytes = byteWriter().u64(ALL_ONES_64).u64(Number.MAX_SAFE_INTEGER).view();
  assert.deepEqual([...bytes.subarray(0, 8)], Array(8).fill(0xff));
  assert.deepEqual([...bytes.subarray(8)], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0]);
});

test("a record reads back as it was written, gaps as zeros", () => {
  const layout = {
    one: { offset: 0, size: 1 },
    two: { offset: 2, size: 2 },
    four: { offset: 4, size: 4 },
    eight: { offset: 12, size: 8 },
  } as const satisfies RecordLayout;
  const record = { one: 0xfe, two: 0xfedc, four: 0xfedc_ba98, eight: 2 ** 40 + 1 };
  const bytes = byteWriter(4).record(layout, record).view();
  assert.deepEqual(readRecord(layout, bytes, 0, 0), record);
  assert.deepEqual([bytes.length, bytes[1], bytes[8]], [20, 0, 0]);
});

test("what was written stays when the buffer grows, and is forgotten when it is cleared", () => {
  const writer = byteWriter(2);
  for (let i = 0; i < 100; i++) writer.u16(i);
  const view = writer.view();
  assert.deepEqual([view.length, view[0], view[2], view[198]], [200, 0, 1, 99]);
  writer.clear();
  assert.equal(writer.length, 0);
  assert.deepEqual([...writer.zeros(3).view()], [0, 0, 0]);
});
