import assert from "node:assert/strict";
import { test } from "node:test";
import {
  compareBytes,
  earliestBestBefore,
  emptySha256,
  formatManifest,
  manifestNameFault,
  maxRemarks,
  parseManifest,
} from "./manifest.ts";

const sum = "0123456789abcdef".repeat(4);
const other = "fedcba9876543210".repeat(4);
const good = `${sum}  app_3.raw\n`;

test("a manifest of sha256sum is read, with the place of each name", () => {
  const text = `${sum}  app_3.raw\n${other.toUpperCase()} *a b\\c.raw\n`;
  assert.deepEqual(parseManifest(text), {
    entries: [
      { name: "app_3.raw", sha256: sum, line: 1, start: 66, end: 75 },
      { name: "a b\\c.raw", sha256: other, line: 2, start: 142, end: 151 },
    ],
    bestBefore: [],
    faults: [],
    doubts: [],
  });
  assert.deepEqual(parseManifest("").entries, []);
});

/** A manifest, the line of its fault, what is marked, and what is said. */
const faulty: readonly (readonly [text: string, line: number, marked: string, message: RegExp])[] = [
  [`${good}${sum}  app_4.raw`, 2, `${sum}  app_4.raw`, /^the last line has no newline/],
  [`${good}\n${good}`, 2, "", /^the line is empty/],
  [`${good}\r\n`, 2, "\r", /^the line is empty/],
  [`# sums\n${good}`, 1, "# sums", /^the line begins with "# sums"; a line must have a checksum/],
  [
    `SHA256 (app_3.raw) = ${sum}\n`,
    1,
    `SHA256 (app_3.raw) = ${sum}`,
    /^the line begins with "SHA256 \(app_3\.raw\) =…"/,
  ],
  [`\ufeff${good}`, 1, `\ufeff${sum}  app_3.raw`, /^the file begins with a byte order mark/],
  [`\\${sum}  a\\nb\n`, 1, `\\${sum}  a\\nb`, /^the line begins with a backslash/],
  [`${sum.slice(1)}  a\n`, 1, `${sum.slice(1)}  a`, /^the checksum "123\S+" has 63 digits; a SHA-256 checksum has 64$/],
  [`${sum}${sum}  a\n`, 1, `${sum}${sum}  a`, /^the checksum "0123\S+…" has 128 digits/],
  [`d41d8cd9  a\n`, 1, "d41d8cd9  a", /^the checksum "d41d8cd9" has 8 digits/],
  [`${sum.slice(0, 62)}xy  a\n`, 1, `${sum.slice(0, 62)}xy  a`, /^"0123\S+x" is not a checksum/],
  [
    `${sum} app.raw\n`,
    1,
    " app.raw",
    /^the checksum must be followed by two spaces, or a space and "\*", not by " a"$/,
  ],
  [`${sum}\t app.raw\n`, 1, "\t app.raw", /not by "\t "$/],
  [`${sum}\n`, 1, "", /^the checksum must be followed by two spaces, /],
  [`${sum}  \n`, 1, "", /^the file name after the checksum is missing/],
  [`${sum}  app.raw\r\n`, 1, "app.raw\r", /^"app\.raw" ends with a carriage return; use Unix line endings$/],
  [`${sum}  a\tb\n`, 1, "a\tb", /has a control character/],
  [`${sum}  a\0b\n`, 1, "a\0b", /has a control character/],
  [`${sum}  a\x7fb\n`, 1, "a\x7fb", /has a control character/],
  [`${sum}  /srv/a.raw\n`, 1, "/srv/a.raw", /^"\/srv\/a\.raw" begins with "\/"/],
  [`${sum}  ./a.raw\n`, 1, "./a.raw", /^"\.\/a\.raw" has "\.", "\.\." or an empty part/],
  [`${sum}  ../a.raw\n`, 1, "../a.raw", /or an empty part/],
  [`${sum}  a/../b\n`, 1, "a/../b", /or an empty part/],
  [`${sum}  a//b\n`, 1, "a//b", /or an empty part/],
  [`${sum}  a/..\n`, 1, "a/..", /or an empty part/],
  [`${sum}  ..\n`, 1, "..", /or an empty part/],
  [`${sum}  a%20b\n`, 1, "a%20b", /^"a%20b" has a "%"/],
  [`${sum}  a\ufffeb\n`, 1, "a\ufffeb", /is not valid UTF-8/],
  [`${sum}  ${"a/".repeat(2048)}\n`, 1, "a/".repeat(2048), /^"(a\/){40}…" is too long for a file name$/],
];

for (const [text, line, marked, message] of faulty) {
  test(`systemd refuses ${JSON.stringify(text.replaceAll(sum, "SUM")).slice(0, 60)}`, () => {
    const { faults } = parseManifest(text);
    assert.equal(faults.length, 1, JSON.stringify(faults));
    assert.equal(faults[0]?.line, line);
    assert.match(faults[0]?.message ?? "", message);
    assert.equal(text.slice(faults[0]?.start, faults[0]?.end), marked);
  });
}

