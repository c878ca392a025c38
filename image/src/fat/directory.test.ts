// Folders of FAT: short and long names, times, and what does not belong to a file.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseFolder } from "./directory.ts";

interface Short {
  readonly name: string;
  readonly attributes?: number;
  readonly lowerCase?: number;
  readonly cluster?: number;
  readonly size?: number;
  readonly date?: number;
  readonly time?: number;
}

function shortEntry({
  name,
  attributes = 0x20,
  lowerCase = 0,
  cluster = 0,
  size = 0,
  date = 0x21,
  time = 0,
}: Short): Buffer {
  const entry = Buffer.alloc(32);
  entry.write(name.padEnd(11), "latin1");
  entry.writeUInt8(attributes, 11);
  entry.writeUInt8(lowerCase, 12);
  entry.writeUInt16LE(Math.floor(cluster / 65_536), 20);
  entry.writeUInt16LE(time, 22);
  entry.writeUInt16LE(date, 24);
  entry.writeUInt16LE(cluster % 65_536, 26);
  entry.writeUInt32LE(size, 28);
  return entry;
}

function checksum(name: string): number {
  let sum = 0;
  for (const byte of Buffer.from(name.padEnd(11), "latin1")) sum = (((sum & 1) << 7) + (sum >> 1) + byte) % 256;
  return sum;
}

/** The entries of a long name in front of a short one. */
function longEntries(long: string, short: string): Buffer[] {
  const places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];
  const count = Math.ceil(long.length / 13);
  return Array.from({ length: count }, (_, i) => {
    const part = count - i;
    const entry = Buffer.alloc(32);
    entry.writeUInt8(part | (i === 0 ? 0x40 : 0), 0);
    entry.writeUInt8(0x0f, 11);
    entry.writeUInt8(checksum(short), 13);
    const units = [...`${long.slice((part - 1) * 13, part * 13)}\0`.padEnd(13, "\uffff").slice(0, 13)];
    for (const [k, unit] of units.entries()) entry.writeUInt16LE(unit.charCodeAt(0), places[k] ?? 0);
    return entry;
  });
}

const namesOf = (...parts: Buffer[]) => parseFolder(Buffer.concat(parts)).entries.map(({ name }) => name);

test("an entry has its name, place, size and time", () => {
  const parts = [
    shortEntry({
      name: "FILE    TXT",
      attributes: 0x21,
      cluster: 0x12345,
      size: 999,
      date: (40 << 9) | (2 << 5) | 29,
      time: (13 << 11) | (37 << 5) | 21,
    }),
    shortEntry({ name: "FOLDER", attributes: 0x10, cluster: 7, size: 5, date: 0 }),
  ];
  assert.deepEqual(parseFolder(Buffer.concat(parts)).entries, [
    {
      ...{
        name: "FILE.TXT",
        shortName: "FILE.TXT",
        type: "file",
        cluster: 0x12345,
        size: 999,
        isReadOnly: true,
        index: 0,
      },
      mtime: Date.UTC(2020, 1, 29, 13, 37, 42) / 1000,
    },
    {
      ...{ name: "FOLDER", shortName: "FOLDER", type: "directory", cluster: 7, size: 0, isReadOnly: false, index: 1 },
      mtime: Date.UTC(1980, 0, 1) / 1000,
    },
  ]);
});

test("parts of short names are in lower case where a bit says so, and a first byte stands for another", () => {
  assert.deepEqual(
    namesOf(
      shortEntry({ name: "ABC     TXT", lowerCase: 0x08 }),
      shortEntry({ name: "ABC     TXT", lowerCase: 0x10 }),
      shortEntry({ name: "ABC     TXT", lowerCase: 0x18 }),
      shortEntry({ name: "\x05BC" }),
      shortEntry({ name: "\x80\xff" }),
    ),
    ["abc.TXT", "ABC.txt", "abc.txt", "σBC", "Ç\u00a0"],
  );
});

test("long names of any length come in parts, the last one first", () => {
  for (const long of ["a long name.txt", "thirteen char", "x", "y".repeat(255)]) {
    assert.deepEqual(namesOf(...longEntries(long, "SHORT"), shortEntry({ name: "SHORT" })), [long]);
  }
  assert.equal(
    parseFolder(Buffer.concat([...longEntries("long", "SHORT"), shortEntry({ name: "SHORT" })])).entries[0]?.shortName,
    "SHORT",
  );
});

test("parts that do not belong to the entry behind them are passed over", () => {
  const short = shortEntry({ name: "SHORT" });
  const parts = longEntries("a name of several parts, of three", "SHORT");
  const [last, middle, first] = parts;
  assert.ok(last && middle && first);
  for (const wrong of [
    [last, first],
    [middle, first],
    [last, middle],
    [first, middle, last],
    [last, middle, first, shortEntry({ name: "\xe5GONE" })],
    [last, middle, first, shortEntry({ name: "LABEL", attributes: 0x08 })],
    longEntries("other", "OTHER"),
  ]) {
    assert.deepEqual(namesOf(...wrong, short), ["SHORT"]);
  }
  const tooMany = Buffer.from(last);
  tooMany.writeUInt8(0x40 | 21, 0);
  assert.deepEqual(namesOf(tooMany, short), ["SHORT"]);
});

test("dots, deleted entries and what is behind the end are none, and the label is that of the first one", () => {
  const { entries, label } = parseFolder(
    Buffer.concat([
      shortEntry({ name: "MY DISK", attributes: 0x08 }),
      shortEntry({ name: "OTHER", attributes: 0x08 }),
      shortEntry({ name: ".", attributes: 0x10 }),
      shortEntry({ name: "..", attributes: 0x10 }),
      shortEntry({ name: "\xe5GONE" }),
      shortEntry({ name: "HERE" }),
      Buffer.alloc(32),
      shortEntry({ name: "BEHIND" }),
    ]),
  );
  assert.deepEqual([entries.map(({ name, index }) => [name, index]), label], [[["HERE", 5]], "MY DISK"]);
  assert.equal(parseFolder(shortEntry({ name: " ", attributes: 0x08 })).label, undefined);
  assert.deepEqual(parseFolder(shortEntry({ name: "CUT" }).subarray(0, 31)).entries, []);
  assert.throws(() => namesOf(shortEntry({ name: "A/B" })), { kind: "corrupt" });
});
