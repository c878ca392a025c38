// `sysext info` of images that dm-verity guards, its `--verify`, and `--partition` of all commands, as a user runs them.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, type TestContext, test } from "node:test";
import { buildInMemory } from "../images/memory-image.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-cli-verity-"));
const at = (name: string) => path.join(work, name);
const disk = at("demo.raw");
const bare = at("bare.raw");
const release = "ID=_any\n";

before(async () => {
  ensureBundles();
  const tree = { "usr/lib/extension-release.d/extension-release.demo": release, "usr/noise": "noise ".repeat(5000) };
  const content = await buildInMemory(tree, { compression: "none" });
  // Verity takes whole blocks.
  writeFileSync(bare, content);
  truncateSync(bare, Math.ceil(content.length / 4096) * 4096);
});
after(() => rmSync(work, { recursive: true, force: true }));

const types = {
  root: "4f68bce3-e8cd-4db1-96e7-fbcaf984b709",
  verity: "2c7357ed-ebd2-46d9-aec1-23d437ec2bf5",
  linux: "0fc63daf-8483-4772-8e79-3d69d8477de4",
} as const;
const mebibyte = 1 << 20;

/** Makes the tree of the bare file system beside it; undefined when a tool is missing. */
function rootHashOf(t: TestContext): string | undefined {
  if (!requireTool(t, "veritysetup", "sfdisk")) return undefined;
  const args = ["format", `--root-hash-file=${at("bare.roothash")}`, bare, at("bare.verity")];
  execFileSync(findTool("veritysetup") ?? "", args, { stdio: "pipe" });
  return readFileSync(at("bare.roothash"), "latin1");
}

/** A disk of that file system and its tree, with partitions beside them that hold other things. */
function makeDisk(rootHash: string): void {
  const uuid = (digits: string) => digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const sectors = (file: string) => Math.ceil(readFileSync(file).length / 512);
  rmSync(disk, { force: true });
  writeFileSync(disk, "");
  truncateSync(disk, 8 * mebibyte);
  const lines = [
    "label: gpt",
    `start=2048, size=${sectors(bare)}, type=${types.root}, uuid=${uuid(rootHash.slice(0, 32))}`,
    `start=4096, size=${sectors(at("bare.verity"))}, type=${types.verity}, uuid=${uuid(rootHash.slice(32))}`,
    `start=6144, size=2048, type=${types.linux}, name="secret"`,
    `start=8192, size=2048, type=${types.linux}, name="blank"`,
    `start=10240, size=2048, type=${types.linux}, name="other"`,
  ];
  execFileSync(findTool("sfdisk") ?? "", ["--quiet", "--no-reread", disk], { input: lines.join("\n") });
  const bytes = readFileSync(disk);
  bytes.set(readFileSync(bare), mebibyte);
  bytes.set(readFileSync(at("bare.verity")), 2 * mebibyte);
  bytes.write("LUKS\xba\xbe\0\x02", 3 * mebibyte, "latin1");
  bytes.write("\x01\x02\x03\x04", 5 * mebibyte, "latin1");
  writeFileSync(disk, bytes);
}

function changeByte(file: string, position: number): void {
  const bytes = readFileSync(file);
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

test("info lists what partitions hold, and the hash tree", async (t) => {
  const rootHash = rootHashOf(t);
  if (rootHash === undefined) return;
  makeDisk(rootHash);
  const { status, stdout, stderr } = await runCli(["info", disk]);
  assert.deepEqual([status, stderr], [0, ""]);
  for (const line of [
    /^ {2}1: root x86-64, a squashfs file system, /m,
    /^ {2}2: root-verity x86-64, a hash tree \(dm-verity\), /m,
    /^ {2}3: linux-generic, "secret", an encrypted volume \(LUKS2\), /m,
    /^ {2}4: linux-generic, "blank", only zeros/m,
    /^ {2}5: linux-generic, "other", data of an unknown format, /m,
    /^Verity of partition 1 \(root x86-64\):$/m,
    /^ {2}Hash tree: +partition 2, sha256, hashes in blocks of 4096 bytes$/m,
    new RegExp(`^ {2}Root hash: +${rootHash} \\(from the partition UUIDs\\)$`, "m"),
  ]) {
    assert.match(stdout, line);
  }
  assert.doesNotMatch(stdout, /Fault|Verified/);
  const info = JSON.parse((await runCli(["info", "--json", disk])).stdout);
  assert.deepEqual(
    info.partitionTable.partitions.map(({ content }: { content: { kind: string } }) => content.kind),
    ["squashfs", "verity", "luks", "empty", "unknown"],
  );
  assert.deepEqual(Object.keys(info.verity[0]), [
    "role",
    "architecture",
    "dataPartition",
    "hashPartition",
    "tree",
    "rootHashes",
    "rootHash",
    "faults",
  ]);
  assert.equal(info.verification, undefined);
});

test("info --verify: intact", async (t) => {
  const rootHash = rootHashOf(t);
  if (rootHash === undefined) return;
  makeDisk(rootHash);
  for (const [file, subject] of [
    [disk, "partition 1"],
    [bare, "the file system"],
  ] as const) {
    const { status, stdout, stderr } = await runCli(["info", "--verify", file]);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, new RegExp(`^Verified: ${subject} is intact, .* compared$`, "m"));
    assert.match(stdout, /^ {2}ID=_any$/m);
  }
  const { verification } = JSON.parse((await runCli(["info", "--verify", "--json", disk])).stdout);
  const { length } = readFileSync(bare);
  assert.deepEqual(verification, [
    { dataPartition: 1, dataBlockSize: 4096, intact: true, checkedBytes: length, badBytes: 0, faults: [] },
  ]);
});