for (const name of [
  "...",
  "..a",
  "a.",
  " a",
  "a b",
  "a\u0085b",
  "é.raw",
  "x".repeat(255),
  "sub/a.raw",
  "\u{1f4e6}.raw",
]) {
  test(`systemd takes the name ${JSON.stringify(name).slice(0, 30)}`, () => {
    const { faults, entries } = parseManifest(`${sum}  ${name}\n`);
    assert.deepEqual([faults, entries.map((entry) => entry.name)], [[], [name]]);
  });
}

test("what is refused depends on the systemd", () => {
  assert.match(manifestNameFault("sub/a.raw", 260) ?? "", /systemd before 261 refuses/);
  assert.equal(manifestNameFault("sub/a.raw", 261), undefined);
  assert.equal(manifestNameFault("a%b", 261), undefined);
  assert.match(manifestNameFault("a%b", 262) ?? "", /has a "%"/);
  assert.match(manifestNameFault("é".repeat(128), 260) ?? "", /too long/);
});

test("a line with a fault hides no other", () => {
  const { entries, faults } = parseManifest(`broken\n${good}${sum}  /\n`);
  assert.deepEqual([entries.map(({ name }) => name), faults.map(({ line }) => line)], [["app_3.raw"], [1, 3]]);
});

test("marks limit the time of a manifest, and the earliest counts", () => {
  const manifest = parseManifest(
    ["2027-12-31", "2027-3-1"].map((day) => `${emptySha256}  BEST-BEFORE-${day}\n`).join(""),
  );
  assert.deepEqual([manifest.entries, manifest.doubts], [[], []]);
  assert.equal(earliestBestBefore(manifest)?.date, "2027-03-01");
  assert.equal(earliestBestBefore(manifest)?.time, Date.parse("2027-03-01T00:00:00Z"));
  assert.equal(earliestBestBefore(parseManifest(good)), undefined);
});

for (const day of ["", "2027", "2027-02-30", "2027-13-01", "2027-00-01", "1969-12-31", "27-01-01", "2027-01-01x"]) {
  test(`"BEST-BEFORE-${day}" is a file, as systemd has it, and a doubt`, () => {
    const { entries, bestBefore, doubts } = parseManifest(`${emptySha256}  BEST-BEFORE-${day}\n`);
    assert.deepEqual([entries.length, bestBefore], [1, []]);
    assert.match(doubts[0]?.message ?? "", /is not a valid date/);
  });
}

test("a mark with content, and a name with two checksums, are doubts", () => {
  const { doubts, faults, entries } = parseManifest(
    `${sum}  BEST-BEFORE-2027-01-01\n${good}${good}${other}  app_3.raw\n`,
  );
  assert.deepEqual([faults, entries.length], [[], 3]);
  assert.deepEqual(doubts, [
    { line: 1, message: '"BEST-BEFORE-2027-01-01" should be the checksum of an empty file', start: 66, end: 88 },
    {
      line: 4,
      message: '"app_3.raw" is also in line 2, with another checksum; keep the correct one',
      start: 89 + 76 + 76 + 66,
      end: 89 + 76 + 76 + 75,
    },
  ]);
});

test("a second checksum is seen in any order of names", () => {
  for (const names of ["a b b", "b a b", "a b a", "b a a", "a b c d c"]) {
    const lines = names.split(" ").map((name, at) => `${at === names.split(" ").length - 1 ? other : sum}  ${name}\n`);
    const { doubts } = parseManifest(lines.join(""));
    assert.deepEqual(
      doubts.map(({ line }) => line),
      [lines.length],
      names,
    );
  }
});

test("a manifest is written flat, sorted by bytes, each name once", () => {
  const names = ["b", "a", "\u{1f4e6}", "\uff5e", "B", "a"];
  const text = formatManifest(
    names.map((name) => ({ name, sha256: sum })),
    { bestBefore: "2027-01-31" },
  );
  const { entries, bestBefore, faults } = parseManifest(text);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    entries.map(({ name }) => name),
    ["B", "a", "b", "\uff5e", "\u{1f4e6}"],
  );
  assert.deepEqual(
    bestBefore.map(({ date, line, sha256 }) => [date, line, sha256]),
    [["2027-01-31", 2, emptySha256]],
  );
  assert.equal(formatManifest([]), "");
});

test("names are in the order of their bytes", () => {
  const names = ["", "a", "aa", "b", "\u00e9", "\ud7ff", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}"];
  for (const [i, a] of names.entries()) {
    for (const [j, b] of names.entries()) {
      assert.equal(
        Math.sign(compareBytes(a, b)),
        Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))),
        `${i} ${j}`,
      );
    }
  }
});

test("remarks are limited, entries are not, and a file of line breaks costs no more than its length", () => {
  const lines = Array.from({ length: 100_000 }, (_, index) => `${sum}  app_${index}.raw\n`);
  assert.equal(parseManifest(lines.join("")).entries.length, 100_000);
  assert.equal(parseManifest("\n".repeat(1_000_000)).faults.length, maxRemarks);
  assert.equal(parseManifest("a".repeat(10_000_000)).faults.length, 1);
  assert.equal(parseManifest(`${sum}  ${"/".repeat(10_000_000)}\n`).faults.length, 1);
});
