// Headers of cpio in each form: numbers of digits at their places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CPIO_MAGIC_SIZE, cpioFormOf, readCpioHeader } from "./cpio-header.ts";

const form = (magic: string) => cpioFormOf(Buffer.from(magic));

test("a form is known by six digits, and anything else is none", () => {
  assert.equal(CPIO_MAGIC_SIZE, 6);
  assert.deepEqual(
    ["070701", "070702", "070707"].map((magic) => [form(magic)?.variant, form(magic)?.size, form(magic)?.alignment]),
    [
      ["newc", 110, 4],
      ["crc", 110, 4],
      ["odc", 76, 1],
    ],
  );
  for (const magic of ["070703", "070700", "170701", "07070", ""]) assert.equal(form(magic), undefined, magic);
  assert.equal(cpioFormOf(undefined), undefined);
});

/** Each field has its number, from 1 on. */
function numbered(magic: string, sizes: readonly number[], base: number): Buffer {
  return Buffer.from(magic + sizes.map((size, i) => (i + 1).toString(base).padStart(size, "0")).join(""));
}

test("each field of the new forms is eight hexadecimal digits at its place", () => {
  const bytes = numbered("070701", Array(13).fill(8), 16);
  const newc = form("070701");
  assert.ok(newc);
  assert.deepEqual(readCpioHeader(bytes, newc, 0), {
    file: "8:9:1",
    ...{ mode: 2, uid: 3, gid: 4, nlink: 5, mtime: 6, size: 7, major: 10, minor: 11, nameSize: 12 },
  });
  bytes.write("00Ff00aA", 6 + 8 * 6);
  assert.equal(readCpioHeader(bytes, newc, 0).size, 0xff00aa);
});

test("each field of the old form is octal digits at its place", () => {
  const odc = form("070707");
  assert.ok(odc);
  const bytes = numbered("070707", [6, 6, 6, 6, 6, 6, 6, 11, 6, 11], 8);
  bytes.write("001003", 6 + 6 * 6);
  assert.deepEqual(readCpioHeader(bytes, odc, 0), {
    file: "1:2",
    ...{ mode: 3, uid: 4, gid: 5, nlink: 6, mtime: 8, size: 10, major: 2, minor: 3, nameSize: 9 },
  });
});

test("what is no digit of a form's base is damage where it lies", () => {
  for (const [magic, bad] of [
    ["070701", "g"],
    ["070701", " "],
    ["070701", "/"],
    ["070701", ":"],
    ["070701", "`"],
    ["070707", "8"],
  ] as const) {
    const found = form(magic);
    assert.ok(found);
    const bytes = Buffer.alloc(found.size, "0");
    bytes.write(magic + "0".repeat(20) + bad);
    assert.throws(() => readCpioHeader(bytes, found, 100), { kind: "corrupt", offset: 126 }, bad);
  }
});
