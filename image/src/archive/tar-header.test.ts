// Headers of tar: their fields, the forms of their numbers, and the checksum that makes a block one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isTarHeader, readNumber, readTarHeader } from "./tar-header.ts";

/** A header with these texts at their offsets and the right checksum. */
function header(texts: Readonly<Record<number, string>>, negative = false): Buffer {
  const block = Buffer.alloc(512);
  for (const [at, text] of Object.entries(texts)) block.write(text, Number(at), "latin1");
  block.write("        ", 148);
  const sum = block.reduce((total, byte) => total + (negative && byte > 0x7f ? byte - 256 : byte), 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0`, 148);
  return block;
}

const fields = {
  0: "name",
  100: "1234567\0",
  108: "7000001\0",
  116: "7000002\0",
  124: "700000001234",
  136: "600000004567",
  156: "3",
  157: "target",
  329: "1000010\0",
  337: "1000011\0",
};

test("each field is read from its place, by the form that the magic says", () => {
  const facts = {
    mode: 0o1234567,
    uid: 0o7000001,
    gid: 0o7000002,
    size: 0o700000001234,
    mtime: 0o600000004567,
    type: "3",
    linkTarget: "target",
    major: 0o1000010,
    minor: 0o1000011,
  };
  assert.deepEqual(readTarHeader(header({ ...fields, 257: "ustar\0", 345: "pre" }), 0), {
    ...facts,
    name: "pre/name",
    format: "ustar",
  });
  assert.deepEqual(readTarHeader(header({ ...fields, 257: "ustar  ", 345: "pre" }), 0), {
    ...facts,
    name: "name",
    format: "gnu",
  });
  assert.deepEqual(readTarHeader(header({ ...fields, 345: "pre" }), 0), { ...facts, name: "name", format: "old" });
});

test("a file may have no type, and only devices have numbers", () => {
  const { type, major, minor } = readTarHeader(header({ ...fields, 156: "\0" }), 0);
  assert.deepEqual([type, major, minor], ["0", 0, 0]);
  assert.equal(readTarHeader(header({ ...fields, 156: "4" }), 0).major, 0o1000010);
});

test("names may take all of their bytes", () => {
  const { name, linkTarget } = readTarHeader(
    header({ ...fields, 0: "n".repeat(100), 157: "t".repeat(100), 257: "ustar\0", 345: "p".repeat(155) }),
    0,
  );
  assert.equal(name, `${"p".repeat(155)}/${"n".repeat(100)}`);
  assert.equal(linkTarget, "t".repeat(100));
});

test("a block is a header by its checksum, which may count bytes as negative", () => {
  const odd = { ...fields, 0: "n\xe4me" };
  assert.equal(isTarHeader(header(odd)), true);
  assert.equal(isTarHeader(header(odd, true)), true);
  const wrong = header(odd);
  wrong[511] = 1;
  assert.equal(isTarHeader(wrong), false);
  assert.equal(isTarHeader(Buffer.alloc(512)), false);
  assert.equal(isTarHeader(header(odd).subarray(0, 511)), false);
  assert.throws(() => readTarHeader(wrong, 1024), { kind: "corrupt", offset: 1024 });
});

test("numbers are octal digits between spaces, or binary with a sign", () => {
  const number = (text: string) => readNumber(Buffer.from(text, "latin1"), { offset: 0, size: text.length });
  for (const [text, value] of [
    ["0000017\0", 15],
    ["  17 \0xx", 15],
    ["00000017", 15],
    ["       \0", 0],
    ["\0\0\0\0\0\0\0\0", 0],
    ["\x80\0\0\0\0\0\x01\x02", 258],
    ["\xff\xff\xff\xff\xff\xff\xff\xfe", -2],
    ["\xbf\0\0\0", 0x3f00_0000],
    ["\xc0\0\0\0", -0x4000_0000],
  ] as const) {
    assert.equal(number(text), value, JSON.stringify(text));
  }
  for (const text of ["18\0", "1x\0", "- 1\0"]) assert.equal(number(text), Number.NaN, text);
  assert.throws(() => readTarHeader(header({ ...fields, 124: "0000000012x\0" }), 9), { kind: "corrupt", offset: 9 });
});