test("info --verify: damaged", async (t) => {
  const rootHash = rootHashOf(t);
  if (rootHash === undefined) return;
  makeDisk(rootHash);
  changeByte(disk, mebibyte + 2 * 4096 + 100);
  const { status, stdout, stderr } = await runCli(["info", "--verify", disk]);
  const where = "block 2, from byte 8192 on, differs from the hashed data";
  assert.deepEqual([status, stderr], [1, `sysext: ${disk}: partition 1 of it is damaged: ${where}\n`]);
  assert.match(stdout, new RegExp(`^Verified: partition 1 is damaged, .+\\n  ${where}$`, "m"));
  assert.deepEqual((await runCli(["info", disk])).status, 0);

  makeDisk(rootHash);
  changeByte(disk, 2 * mebibyte + 4096 + 5);
  const tree = await runCli(["info", "--verify", disk]);
  assert.equal(tree.status, 1);
  assert.match(tree.stderr, /cannot be read: the hash block at byte 4096 of the hash tree is damaged\n$/);
});

test("info --verify: nothing to verify by", async (t) => {
  const rootHash = rootHashOf(t);
  if (rootHash === undefined) return;
  const plain = at("plain.raw");
  copyFileSync(bare, plain);
  const none = "it is not protected by dm-verity, so it cannot be verified";
  assert.deepEqual(await runCli(["info", "--verify", plain]), {
    status: 2,
    stdout: "",
    stderr: `sysext: ${plain}: ${none}\n`,
  });
  copyFileSync(at("bare.verity"), at("plain.verity"));
  const unknown = await runCli(["info", "--verify", plain]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /it cannot be verified: no root hash is known, .+; give it with --root-hash\n$/);
  assert.equal((await runCli(["info", plain])).status, 0);
  const given = await runCli(["info", "--verify", "--root-hash", rootHash.toUpperCase(), plain]);
  assert.deepEqual([given.status, given.stderr], [0, ""]);
  assert.match(given.stdout, /\(from --root-hash\)$/m);
  const other = await runCli(["info", "--verify", "--root-hash", "00".repeat(32), plain]);
  assert.equal(other.status, 1);
  const wrong = await runCli(["info", "--root-hash", "xyz", plain]);
  assert.deepEqual([wrong.status, wrong.stdout], [2, ""]);
  assert.match(wrong.stderr, /^sysext: "xyz" is not a valid root hash; /);
});

test("--partition: one partition of a disk, in info, ls and cat", async (t) => {
  const rootHash = rootHashOf(t);
  if (rootHash === undefined) return;
  makeDisk(rootHash);
  const info = await runCli(["info", "--verify", "--partition", "1", disk]);
  assert.deepEqual([info.status, info.stderr], [0, ""]);
  assert.match(info.stdout, /^Verified: partition 1 is intact/m);
  assert.equal((await runCli(["ls", "--partition", "1", disk])).stdout, "usr\n");
  const file = "/usr/lib/extension-release.d/extension-release.demo";
  assert.equal((await runCli(["cat", "--partition", "1", disk, file])).stdout, release);
  for (const [number, why] of [
    ["2", "partition 2 of it (root-verity) has a hash tree (dm-verity), which cannot be read"],
    ["3", "partition 3 of it (linux-generic) has an encrypted volume (LUKS2), which cannot be read"],
    ["9", "it has no partition 9; its partitions are 1, 2, 3, 4, 5"],
  ] as const) {
    for (const command of [["info"], ["ls"], ["cat"]]) {
      const rest = command[0] === "cat" ? [disk, "usr"] : [disk];
      const { status, stdout, stderr } = await runCli([...command, "--partition", number, ...rest]);
      assert.deepEqual([status, stdout, stderr], [2, "", `sysext: ${disk}: ${why}\n`]);
    }
  }
  const { status, stderr } = await runCli(["ls", "--partition", "first", disk]);
  assert.deepEqual(
    [status, stderr],
    [2, 'sysext: "first" is not a valid partition number; "sysext info" lists the partitions\n'],
  );
});
