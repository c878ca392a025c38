// dm-verity held against veritysetup: what its dumps say, what it calls intact, and where it sees damage.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createCipheriv } from "node:crypto";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import type { VerityState } from "../../image/src/index.ts";
import { checkImageVerity, readImageVerity } from "../../image/src/node/index.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { findTool, requireTool } from "../support/tools.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-verity-"));
after(() => rmSync(work, { recursive: true, force: true }));

const image = path.join(work, "demo.raw");
const hashFile = path.join(work, "demo.verity");
const rootHashFile = path.join(work, "demo.roothash");

interface Shape {
  readonly blocks: number;
  readonly algorithm?: string;
  readonly dataBlock?: number;
  readonly hashBlock?: number;
  /** In hexadecimal, `-` for none; a random one without it. */
  readonly salt?: string;
  readonly hashType?: 0 | 1;
  /** Bytes behind the last whole block. */
  readonly rest?: number;
}

/** Makes data and their tree as they lie beside each other for systemd; gives what `veritysetup dump` says. */
function format(shape: Shape): Readonly<Record<string, string>> {
  const { blocks, algorithm = "sha256", dataBlock = 4096, hashBlock = 4096, salt, hashType = 1, rest = 0 } = shape;
  for (const file of [image, hashFile, rootHashFile]) rmSync(file, { force: true });
  writeFileSync(image, anyBytes(blocks * dataBlock + rest));
  veritysetup(
    "format",
    `--hash=${algorithm}`,
    `--data-block-size=${dataBlock}`,
    `--hash-block-size=${hashBlock}`,
    `--data-blocks=${blocks}`,
    `--format=${hashType}`,
    `--root-hash-file=${rootHashFile}`,
    ...(salt === undefined ? [] : [`--salt=${salt}`]),
    image,
    hashFile,
  );
  const lines = veritysetup("dump", hashFile).split("\n");
  return Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2)).filter(([, value]) => value !== undefined));
}

/** The same bytes each time, no two blocks of which are equal, faster than they are hashed. */
function anyBytes(length: number): Buffer {
  return createCipheriv("aes-128-ctr", Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(length));
}

function veritysetup(...args: readonly string[]): string {
  return execFileSync(findTool("veritysetup") ?? "", args, { encoding: "utf8", stdio: "pipe" });
}

/** Where veritysetup sees the first difference; undefined when it sees none. */
function positionOfDamage(): number | undefined {
  const rootHash = readFileSync(rootHashFile, "latin1");
  const { status, stdout, stderr } = spawnSync(findTool("veritysetup") ?? "", ["verify", image, hashFile, rootHash], {
    encoding: "utf8",
  });
  if (status === 0) return undefined;
  // Over a single block there is no hash in between.
  if (stderr.includes("Verification of root hash failed")) return 0;
  const position = /at position (\d+)\./.exec(stdout + stderr)?.[1];
  assert.ok(position !== undefined, `veritysetup says no position: ${stdout}${stderr}`);
  return Number(position);
}

async function readState(): Promise<VerityState> {
  const [state, ...others] = await readImageVerity(image, {});
  assert.ok(state !== undefined);
  assert.equal(others.length, 0);
  return state;
}

/** Turns some bits of a byte around; doing it again puts it right. */
function flip(file: string, position: number): void {
  const handle = openSync(file, "r+");
  const byte = Buffer.alloc(1);
  readSync(handle, byte, 0, 1, position);
  byte[0] = (byte[0] ?? 0) ^ 0x5a;
  writeSync(handle, byte, 0, 1, position);
  closeSync(handle);
}

