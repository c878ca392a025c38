// GUID partition tables: each field comes from its place, and what contradicts the format is damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32 } from "node:zlib";
import { buildDisk, partitionTypes } from "../../../test/images/memory-disk.ts";
import { memorySource } from "../bytes/byte-source.ts";
import { readGpt } from "./gpt.ts";

const sector = 512;
const tableStart = 2 * sector;
const content = Buffer.alloc(10_000);

function disk(): Buffer {
  return Buffer.from(
    buildDisk([
      { type: "usr", label: "a label", content },
      { type: "unknown", label: "", content },
    ]),
  );
}

/** Changes a table and makes its checksums right again. */
function changed(bytes: Buffer, change: (table: Buffer, header: Buffer) => void): Buffer {
  const header = bytes.subarray(sector, 2 * sector);
  change(bytes.subarray(tableStart), header);
  const size = header.readUInt32LE(12);
  const length = header.readUInt32LE(80) * header.readUInt32LE(84);
  header.writeUInt32LE(crc32(bytes.subarray(tableStart, tableStart + length)), 88);
  header.writeUInt32LE(0, 16);
  header.writeUInt32LE(crc32(header.subarray(0, size)), 16);
  return bytes;
}

const read = (bytes: Uint8Array) => readGpt(memorySource(bytes));

test("a partition has its type, place and names, and empty entries are none", async () => {
  const table = await read(disk());
  assert.deepEqual(
    [table?.kind, table?.copy, table?.sectorSize, table?.guid],
    ["gpt", "first", 512, "11111111-2222-4333-8444-555555555555"],
  );
  assert.deepEqual(table?.partitions, [
    {
      number: 1,
      type: partitionTypes.usr,
      ...{ role: "usr", architecture: "x86-64" },
      uuid: "00000000-0000-4000-8000-000000000001",
      label: "a label",
      start: 20_480,
      size: 12_288,
      ...{ readOnly: false, growFileSystem: false, noAuto: false },
    },
    {
      number: 2,
      type: partitionTypes.unknown,
      uuid: "00000000-0000-4000-8000-000000000002",
      label: "",
      start: 32_768,
      size: 12_288,
      ...{ readOnly: false, growFileSystem: false, noAuto: false },
    },
  ]);
});

test("each attribute is a bit of its own, and a label may take all 36 characters", async () => {
  for (const [bit, name] of [
    [59, "growFileSystem"],
    [60, "readOnly"],
    [63, "noAuto"],
    [58, undefined],
    [61, undefined],
  ] as const) {
    const bytes = changed(disk(), (entry) => {
      entry.writeBigUInt64LE(1n << BigInt(bit), 48);
      entry.write("x".repeat(36), 56, "utf16le");
    });
    const [first] = (await read(bytes))?.partitions ?? [];
    const set = (["growFileSystem", "readOnly", "noAuto"] as const).filter((one) => first?.[one]);
    assert.deepEqual(set, name === undefined ? [] : [name]);
    assert.equal(first?.label, "x".repeat(36));
  }
});

test("a partition of one sector is one, and one that ends before it begins is damage", async () => {
  const one = changed(disk(), (entry) => entry.writeBigUInt64LE(40n, 40));
  assert.equal((await read(one))?.partitions[0]?.size, 512);
  const none = changed(disk(), (entry) => entry.writeBigUInt64LE(39n, 40));
  await assert.rejects(read(none), { kind: "corrupt", message: /partition 1 ends before it begins/ });
});

test("a table may have as many entries as fit into a megabyte, of at least 128 bytes", async () => {
  const large = Buffer.concat([disk(), Buffer.alloc(1 << 20)]);
  const most = changed(Buffer.from(large), (_, header) => header.writeUInt32LE(8192, 80));
  assert.equal((await read(most))?.partitions.length, 2);
  for (const [count, size] of [
    [8193, 128],
    [128, 127],
  ] as const) {
    const wrong = changed(Buffer.from(large), (_, header) => {
      header.writeUInt32LE(count, 80);
      header.writeUInt32LE(size, 84);
    });
    await assert.rejects(read(wrong), { kind: "corrupt", message: /entries of/ }, `${count} of ${size}`);
  }
});

test("a header or table with another checksum, and a header of another size, are damage", async () => {
  const header = disk();
  header[sector + 40] = (header[sector + 40] ?? 0) ^ 1;
  await assert.rejects(read(header), {
    kind: "corrupt",
    offset: 512,
    message: /checksum of its partition table header/,
  });
  const table = disk();
  table[tableStart + 60] = (table[tableStart + 60] ?? 0) ^ 1;
  await assert.rejects(read(table), {
    kind: "corrupt",
    offset: 1024,
    message: /checksum of its partition table entries/,
  });
  for (const size of [91, 513]) {
    const bytes = changed(disk(), (_, bad) => bad.writeUInt32LE(size, 12));
    await assert.rejects(read(bytes), { kind: "corrupt", message: new RegExp(`a header of ${size} bytes`) });
  }
});

test("the backup at the end counts when the first header is broken, and a disk without either has none", async () => {
  const bytes = Buffer.concat([disk(), Buffer.alloc(512)]);
  bytes.copy(bytes, bytes.length - 512, sector, 2 * sector);
  bytes[sector + 40] = (bytes[sector + 40] ?? 0) ^ 1;
  const table = await read(bytes);
  assert.deepEqual([table?.copy, table?.partitions.length], ["backup", 2]);
  assert.equal(await read(Buffer.alloc(8192)), undefined);
  assert.equal(await read(Buffer.alloc(100)), undefined);
});
