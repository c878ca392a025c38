// Streams of the real xz, unpacked by our own code; and what our own decompressors make of damaged blocks.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ImageError } from "../../image/src/bytes/image-error.ts";
import { unpackLz4 } from "../../image/src/codec/lz4.ts";
import { unpackLzma } from "../../image/src/codec/lzma.ts";
import { unpackLzo } from "../../image/src/codec/lzo.ts";
import { unpackXz } from "../../image/src/codec/xz.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { requireTool } from "../support/tools.ts";
import { noise, prose } from "./sample-tree.ts";

const size = 200_000;

/** Instructions that all call the same places, so that a filter makes them the same; between them are other bytes. */
function calls(write: (view: DataView, at: number, target: number) => void, step: number): Buffer {
  const code = Buffer.from(noise(size, `calls ${step}`));
  const view = new DataView(code.buffer, code.byteOffset, code.length);
  for (let at = 0; at + 16 <= size; at += step) write(view, at, 0x10_000 + (at % 3) * 0x4000);
  return code;
}

/** For each filter of xz code that it is made for. */
const programs: Readonly<Record<string, Buffer>> = {
  x86: calls((view, at, target) => {
    view.setUint8(at, 0xe8);
    view.setUint32(at + 1, (target - at - 5) >>> 0, true);
  }, 7),
  arm: calls((view, at, target) => view.setUint32(at, 0xeb00_0000 | (((target - at - 8) >> 2) & 0xff_ffff), true), 8),
  armthumb: calls((view, at, target) => {
    const distance = (target - at - 4) >> 1;
    view.setUint16(at, 0xf000 | ((distance >> 11) & 0x7ff), true);
    view.setUint16(at + 2, 0xf800 | (distance & 0x7ff), true);
  }, 6),
  arm64: calls((view, at, target) => {
    if (at % 24 === 0) view.setUint32(at, (0x9000_0000 | ((((target - at) >> 12) & 3) << 29) | 5) >>> 0, true);
    else view.setUint32(at, (0x9400_0000 | (((target - at) >> 2) & 0x3ff_ffff)) >>> 0, true);
  }, 8),
  powerpc: calls((view, at, target) => view.setUint32(at, 0x4800_0001 | ((target - at) & 0x3ff_fffc), false), 8),
  sparc: calls((view, at, target) => view.setUint32(at, 0x4000_0000 | (((target - at) >>> 2) & 0x3fff_ffff), false), 8),
  ia64: calls((view, at, target) => {
    view.setUint32(at, 0x10, true); // a bundle with a branch in its last slot
    view.setUint32(at + 4, 0, true);
    const bundles = (target - at) >> 4;
    view.setBigUint64(at + 8, (5n << 60n) | (BigInt(bundles & 0xf_ffff) << 36n), true);
  }, 16),
};

function xz(content: Buffer, ...options: string[]): Uint8Array {
  return execFileSync("xz", ["--stdout", "--threads=1", ...options], { input: content, maxBuffer: 10 * size });
}

for (const [filter, code] of Object.entries(programs)) {
  test(`what xz has filtered for ${filter} comes back, and the filter has made it shorter`, (t) => {
    if (!requireTool(t, "xz")) return;
    const stored = xz(code, "--check=crc32", `--${filter}`, "--lzma2=preset=6");
    assert.deepEqual(Buffer.from(unpackXz(stored, size)), code);
    assert.ok(stored.length < xz(code, "--check=crc32", "--lzma2=preset=6").length);
  });
}

const streams: Readonly<Record<string, string[]>> = {
  "of preset 0": ["-0"],
  "of preset 9e": ["-9e"],
  "of several blocks": ["--block-size=50000"],
  "with SHA-256": ["--check=sha256"],
  "without a check": ["--check=none"],
  "with other properties": ["--lzma2=preset=6,lc=0,lp=4,pb=0"],
};

for (const [name, options] of Object.entries(streams)) {
  test(`an xz stream ${name} unpacks`, (t) => {
    if (!requireTool(t, "xz")) return;
    const content = Buffer.concat([
      prose(80_000, "xz"),
      noise(40_000, "xz"),
      readFileSync(process.execPath).subarray(0, 80_000),
    ]);
    assert.deepEqual(Buffer.from(unpackXz(xz(content, ...options), size)), content);
  });
}

test("an lzma stream unpacks, whether or not it tells its length", (t) => {
  if (!requireTool(t, "xz")) return;
  const content = Buffer.concat([prose(50_000, "lzma"), noise(50_000, "lzma")]);
  const stored = xz(content, "--format=lzma");
  assert.deepEqual(Buffer.from(unpackLzma(stored, size)), content);
  const withLength = Buffer.from(stored);
  withLength.writeBigUInt64LE(BigInt(content.length), 5);
  assert.deepEqual(Buffer.from(unpackLzma(withLength, size)), content);
});

const damagedBlocks = 3000;

test("damaged blocks end in content or an error, and never in more content than allowed", (t) => {
  if (!requireTool(t, "xz")) return;
  const content = Buffer.concat([prose(3000, "damage"), noise(500, "damage")]);
  const whole: [(block: Uint8Array, most: number) => Uint8Array, Uint8Array][] = [
    [unpackXz, xz(content, "--check=none", "--x86", "--lzma2=preset=6")],
    [unpackLzma, xz(content, "--format=lzma")],
    [unpackLz4, noise(2000, "lz4")],
    [unpackLzo, noise(2000, "lzo")],
  ];
  const random = randomNumbers(20);
  let errors = 0;
  for (let round = 0; round < damagedBlocks; round++) {
    for (const [unpack, block] of whole) {
      const bytes = Uint8Array.from(block.subarray(0, random(4) === 0 ? random(block.length) : block.length));
      for (let i = random(4); i >= 0 && bytes.length > 0; i--) bytes[random(bytes.length)] = random(256);
      try {
        assert.ok(unpack(bytes, content.length).length <= content.length);
      } catch (error) {
        assert.ok(error instanceof ImageError && error.kind === "corrupt", String(error));
        errors += 1;
      }
    }
  }
  assert.ok(errors > damagedBlocks);
});