const longSalt = "5a".repeat(256);
const shapes: readonly Shape[] = [
  ...[1, 2, 127, 128, 129].map((blocks) => ({ blocks })),
  ...[1, 8, 9, 16, 17, 257, 4097].map((blocks) => ({ blocks, dataBlock: 512, hashBlock: 512 })),
  ...[1, 32, 33, 1025].map((blocks) => ({ blocks, dataBlock: 1024, hashBlock: 1024 })),
  { blocks: 128 * 128 + 1, dataBlock: 512 },
  { blocks: 130, hashBlock: 512 },
  { blocks: 3, dataBlock: 524_288, hashBlock: 524_288 },
  { blocks: 300, rest: 1000 },
  { blocks: 200, salt: "-" },
  { blocks: 200, salt: "ff" },
  { blocks: 200, salt: longSalt },
  { blocks: 1, salt: longSalt, hashType: 0 },
  { blocks: 200, hashType: 0 },
  { blocks: 300, hashType: 0, algorithm: "sha1", salt: longSalt },
  ...[
    "md5",
    "sha1",
    "ripemd160",
    "sha224",
    "sha384",
    "sha512",
    "sha3-256",
    "sha3-512",
    "blake2b-512",
    "blake2s-256",
    "sm3",
  ].map((algorithm) => ({ algorithm, blocks: 150, dataBlock: 512, hashBlock: 512 })),
];

for (const shape of shapes) {
  test(`reads what veritysetup writes, and finds it intact: ${nameOf(shape)}`, async (t) => {
    if (!requireTool(t, "veritysetup")) return;
    const dump = format(shape);
    const state = await readState();
    const rootHash = readFileSync(rootHashFile, "latin1");
    assert.deepEqual(state.faults, []);
    assert.deepEqual(
      [state.tree?.uuid, state.tree?.hashType, state.tree?.algorithm],
      [dump["UUID"], Number(dump["Hash type"]), dump["Hash algorithm"]],
    );
    assert.deepEqual(
      [state.tree?.dataBlocks, state.tree?.dataBlockSize, state.tree?.hashBlockSize],
      [dump["Data blocks"], dump["Data block size"], dump["Hash block size"]].map((text) =>
        Number(text?.split(" ")[0]),
      ),
    );
    assert.equal(state.tree?.salt || "-", dump["Salt"]);
    assert.equal(
      state.tree?.levels.reduce((sum, count) => sum + count, 0),
      Number(dump["Hash blocks"]),
    );
    assert.equal(state.tree?.topHash, rootHash);
    assert.equal(state.rootHash, rootHash);
    assert.deepEqual(state.rootHashes, [{ source: "file", hash: rootHash, agrees: true }]);
    const size = shape.blocks * (shape.dataBlock ?? 4096);
    const heard: number[] = [];
    const check = await checkImageVerity(image, {}, state, { progress: (done, total) => heard.push(done, total) });
    assert.deepEqual(check, { intact: true, checkedBytes: size, badBytes: 0, faults: [] });
    assert.deepEqual([heard[0], heard[1], ...heard.slice(-2)], [0, size, size, size]);
  });
}

function nameOf({ salt, ...shape }: Shape): string {
  const words = Object.entries(shape).map(([name, value]) => `${name} ${value}`);
  if (salt !== undefined) words.push(salt === "-" ? "no salt" : `a salt of ${salt.length / 2} bytes`);
  return words.join(", ");
}

for (const shape of [
  { blocks: 1 },
  { blocks: 129 },
  { blocks: 4097, dataBlock: 512, hashBlock: 512 },
  { blocks: 1500, dataBlock: 512, hashBlock: 1024, algorithm: "sha512", salt: longSalt },
  { blocks: 300, dataBlock: 1024, hashBlock: 512, algorithm: "sha1", hashType: 0 },
] as const satisfies readonly Shape[]) {
  test(`sees damage where veritysetup sees it: ${nameOf(shape)}`, async (t) => {
    if (!requireTool(t, "veritysetup")) return;
    const dataBlock: number = "dataBlock" in shape ? shape.dataBlock : 4096;
    format(shape);
    const state = await readState();
    const pick = randomNumbers(shape.blocks);
    const size = shape.blocks * dataBlock;
    const places = [0, size - 1, ...Array.from({ length: 15 }, () => pick(size))];
    for (const place of places) {
      flip(image, place);
      const check = await checkImageVerity(image, {}, state);
      const offset = place - (place % dataBlock);
      assert.deepEqual(
        check,
        {
          intact: false,
          checkedBytes: size,
          badBytes: dataBlock,
          faults: [{ what: "data", offset, length: dataBlock }],
        },
        `byte ${place}`,
      );
      assert.equal(positionOfDamage(), offset);
      flip(image, place);
    }
    await flipHashes(state, pick);
    assert.equal((await checkImageVerity(image, {}, state)).intact, true);
  });
}

