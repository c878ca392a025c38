// The first sector of FAT: where everything lies, which kind it is, and what cannot be one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findFatLayout } from "./boot-sector.ts";

interface Fields {
  readonly sectorSize?: number;
  readonly perCluster?: number;
  readonly reserved?: number;
  readonly tables?: number;
  readonly rootEntries?: number;
  readonly sectors?: number;
  readonly media?: number;
  readonly tableSectors?: number;
  readonly long?: {
    readonly tableSectors: number;
    readonly root: number;
    readonly flags?: number;
    readonly version?: number;
  };
  readonly state?: number;
}

function sector(fields: Fields): Buffer {
  const { sectorSize = 512, perCluster = 4, reserved = 1, tables = 2, rootEntries = 512, sectors = 40_960 } = fields;
  const { media = 0xf8, tableSectors = 40, long, state = 0 } = fields;
  const head = Buffer.alloc(512);
  head.writeUInt16LE(sectorSize, 11);
  head.writeUInt8(perCluster, 13);
  head.writeUInt16LE(reserved, 14);
  head.writeUInt8(tables, 16);
  head.writeUInt16LE(long ? 0 : rootEntries, 17);
  head.writeUInt16LE(sectors < 65_536 ? sectors : 0, 19);
  head.writeUInt8(media, 21);
  head.writeUInt16LE(long ? 0 : tableSectors, 22);
  head.writeUInt32LE(sectors < 65_536 ? 0 : sectors, 32);
  if (long === undefined) head.writeUInt8(state, 37);
  else {
    head.writeUInt32LE(long.tableSectors, 36);
    head.writeUInt16LE(long.flags ?? 0, 40);
    head.writeUInt16LE(long.version ?? 0, 42);
    head.writeUInt32LE(long.root, 44);
    head.writeUInt8(state, 65);
  }
  return head;
}

const layout = (fields: Fields) => findFatLayout(sector(fields));

test("FAT16 has its tables, then its root folder, then the clusters", () => {
  assert.deepEqual(layout({ tableSectors: 40 }), {
    ...{ bits: 16, sectorSize: 512, clusterSize: 2048, media: 0xf8 },
    tableStart: 512,
    rootStart: 81 * 512,
    rootSize: 16_384,
    rootCluster: 0,
    clustersStart: 113 * 512,
    clusters: 10_211,
    size: 40_960 * 512,
    ...{ version: 0, isDirty: false },
  });
});

test("FAT32 has its root folder among the clusters, and may keep one table only", () => {
  const long = { tableSectors: 700, root: 5 };
  const found = layout({ reserved: 32, sectors: 800_000, long, state: 1 });
  assert.deepEqual(found, {
    ...{ bits: 32, sectorSize: 512, clusterSize: 2048, media: 0xf8 },
    tableStart: 32 * 512,
    rootStart: 1432 * 512,
    rootSize: 0,
    rootCluster: 5,
    clustersStart: 1432 * 512,
    clusters: 89_598,
    size: 800_000 * 512,
    ...{ version: 0, isDirty: true },
  });
  const start = (flags: number) => layout({ reserved: 32, sectors: 800_000, long: { ...long, flags } })?.tableStart;
  assert.deepEqual([start(0x81), start(0x01), start(0x82)], [732 * 512, 32 * 512, 32 * 512]);
  assert.equal(layout({ reserved: 32, sectors: 800_000, long: { ...long, version: 3 } })?.version, 3);
});

test("the kind is told by the number of clusters alone", () => {
  const before = 1 + 2 * 40 + 32;
  const bits = (clusters: number) => layout({ perCluster: 1, sectors: before + clusters })?.bits;
  assert.deepEqual([bits(1), bits(4084), bits(4085)], [12, 12, 16]);
  const large = (clusters: number) => layout({ perCluster: 1, tableSectors: 256, sectors: 1 + 512 + 32 + clusters });
  assert.deepEqual([large(65_524)?.bits, large(65_525)], [16, undefined]);
  assert.equal(layout({ perCluster: 4, sectors: before + 3 }), undefined);
});

test("a table may have room for fewer clusters than there are sectors", () => {
  assert.equal(layout({ tableSectors: 17, sectors: 65_000 })?.clusters, (17 * 512 * 8) / 16 - 2);
});

for (const [what, fields] of [
  ["sectors of 256 bytes", { sectorSize: 256 }],
  ["sectors of 8192 bytes", { sectorSize: 8192 }],
  ["sectors of 1000 bytes", { sectorSize: 1000 }],
  ["clusters of 3 sectors", { perCluster: 3 }],
  ["clusters of no sectors", { perCluster: 0 }],
  ["no reserved sectors", { reserved: 0 }],
  ["no tables", { tables: 0 }],
  ["five tables", { tables: 5 }],
  ["an unknown medium", { media: 0xf7 }],
  ["no root folder", { rootEntries: 0 }],
] as const) {
  test(`a sector with ${what} is none`, () => {
    assert.equal(layout(fields), undefined);
  });
}

test("the borders of what is allowed are allowed", () => {
  for (const fields of [{ media: 0xf0 }, { media: 0xff }, { tables: 4 }, { tables: 1 }, { sectorSize: 4096 }]) {
    assert.ok(layout(fields), JSON.stringify(fields));
  }
  assert.equal(findFatLayout(sector({}).subarray(0, 511)), undefined);
  assert.equal(layout({ state: 1 })?.isDirty, true);
  assert.equal(layout({ state: 2 })?.isDirty, false);
});
