// What is said of a disk's partitions, and which of them open.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource, type OpenDisk, openImage, type Partition } from "../../../image/src/index.ts";
import { nodeDecompressors } from "../../../image/src/node/index.ts";
import { buildDisk } from "../../../test/images/memory-disk.ts";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { plainWords } from "../say.ts";
import { partitionFacts, readablePartitions } from "./partition-facts.ts";

async function openDemo(): Promise<{ disk: OpenDisk; at: (number: number) => Partition }> {
  const files = await buildInMemory({ "usr/lib/demo": "demo" });
  const image = buildDisk([
    { type: "usr", label: "demo\u202e", content: files },
    { type: "unknown", label: "", content: new Uint8Array(5000).fill(7) },
    { type: "home", label: "spare", content: new Uint8Array(5000) },
    { type: "unknown", label: "key", content: Buffer.from("LUKS\xba\xbe\0\x02".padEnd(4096, "\0"), "latin1") },
  ]);
  const { disk } = await openImage(memorySource(image), nodeDecompressors());
  assert.ok(disk);
  const at = (number: number): Partition => {
    const partition = disk.partitions.find((one) => one.number === number);
    assert.ok(partition);
    return partition;
  };
  return { disk, at };
}

test("only partitions with files open", async () => {
  const { disk } = await openDemo();
  assert.deepEqual(
    (await readablePartitions(disk)).map(({ number }) => number),
    [1],
  );
  const broken: OpenDisk = { ...disk, content: () => Promise.reject(new Error("cannot be read")) };
  assert.deepEqual(await readablePartitions(broken), []);
});

test("a partition tells its label, purpose, size and content", async () => {
  const { disk, at } = await openDemo();
  const { lines, ...usr } = await partitionFacts(disk, at(1), plainWords);
  assert.deepEqual(usr, {
    readable: true,
    label: "Partition 1: demo\\u202e",
    description: "usr (x86-64), 4.1 kB, a squashfs file system",
    icon: "database",
  });
  assert.deepEqual(lines, [
    "Holds a squashfs file system",
    "Type: usr (x86-64), 8484680c-9521-48c6-9c11-b0720656f69e",
    "UUID: 00000000-0000-4000-8000-000000000001",
    "Size: 4.1 kB, from byte 20\u202f480 on",
  ]);
});

test("what holds no files says so, and what cannot be read as well", async () => {
  const { disk, at } = await openDemo();
  const odd = await partitionFacts(disk, at(2), plainWords);
  assert.deepEqual([odd.label, odd.icon, odd.readable], ["Partition 2", "question", false]);
  assert.match(odd.description, /^unknown type, 8.2 kB, /);
  assert.match(odd.lines[0] ?? "", /, which has no files to show$/);
  const icons = await Promise.all(
    [3, 4].map(async (number) => (await partitionFacts(disk, at(number), plainWords)).icon),
  );
  assert.deepEqual(icons, ["circle-large-outline", "lock"]);
  const broken: OpenDisk = { ...disk, content: () => Promise.reject(new Error("cannot be read")) };
  const { description, readable } = await partitionFacts(broken, at(1), plainWords);
  assert.deepEqual([description, readable], ["usr (x86-64), 4.1 kB, its content cannot be read", false]);
});

test("flags are written out", async () => {
  const { disk, at } = await openDemo();
  const flagged = { ...at(1), readOnly: true, growFileSystem: true, noAuto: true };
  const { lines } = await partitionFacts(disk, flagged, plainWords);
  assert.equal(lines.at(-1), "Flags: read-only, grows with the disk, not mounted automatically");
});
