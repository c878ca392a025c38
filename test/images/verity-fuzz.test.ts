// Damages hash trees and signatures at random places: whatever comes of it is a state or an ImageError, and nothing is read outside.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { type ByteSource, ImageError, memorySource } from "../../image/src/index.ts";
import { nodeVerityCrypto } from "../../image/src/node/verity-crypto.ts";
import { checkVerity } from "../../image/src/verity/check-verity.ts";
import { hashTreeOf } from "../../image/src/verity/hash-tree.ts";
import { fromHex } from "../../image/src/verity/hexadecimal.ts";
import { readVerityState } from "../../image/src/verity/read-verity.ts";
import { summarizeSignature } from "../../image/src/verity/signature-summary.ts";
import { readVeritySuperblock } from "../../image/src/verity/superblock.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { damage, type FaultyImage } from "./faults.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-verity-faults-"));
after(() => rmSync(work, { recursive: true, force: true }));

const rounds = 4000;

function run(program: string, ...args: readonly string[]): void {
  execFileSync(findTool(program) ?? "", args, { stdio: "pipe", cwd: work });
}

/** A source that fails the test for a read that does not lie inside. */
function strict(bytes: Uint8Array): ByteSource {
  const source = memorySource(bytes);
  return {
    size: source.size,
    async read(offset, length) {
      assert.ok(
        offset >= 0 && length >= 0 && offset + length <= source.size,
        `reads ${length} bytes from ${offset} on`,
      );
      return await source.read(offset, length);
    },
  };
}

/** Reads and verifies; gives false when a fault was found or an ImageError ended it. */
async function verify(data: Uint8Array, hashes: Uint8Array, signature: Uint8Array | undefined, rootHash?: string) {
  const [dataSource, hashSource] = [strict(data), strict(hashes)];
  const parts = { data: dataSource, hashes: hashSource, ...(signature && { signature: strict(signature) }) };
  const options = rootHash === undefined ? {} : { rootHash };
  const state = await readVerityState({ role: "root", ...parts }, nodeVerityCrypto, options);
  if (state.faults.length > 0 && rootHash === undefined) return false;
  try {
    const superblock = await readVeritySuperblock(hashSource);
    const root = fromHex(state.rootHash ?? "");
    if (superblock === undefined || root === undefined) return false;
    const tree = hashTreeOf(superblock, nodeVerityCrypto.hash);
    const check = await checkVerity({ data: dataSource, hashes: hashSource, tree, rootHash: root });
    assert.ok(check.faults.length <= 100);
    return check.intact && state.faults.length === 0;
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return false;
  }
}

test("damaged hash trees end in a result or an ImageError", async (t) => {
  if (!requireTool(t, "veritysetup")) return;
  const trees = [
    ["--data-block-size=512", "--hash-block-size=512"],
    ["--data-block-size=1024", "--hash-block-size=512", "--hash=sha1", "--format=0"],
    ["--hash=sha512", "--salt=-"],
  ].map((options, i) => {
    const data = Buffer.alloc(32_768, `data ${i}`);
    writeFileSync(path.join(work, "data"), data);
    run("veritysetup", "format", ...options, "--root-hash-file=root", "data", "tree");
    const bytes = readFileSync(path.join(work, "tree"));
    const image: FaultyImage = { name: options.join(" "), bytes, structures: [[0, 100]] };
    return { data, image, rootHash: readFileSync(path.join(work, "root"), "latin1") };
  });
  const pick = randomNumbers(7);
  let found = 0;
  for (let round = 0; round < rounds; round++) {
    const tree = trees[round % trees.length];
    assert.ok(tree !== undefined);
    const { data, image, rootHash } = tree;
    if (round < trees.length) assert.ok(await verify(data, image.bytes, undefined, rootHash), image.name);
    try {
      if (!(await verify(data, damage(image, pick), undefined, rootHash))) found += 1;
    } catch (error) {
      throw new Error(`${image.name}, round ${round}`, { cause: error });
    }
  }
  assert.ok(found > rounds / 3, `only ${found} of ${rounds} were found`);
});

test("damaged signature partitions and signatures end in a state", async (t) => {
  if (!requireTool(t, "veritysetup", "openssl")) return;
  const data = Buffer.alloc(8192, "data");
  writeFileSync(path.join(work, "data"), data);
  run("veritysetup", "format", "--root-hash-file=root", "data", "tree");
  const hashes = readFileSync(path.join(work, "tree"));
  const rootHash = readFileSync(path.join(work, "root"), "latin1");
  const pick = randomNumbers(8);
  for (const [i, more] of [["-noattr"], []].entries()) {
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
    run(
      "openssl",
      "req",
      "-x509",
      ...(i === 0 ? curve : ["-newkey", "rsa:2048"]),
      "-nodes",
      "-keyout",
      "key",
      "-out",
      "crt",
      "-subj",
      "/CN=a key",
    );
    run(
      "openssl",
      "cms",
      "-sign",
      "-binary",
      "-in",
      "root",
      "-signer",
      "crt",
      "-inkey",
      "key",
      "-outform",
      "DER",
      "-out",
      "p7s",
      ...more,
    );
    const signature = readFileSync(path.join(work, "p7s"));
    const json = Buffer.alloc(8192);
    json.write(JSON.stringify({ rootHash, signature: signature.toString("base64") }));
    assert.ok(await verify(data, hashes, json));
    assert.equal(summarizeSignature(signature, rootHash, nodeVerityCrypto).verdict, "right");
    const partition: FaultyImage = { name: "partition", bytes: json, structures: [[0, 200]] };
    const der: FaultyImage = { name: "signature", bytes: signature, structures: [[0, 60]] };
    let wrong = 0;
    for (let round = 0; round < rounds / 2; round++) {
      await verify(data, hashes, damage(partition, pick));
      const { verdict, reason } = summarizeSignature(damage(der, pick), rootHash, nodeVerityCrypto);
      if (verdict !== "right") {
        wrong += 1;
        assert.ok(reason !== undefined);
      }
    }
    assert.ok(wrong > rounds / 6, `only ${wrong} were found`);
  }
});
