import assert from "node:assert/strict";
import { test } from "node:test";
import { type KnownHashes, resolveRootHash } from "./root-hash.ts";

const a = "a0".repeat(32);
const b = "b1".repeat(32);
const long = `${"c2".repeat(16)}${"d3".repeat(32)}${"e4".repeat(16)}`;
const uuid = (digits: string) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
const uuidsOf = (hash: string) => [uuid(hash.slice(0, 32)), uuid(hash.slice(-32))] as const;
const random = ["4f0d7f3a-6f3c-4c5b-9d5e-0123456789ab", "5f0d7f3a-6f3c-4c5b-8d5e-0123456789ab"] as const;

/** What was found, the sources that agree and those that do not, and what counts. */
const cases: readonly (readonly [
  name: string,
  known: KnownHashes,
  agree: string,
  differ: string,
  rootHash?: string,
])[] = [
  ["nothing", {}, "", ""],
  ["UUIDs of a disk that has none", { uuids: ["", ""] }, "", ""],
  [
    "all the same",
    { option: a, file: a, signature: a, uuids: uuidsOf(a) },
    "option file signature partition-uuids",
    "",
    a,
  ],
  ["the option before all", { option: b, file: a, signature: a }, "option", "file signature", b],
  [
    "the file before the signature",
    { file: a, signature: b, uuids: uuidsOf(b) },
    "file",
    "signature partition-uuids",
    a,
  ],
  ["UUIDs alone", { uuids: uuidsOf(a), topHash: a }, "partition-uuids", "", a],
  ["UUIDs of a damaged tree", { uuids: uuidsOf(a), topHash: b }, "partition-uuids", "", a],
  ["UUIDs of a tree that is not there", { uuids: uuidsOf(a) }, "partition-uuids", "", a],
  ["UUIDs that are random", { uuids: random, topHash: a }, "", ""],
  ["random UUIDs beside a signature", { uuids: random, signature: a, topHash: a }, "signature", "", a],
  [
    "a longer hash than UUIDs hold, from the tree",
    { uuids: uuidsOf(long), topHash: long },
    "partition-uuids",
    "",
    long,
  ],
  [
    "a longer hash than UUIDs hold, from a file",
    { uuids: uuidsOf(long), file: long },
    "file partition-uuids",
    "",
    long,
  ],
  ["a longer hash that does not fit", { uuids: uuidsOf(a), topHash: long }, "partition-uuids", ""],
  [
    "a shorter hash",
    { uuids: uuidsOf(a.slice(0, 40)), topHash: a.slice(0, 40) },
    "partition-uuids",
    "",
    a.slice(0, 40),
  ],
];

for (const [name, known, agree, differ, rootHash] of cases) {
  test(`which root hash counts: ${name}`, () => {
    const resolved = resolveRootHash(known);
    const sources = (agrees: boolean) =>
      resolved.rootHashes
        .filter((one) => one.agrees === agrees)
        .map(({ source }) => source)
        .join(" ");
    assert.deepEqual([sources(true), sources(false), resolved.rootHash], [agree, differ, rootHash]);
  });
}
