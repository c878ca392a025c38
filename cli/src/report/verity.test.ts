import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerityFault, VerityState } from "../../../image/src/index.ts";
import { faultText, verificationLines, verityLines } from "./verity.ts";

const block = { dataBlockSize: 4096 };
const damage = (what: VerityFault["what"], blocks: number, hashOffset?: number): VerityFault => ({
  ...{ what, offset: 17 * 4096, length: blocks * 4096 },
  ...(hashOffset === undefined ? {} : { hashOffset }),
});

test("damage is told in blocks, both ends included, and in bytes", () => {
  assert.equal(faultText(damage("data", 1), block), "block 17, from byte 69632 on, differs from the hashed data");
  assert.equal(faultText(damage("data", 3), block), "blocks 17 to 19, from byte 69632 on, differ from the hashed data");
});

test("what cannot be read says where the hash tree is damaged or ends", () => {
  assert.match(
    faultText(damage("hashes", 2, 8192), block),
    /^blocks 17 to 18, .* the hash block at byte 8192 of the hash tree is damaged$/,
  );
  assert.match(faultText(damage("missing", 1, 8192), block), /^block 17, .* ends before byte 8192$/);
  assert.notEqual(faultText(damage("missing", 1), block), faultText(damage("missing", 2), block));
});

test("verification says of which file system, whether it is intact, and how much was compared", () => {
  const intact = { intact: true, checkedBytes: 2_000_000, badBytes: 0, faults: [], ...block };
  assert.deepEqual(verificationLines(intact), ["Verified: the file system is intact, 2 MB compared\n"]);
  const [first, second, ...rest] = verificationLines({
    ...intact,
    ...{ dataPartition: 2, intact: false, badBytes: 4096, faults: [damage("data", 1)] },
  });
  assert.match(first ?? "", /^Verified: partition 2 is damaged, 4\.1 kB /);
  assert.equal(second, `  ${faultText(damage("data", 1), block)}\n`);
  assert.deepEqual(rest, []);
});

const state: VerityState = {
  ...{ role: "usr", architecture: "x86-64", dataPartition: 1, hashPartition: 2 },
  tree: {
    ...{ hashType: 1, uuid: "u", algorithm: "sha256", dataBlockSize: 4096, hashBlockSize: 512, dataBlocks: 1 },
    ...{ salt: "", levels: [], size: 512 },
  },
  rootHashes: [
    { source: "option", hash: "ab", agrees: true },
    { source: "file", hash: "ff", agrees: false },
    { source: "partition-uuids", hash: "ab", agrees: true },
  ],
  ...{ rootHash: "ab", faults: ["it is\nwrong"] },
};

test("a hash tree is told with its place, sizes and the sources that agree on the root hash", () => {
  assert.deepEqual(verityLines(state), [
    "Verity of partition 1 (usr x86-64):\n",
    "  Hash tree: partition 2, sha256, hashes in blocks of 512 bytes\n",
    "  Data:      1 block of 4096 bytes\n",
    "  Salt:      none\n",
    "  Root hash: ab (from --root-hash, the partition UUIDs)\n",
    "  Fault:     it is\\nwrong\n",
  ]);
  const { tree } = state;
  assert.ok(tree !== undefined);
  const lines = verityLines({
    ...{ role: "root", hashFile: "x.verity", tree: { ...tree, hashType: 0, salt: "12" } },
    ...{ rootHashes: [], faults: [] },
  });
  assert.equal(lines[0], "Verity of the root file system:\n");
  assert.match(lines[1] ?? "", /"x\.verity", sha256 of the obsolete type 0, /);
  assert.match(lines[3] ?? "", /Salt: +12\n/);
});

test("a signature shows its verdict, who signed and for how long", () => {
  const certificate = {
    ...{ subject: "CN=a", issuer: "CN=b", serial: "01", fingerprint: "fa", validFrom: 0, validTo: 60 },
  };
  const text = (issuer: string) =>
    verityLines({
      ...state,
      signature: {
        ...{ source: "partition", verdict: "wrong", algorithm: "RSA", reason: "bad", certificateFingerprint: "no" },
        certificate: { ...certificate, issuer },
      },
    }).join("");
  assert.match(text("CN=b"), /Signature: +wrong, RSA: bad\n +Signed by: +CN=a, .*CN=b\n/);
  assert.match(text("CN=a"), /Signed by: +CN=a\n +Valid: +1970-01-01 00:00:00 to 1970-01-01 00:01:00 UTC\n/);
  assert.match(text("CN=a"), /Certificate: +fa \(SHA-256\)\n/);
});
