// What the page is told of an image: numbers, notes and parts, from what is known by then.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countUsage, ImageError, memoryTree, type Partition } from "../../../image/src/index.ts";
import type { ImageReport } from "../../../shared/src/image-requests.ts";
import type { TreeVerdict } from "../../../shared/src/requests.ts";
import { plainWords } from "../say.ts";
import { imageOverview, type KnownImage } from "./overview-facts.ts";
import type { PageOverview } from "./page/messages.ts";
import { problemOverview } from "./problem-overview.ts";

const known: KnownImage = {
  fileName: "demo.raw",
  fileSize: 8192,
  format: "squashfs",
  facts: { compression: "zstd", blockSize: 131072, bytesUsed: 5000, created: 1_700_000_000 },
  more: [],
  buttons: [],
};

const verdict: TreeVerdict = {
  host: "flatcar",
  title: "Flatcar stable",
  verdict: "match",
  reason: "ID and SYSEXT_LEVEL are equal",
  systemd: 257,
  steps: [],
};

const report: ImageReport = {
  name: "demo",
  class: "sysext",
  releaseFiles: [{ path: "usr/lib/extension-release.d/extension-release.demo", text: "ID=_any\n" }],
  verdicts: [
    verdict,
    { ...verdict, title: "Debian 13", verdict: "reject", reason: "ID differs", fix: 'Write "ID=debian"' },
  ],
  hostsNamed: false,
  units: [{ name: "demo.service", path: "usr/lib/systemd/system/demo.service", startedBy: [] }],
  programs: {
    architectures: [{ name: "x86-64", files: 3 }],
    missing: [{ library: "libz.so.1", neededBy: ["usr/bin/a", "usr/bin/b", "usr/bin/c", "usr/bin/d"] }],
  },
  findings: [{ path: "usr/a", check: "tree/x", severity: "warning", message: "it is odd", line: 3 }],
};

const overviewOf = (more: Partial<KnownImage> = {}): PageOverview => imageOverview({ ...known, ...more }, plainWords);
const numbersOf = (overview: PageOverview): string[] =>
  overview.numbers.map(({ label, value, note }) => `${label}: ${value}${note === undefined ? "" : ` (${note})`}`);

test("at first there are the facts, and the report is on its way", () => {
  const overview = overviewOf();
  assert.equal(overview.subtitle, "squashfs image");
  assert.deepEqual(numbersOf(overview), [
    "Format: squashfs (zstd)",
    "File: 8.2 kB (8\u202f192 bytes)",
    "File system: 5.0 kB (5\u202f000 bytes)",
    "Block size: 128 KiB",
    "Created: 2023-11-14 (22:13:20 UTC)",
  ]);
  assert.deepEqual(
    overview.parts.map(({ id }) => id),
    ["hosts"],
  );
  assert.deepEqual(
    overview.parts[0]?.blocks.map(({ kind }) => kind),
    ["progress"],
  );
});

test("what was counted comes with the ratio", async () => {
  const tree = memoryTree({ "usr/a": new Uint8Array(10_000), "usr/link": { target: "a" } });
  const numbers = numbersOf(overviewOf({ usage: await countUsage(tree) }));
  assert.ok(numbers.includes("Contents: 10 kB (2.00 : 1)"), numbers.join("\n"));
  assert.ok(numbers.includes("Files: 1 (1 folder, 1 link)"), numbers.join("\n"));
});

test("a report becomes a verdict in a line and parts with reasons", () => {
  const overview = overviewOf({ report });
  assert.equal(overview.subtitle, 'system extension "demo", squashfs image');
  assert.deepEqual(overview.notes, [
    { tone: "warning", text: "Merges on 1 of 2 hosts. The checks found 1 error or warning." },
  ]);
  assert.deepEqual(
    overview.parts.map(({ id }) => id),
    ["hosts", "findings", "units", "programs", "release"],
  );
  const text = JSON.stringify(overview.parts);
  for (const expected of [
    'ID differs; write \\"ID=debian\\"',
    "not started automatically",
    "needed by usr/bin/a, usr/bin/b, usr/bin/c and 1 more",
    "it is odd (tree/x)",
    '"opens":{"path":"usr/a","line":3}',
  ]) {
    assert.ok(text.includes(expected), expected);
  }
});

test("a report that nobody could make leaves no part, and a problem says so", () => {
  assert.deepEqual(overviewOf({ report: null }).parts, []);
  const { problem, ...rest } = { ...report, problem: "It cannot be read." };
  const [part] = overviewOf({ report: { ...rest, problem } }).parts;
  assert.deepEqual(part?.blocks, [{ kind: "note", tone: "warning", text: "It cannot be read." }]);
});

const mebibyte = 2 ** 20;
function partition(number: number, start: number, size: number, more: Partial<Partition> = {}): Partition {
  const flags = { readOnly: false, growFileSystem: false, noAuto: false };
  return { number, type: "t", uuid: "", label: "", start: start * mebibyte, size: size * mebibyte, ...flags, ...more };
}

test("partitions stand in the order of the disk, with the gaps that can be seen", () => {
  const overview = overviewOf({
    fileSize: 101 * mebibyte,
    disk: {
      kind: "gpt",
      copy: "backup",
      partitions: [
        { ...partition(2, 61, 20), content: "nothing" },
        partition(1, 1, 40, { role: "usr", architecture: "x86-64", label: "demo", readOnly: true }),
      ],
    },
  });
  const part = overview.parts.find(({ id }) => id === "partitions");
  const bar = part?.blocks.find((block) => block.kind === "disk");
  assert.ok(bar?.kind === "disk");
  assert.deepEqual(
    bar.regions.map(({ name, size }) => [name, size / mebibyte]),
    [
      ["", 1],
      ["usr", 40],
      ["", 20],
      ["partition 2", 20],
      ["", 20],
    ],
  );
  assert.match(JSON.stringify(part?.blocks), /this is the backup/);
  assert.match(overview.subtitle, /^disk image with a GPT partition table, squashfs inside$/);
});

test("a file that cannot be opened says what it is, where it is damaged, and the way out", () => {
  const other = problemOverview("a.raw", new ImageError("unsupported", "it is a picture"), plainWords);
  assert.deepEqual(other.notes, [{ tone: "info", text: "It is a picture." }]);
  assert.deepEqual(
    other.buttons.map(({ label }) => label),
    ["Open with…"],
  );
  const broken = problemOverview(
    "a.raw",
    new ImageError("corrupt", "the image is damaged: a list ends", 77),
    plainWords,
  );
  assert.deepEqual(broken.notes, [{ tone: "error", text: "The image is damaged: a list ends (at byte 77)." }]);
  const gone = problemOverview("a.raw", new ImageError("io", "the image no longer exists"), plainWords);
  assert.deepEqual([gone.notes[0]?.text, gone.buttons], ["The image no longer exists.", []]);
});
