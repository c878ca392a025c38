// Frames of zstd are as long as their header, blocks and checksum say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { zstdFrameLength } from "./zstd-frame.ts";

const magic = [0x28, 0xb5, 0x2f, 0xfd];

function block(kind: 0 | 1 | 2, size: number, isLast: boolean): number[] {
  const header = (size << 3) | (kind << 1) | (isLast ? 1 : 0);
  const content = kind === 1 ? 1 : size;
  return [header & 0xff, (header >> 8) & 0xff, header >> 16, ...Array<number>(content).fill(0xee)];
}

/** The descriptor, how many bytes of header follow it. */
for (const [descriptor, header] of [
  [0x00, 1],
  [0x20, 1],
  [0x40, 3],
  [0x60, 2],
  [0x80, 5],
  [0xa0, 4],
  [0xc0, 9],
  [0xe0, 8],
  [0x01, 2],
  [0x02, 3],
  [0x03, 5],
  [0x23, 5],
] as const) {
  test(`a frame with the descriptor ${descriptor.toString(16)} has ${header} more bytes of header`, () => {
    const frame = [...magic, descriptor, ...Array<number>(header).fill(0), ...block(0, 2, true)];
    assert.equal(zstdFrameLength(Uint8Array.from([...frame, 1, 2, 3])), frame.length);
    assert.equal(zstdFrameLength(Uint8Array.from(frame)), frame.length);
    assert.throws(() => zstdFrameLength(Uint8Array.from(frame.slice(0, -1))), { kind: "corrupt" });
  });
}

test("blocks follow up to the last one, one byte stands for a repeated one, and a checksum has four bytes", () => {
  const blocks = [...block(2, 300, false), ...block(1, 70_000, false), ...block(0, 0, true)];
  const plain = [...magic, 0x00, 0, ...blocks];
  assert.equal(zstdFrameLength(Uint8Array.from([...plain, 9])), plain.length);
  const checked = [...magic, 0x04, 0, ...blocks, 1, 2, 3, 4];
  assert.equal(zstdFrameLength(Uint8Array.from([...checked, 9])), checked.length);
  assert.throws(() => zstdFrameLength(Uint8Array.from(checked.slice(0, -1))), { kind: "corrupt" });
});

test("what does not begin as a frame, and what ends inside a block's header, is damage", () => {
  for (const bytes of [[], magic, [...magic, 0, 0, 1, 0], [0x29, 0xb5, 0x2f, 0xfd, 0, 0, 1, 0, 0]]) {
    assert.throws(() => zstdFrameLength(Uint8Array.from(bytes)), { kind: "corrupt" }, bytes.join());
  }
});
