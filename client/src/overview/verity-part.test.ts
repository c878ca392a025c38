// What dm-verity knows is told in the words of a reader, with a button where something can be checked.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerityState, VerityTree } from "../../../image/src/index.ts";
import { plainWords } from "../say.ts";
import type { PagePart } from "./page/messages.ts";
import { type ShownCheck, verityParts } from "./verity-part.ts";

const hash = "ab".repeat(32);
const tree: VerityTree = {
  hashType: 1,
  uuid: "u",
  algorithm: "sha256",
  dataBlockSize: 4096,
  hashBlockSize: 4096,
  dataBlocks: 1000,
  salt: "",
  levels: [1],
};
const state: VerityState = {
  role: "usr",
  tree,
  rootHash: hash,
  rootHashes: [
    { source: "partition-uuids", hash, agrees: true },
    { source: "file", hash: "00", agrees: false },
  ],
  faults: [],
};

function partOf(shown: VerityState, check?: ShownCheck): PagePart {
  const checks = new Map(check === undefined ? [] : [[0, check]]);
  const [part] = verityParts({ states: [shown], checks }, plainWords);
  assert.ok(part);
  return part;
}

test("root hash, its sources and the tree are told, and the content can be checked", () => {
  const text = JSON.stringify(partOf(state));
  for (const expected of [
    hash,
    "from the UUIDs of the partitions; a file beside the image, which has another hash",
    "sha256, blocks of 4096 bytes, covers 4.1 MB",
    '"action":"checkIntegrity-0"',
  ]) {
    assert.ok(text.includes(expected), expected);
  }
});

test("without a root hash or a tree there is nothing to press", () => {
  const { rootHash: _, ...unknown } = state;
  const { tree: __, ...treeless } = state;
  for (const shown of [unknown, treeless]) assert.doesNotMatch(JSON.stringify(partOf(shown)), /checkIntegrity/);
});

test("a signature shows its certificate and says that hosts decide whom they trust", () => {
  const certificate = {
    subject: "CN=demo",
    issuer: "CN=demo",
    serial: "1",
    fingerprint: "cd",
    validFrom: 0,
    validTo: 86400,
  };
  const text = JSON.stringify(partOf({ ...state, signature: { source: "partition", verdict: "right", certificate } }));
  for (const expected of ["CN=demo", "valid from 1970-01-01 to 1970-01-02; each host decides", '"value":"cd"']) {
    assert.ok(text.includes(expected), expected);
  }
});

test("a check tells how far it is, and what came of it", () => {
  const running = JSON.stringify(partOf(state, { state: "running", done: 1000, total: 4000 }));
  assert.match(running, /"1.0 kB of 4.0 kB checked","done":0.25/);
  assert.match(running, /cancelCheck-0/);
  const good = { intact: true, checkedBytes: 4_096_000, badBytes: 0, faults: [] };
  assert.match(JSON.stringify(partOf(state, { state: "done", check: good })), /Intact: all 4.1 MB/);
  const bad = {
    ...good,
    intact: false,
    badBytes: 4096,
    faults: [{ what: "data", offset: 8192, length: 4096 } as const],
  };
  assert.match(JSON.stringify(partOf(state, { state: "done", check: bad })), /Not intact: 4.1 kB .* byte 8192/);
  assert.match(JSON.stringify(partOf(state, { state: "failed", reason: "gone" })), /"Gone."/);
});

test("what cannot be read is said", () => {
  const [part] = verityParts({ states: [], checks: new Map(), fault: "no permission" }, plainWords);
  assert.deepEqual(part?.blocks, [
    { kind: "note", tone: "warning", text: "The dm-verity data cannot be read: no permission." },
  ]);
});
