// Checksums have their known values, whatever the length, and go on where others ended.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, crc32c } from "./crc32.ts";

const digits = Buffer.from("123456789");

test("the checksums of the usual nine digits are the known ones", () => {
  assert.equal(crc32(digits), 0xcbf43926);
  assert.equal(~crc32c(digits) >>> 0, 0xe3069283);
});

test("nothing has the checksum 0, and the seed is what was there before", () => {
  assert.equal(crc32(new Uint8Array(0)), 0);
  assert.equal(crc32c(new Uint8Array(0)), 0xffff_ffff);
  assert.equal(crc32c(new Uint8Array(0), 5), 5);
});

test("a checksum goes on at any length", () => {
  for (let cut = 0; cut <= digits.length; cut++) {
    const [front, end] = [digits.subarray(0, cut), digits.subarray(cut)];
    assert.equal(crc32(end, crc32(front)), 0xcbf43926, `cut at ${cut}`);
    assert.equal(crc32c(end, crc32c(front)), crc32c(digits), `cut at ${cut}`);
  }
});
