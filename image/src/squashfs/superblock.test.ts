// What a superblock may say: sizes of blocks, versions, compressors, and where the tables lie.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byteWriter } from "../bytes/byte-writer.ts";
import { NO_TABLE, parseSuperblock, superblockLayout } from "./superblock.ts";

const valid = {
  magic: 0x73717368,
  inodeCount: 3,
  created: 1_600_000_000,
  blockSize: 4096,
  fragmentCount: 1,
  compressor: 1,
  blockLog: 12,
  flags: 0x240,
  idCount: 1,
  versionMajor: 4,
  versionMinor: 0,
  rootInode: 0x20,
  bytesUsed: 500,
  idTable: 400,
  xattrTable: 450,
  inodeTable: 96,
  directoryTable: 200,
  fragmentTable: 300,
  exportTable: 350,
};

type Fields = Partial<typeof valid>;
const parse = (fields: Fields, size = 500) =>
  parseSuperblock(
    byteWriter()
      .record(superblockLayout, { ...valid, ...fields })
      .view(),
    size,
  );

test("a valid superblock is read field by field", () => {
  assert.deepEqual({ ...parse({}) }, { ...valid, compression: "gzip" });
});

test("each compressor has its number, and the first and last sizes of blocks are valid", () => {
  const names = [1, 2, 3, 4, 5, 6].map((compressor) => parse({ compressor }).compression);
  assert.deepEqual(names, ["gzip", "lzma", "lzo", "xz", "lz4", "zstd"]);
  for (const blockLog of [12, 20]) assert.equal(parse({ blockLog, blockSize: 2 ** blockLog }).blockLog, blockLog);
});

test("tables may be empty, and those of fragments, exports and attributes may be missing", () => {
  const missing = { fragmentTable: NO_TABLE, exportTable: NO_TABLE, xattrTable: NO_TABLE };
  assert.equal(parse(missing).fragmentTable, NO_TABLE);
  const all = { inodeTable: 500, directoryTable: 500, fragmentTable: 500, exportTable: 500 };
  assert.equal(parse({ ...all, idTable: 500, xattrTable: 500 }).idTable, 500);
  assert.equal(parse({}, 501).bytesUsed, 500);
});

const refused: readonly [Fields, number, RegExp][] = [
  [{ magic: 0x73717369 }, 0, /begin/],
  [{ versionMajor: 3 }, 28, /version 3\.0/],
  [{ versionMinor: 1 }, 28, /version 4\.1/],
  [{ blockSize: 2048, blockLog: 11 }, 12, /block size 2048 with the logarithm 11/],
  [{ blockSize: 2 ** 21, blockLog: 21 }, 12, /block size/],
  [{ blockLog: 13 }, 12, /logarithm 13/],
  [{ bytesUsed: 501 }, 40, /should have 501 bytes and ends after 500/],
  [{ idCount: 0 }, 26, /owners/],
  [{ compressor: 0 }, 20, /number 0/],
  [{ compressor: 7 }, 20, /number 7/],
  [{ inodeTable: 95 }, 64, /95/],
  [{ inodeTable: NO_TABLE }, 64, /table/],
  [{ directoryTable: 95 }, 72, /table/],
  [{ directoryTable: NO_TABLE }, 72, /table/],
  [{ fragmentTable: 199 }, 80, /199/],
  [{ exportTable: 299 }, 88, /299/],
  [{ idTable: 349 }, 48, /349/],
  [{ idTable: NO_TABLE }, 48, /table/],
  [{ xattrTable: 399 }, 56, /399/],
  [{ xattrTable: 501 }, 56, /501/],
];

for (const [fields, offset, message] of refused) {
  test(`a superblock with ${JSON.stringify(fields)} is refused`, () => {
    assert.throws(() => parse(fields), { name: "ImageError", offset, message });
  });
}
