import assert from "node:assert/strict";
import { test } from "node:test";
import { createCrc64 } from "./crc64.ts";

function checksum(...pieces: string[]): string {
  const crc = createCrc64();
  for (const piece of pieces) crc.update(Buffer.from(piece, "latin1"));
  return Buffer.from(crc.digest()).reverse().toString("hex");
}

test("the checksum of the usual nine digits is the known one, in whatever pieces they come", () => {
  assert.equal(checksum("123456789"), "995dc9bbdf1939fa");
  assert.equal(checksum("1", "", "23456", "789"), "995dc9bbdf1939fa");
  assert.equal(checksum(), "0000000000000000");
});
