// What is wrong with hash tree, data and root hashes is said, and nothing where all fit.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type HashTree, hashTreeOf } from "./hash-tree.ts";
import { stateFaults } from "./verity-faults.ts";

const tree: HashTree = hashTreeOf(
  {
    ...{ hashType: 1, uuid: "", algorithm: "sha256", dataBlockSize: 512, hashBlockSize: 512, salt: new Uint8Array(0) },
    dataBlocks: 10,
  },
  () => new Uint8Array(32),
);
const source = (size: number) => ({ size, read: async () => new Uint8Array(0) });
const hash = { source: "signature", hash: "aa", agrees: true } as const;
const right = {
  role: "usr",
  data: source(5120),
  hashes: source(1024),
  tree,
  rootHashes: [hash],
  rootHash: "aa",
  topHash: "aa",
} as const;

test("what fits together has no faults", () => {
  assert.deepEqual(stateFaults(right), []);
});

for (const [name, found, fault] of [
  ["no data", { data: undefined }, "there is a usr-verity partition but no usr partition"],
  [
    "no tree",
    { hashes: undefined, tree: undefined, topHash: undefined },
    "there is a root hash or signature but no hash tree",
  ],
  ["too little data", { data: source(5119) }, "the hash tree covers 5120 bytes of data, but there are only 5119"],
  ["a tree that is cut", { hashes: source(1023) }, "the hash tree takes 1024 bytes, but there are only 1023"],
  [
    "no root hash",
    { rootHashes: [], rootHash: undefined },
    "no root hash is known, neither from the partitions' UUIDs nor from a signature or file",
  ],
  ["another tree", { topHash: "bb" }, "the hash tree has the root hash bb, but the signature has aa"],
  [
    "root hashes that differ",
    { rootHashes: [hash, { source: "file", hash: "cc", agrees: false }], hashName: "x.roothash" },
    'the file "x.roothash" has the root hash cc, and the signature aa',
  ],
  [
    "UUIDs of another",
    {
      rootHashes: [
        { ...hash, source: "option" },
        { source: "partition-uuids", hash: "dd", agrees: false },
      ],
    },
    "the pair of partition UUIDs has the root hash dd, and the command aa",
  ],
] as const) {
  test(`${name}: ${fault}`, () => {
    const { data, hashes, tree: known, topHash, rootHash, ...rest } = { ...right, ...found };
    assert.deepEqual(
      stateFaults({ ...rest, tree: known, topHash, rootHash, ...(data && { data }), ...(hashes && { hashes }) }),
      [fault],
    );
  });
}