/** Flips bytes at every level of the tree; a damaged block of hashes makes all data below it unreadable. */
async function flipHashes(state: VerityState, pick: (below: number) => number): Promise<void> {
  const { levels = [], hashBlockSize = 0, dataBlockSize = 0, dataBlocks = 0 } = state.tree ?? {};
  const perBlock = levels.length === 0 ? 1 : 2 ** Math.floor(Math.log2(hashBlockSize / digestSizeOf(state)));
  const start = Math.max(512, hashBlockSize);
  let levelStart = start;
  for (const [i, count] of levels.entries()) {
    const level = levels.length - 1 - i;
    const span = perBlock ** (level + 1) * dataBlockSize;
    for (const block of new Set([0, count - 1, pick(count)])) {
      const hashOffset = levelStart + block * hashBlockSize;
      for (const place of [hashOffset, hashOffset + pick(hashBlockSize), hashOffset + hashBlockSize - 1]) {
        flip(hashFile, place);
        const { faults, intact } = await checkImageVerity(image, {}, state);
        const offset = block * span;
        const length = Math.min(span, dataBlocks * dataBlockSize - offset);
        assert.equal(intact, false);
        assert.deepEqual(faults, [{ what: "hashes", level, hashOffset, offset, length }], `byte ${place}`);
        const position = positionOfDamage();
        assert.ok(position !== undefined, `veritysetup finds byte ${place} intact`);
        // veritysetup compares from the bottom up: it names the first thing that has not the hash that was damaged, which
        // is among the data or the blocks right below, or zeros behind the hashes.
        const below = level === 0 ? offset : levelStart + (count + block * perBlock) * hashBlockSize;
        const belowSize = level === 0 ? length : perBlock * hashBlockSize;
        const isBelow = position >= below && position < below + belowSize;
        const isSpare = position > hashOffset && position < hashOffset + hashBlockSize;
        assert.ok(isBelow || isSpare, `veritysetup names ${position} for byte ${place} at level ${level}`);
        flip(hashFile, place);
      }
    }
    levelStart += count * hashBlockSize;
  }
}

function digestSizeOf({ rootHash }: VerityState): number {
  return (rootHash ?? "").length / 2;
}

test("stretches that are damaged are told as such, and a range is checked by itself", async (t) => {
  if (!requireTool(t, "veritysetup")) return;
  format({ blocks: 1000 });
  const state = await readState();
  for (const block of [10, 11, 12, 500]) flip(image, block * 4096 + 7);
  const check = await checkImageVerity(image, {}, state);
  assert.deepEqual(check.faults, [
    { what: "data", offset: 10 * 4096, length: 3 * 4096 },
    { what: "data", offset: 500 * 4096, length: 4096 },
  ]);
  assert.equal(check.badBytes, 4 * 4096);
  const range = async (offset: number, length: number) =>
    await checkImageVerity(image, {}, state, { range: { offset, length } });
  assert.deepEqual(await range(0, 10 * 4096), { intact: true, checkedBytes: 40_960, badBytes: 0, faults: [] });
  assert.deepEqual((await range(12 * 4096 + 4095, 2)).faults, [{ what: "data", offset: 12 * 4096, length: 4096 }]);
  assert.deepEqual(await range(4096 * 4096, 4096), { intact: true, checkedBytes: 0, badBytes: 0, faults: [] });
});

test("data and trees that end too early are told as missing", async (t) => {
  if (!requireTool(t, "veritysetup")) return;
  format({ blocks: 1000 });
  const state = await readState();
  truncateSync(image, 900 * 4096 + 100);
  assert.deepEqual((await readState()).faults, [
    "the hash tree covers 4096000 bytes of data, but there are only 3686500",
  ]);
  const check = await checkImageVerity(image, {}, state);
  assert.deepEqual(check.faults, [{ what: "missing", offset: 900 * 4096, length: 100 * 4096 }]);
  truncateSync(hashFile, 4 * 4096);
  assert.match((await readState()).faults.join("\n"), /^the hash tree takes 40960 bytes, but there are only 16384$/m);
  const [first] = (await checkImageVerity(image, {}, state)).faults;
  const offset = 2 * 128 * 4096;
  assert.deepEqual(first, { what: "missing", level: 0, hashOffset: 4 * 4096, offset, length: 900 * 4096 - offset });
  truncateSync(hashFile, 100);
  assert.deepEqual((await readState()).faults, [
    '"demo.verity" is meant for a dm-verity hash tree but does not contain one',
  ]);
  await assert.rejects(checkImageVerity(image, {}, state), { kind: "unsupported", message: /no hash tree/ });
});

test("root hashes beside the image, from the user and of the tree are held against each other", async (t) => {
  if (!requireTool(t, "veritysetup")) return;
  format({ blocks: 20 });
  const right = readFileSync(rootHashFile, "latin1");
  const other = "0".repeat(64);
  writeFileSync(rootHashFile, `  ${right.toUpperCase()} \nmore\n`);
  assert.deepEqual((await readState()).rootHashes, [{ source: "file", hash: right, agrees: true }]);
  const [state] = await readImageVerity(image, {}, { rootHash: other });
  assert.deepEqual(state?.rootHashes, [
    { source: "option", hash: other, agrees: true },
    { source: "file", hash: right, agrees: false },
  ]);
  assert.deepEqual(state?.faults, [
    `the file "demo.roothash" has the root hash ${right}, and the command ${other}`,
    `the hash tree has the root hash ${right}, but the command has ${other}`,
  ]);
  assert.ok(state !== undefined);
  const check = await checkImageVerity(image, {}, state);
  assert.deepEqual(check.faults, [{ what: "hashes", level: 0, hashOffset: 4096, offset: 0, length: 20 * 4096 }]);
  writeFileSync(rootHashFile, "no hash\n");
  assert.match(
    (await readState()).faults.join("\n"),
    /^the file "demo.roothash" does not contain a root hash in hexadecimal$/m,
  );
  rmSync(rootHashFile);
  const unknown = await readState();
  assert.match(unknown.faults.join("\n"), /^no root hash is known/);
  assert.equal(unknown.rootHash, undefined);
  await assert.rejects(checkImageVerity(image, {}, unknown), { kind: "unsupported", message: /no root hash is known/ });
  rmSync(hashFile);
  assert.deepEqual(await readImageVerity(image, {}), []);
});

test("an algorithm that nobody here computes is named", async (t) => {
  if (!requireTool(t, "veritysetup")) return;
  format({ blocks: 20, algorithm: "whirlpool" });
  const state = await readState();
  assert.equal(state.tree, undefined);
  assert.match(state.faults.join("\n"), /its hash tree uses "whirlpool", which this program cannot compute/);
});

test("verifying ends when it is cancelled", async (t) => {
  if (!requireTool(t, "veritysetup")) return;
  format({ blocks: 3000 });
  const state = await readState();
  const controller = new AbortController();
  const { signal } = controller;
  let calls = 0;
  const progress = () => {
    calls += 1;
    if (calls === 3) controller.abort();
  };
  await assert.rejects(checkImageVerity(image, {}, state, { progress, signal }), { name: "AbortError" });
  assert.equal(calls, 3);
});
