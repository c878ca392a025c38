// `sysext extract` as a user runs it.
import assert from "node:assert/strict";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { makeFullTree } from "../images/full-tree.ts";
import { buildInMemory } from "../images/memory-image.ts";
import { makeSquashfs } from "../images/sample-tree.ts";
import { requireRoot, requireTool, tempFolder } from "../support/tools.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-cli-"));
const image = path.join(work, "demo.raw");

before(async () => {
  ensureBundles();
  chmodSync(work, 0o755);
  const files = {
    "usr/bin/tool": { content: "#!/bin/sh\n", mode: 0o755 },
    "usr/bin/alias": { target: "tool" },
    "usr/share/evil\x1b[31m": "evil",
  };
  writeFileSync(image, await buildInMemory(files));
});
after(() => rmSync(work, { recursive: true, force: true }));

test("extracts everything, and says what came", async (t) => {
  const folder = path.join(tempFolder(t), "a/b");
  const { status, stdout, stderr } = await runCli(["extract", image, "--output", folder]);
  assert.equal(stderr, "");
  assert.match(stdout, /^extracted 2 files, 3 folders, 1 symlink \(14 bytes\) to ".*\/a\/b" in \d\.\d s\n$/);
  assert.equal(status, 0);
  assert.equal(statSync(path.join(folder, "usr/bin/tool")).mode & 0o777, 0o755);
});

test("extracts what is named, with its path", async (t) => {
  const folder = tempFolder(t);
  const { status, stdout } = await runCli(["extract", image, "/usr/bin/tool", "--output", folder, "--json"]);
  const { seconds, ...summary } = JSON.parse(stdout) as Record<string, unknown>;
  assert.equal(typeof seconds, "number");
  assert.deepEqual(summary, {
    output: folder,
    files: 1,
    folders: 2,
    symlinks: 0,
    special: 0,
    bytes: 10,
    leftOut: [],
    notRestored: [],
  });
  assert.equal(status, 0);
  assert.deepEqual(readdirSync(folder, { recursive: true }).sort(), ["usr", "usr/bin", "usr/bin/tool"]);
});

test("replaces nothing unless it is told to, and names what it left out", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "usr/bin"), { recursive: true });
  writeFileSync(path.join(folder, "usr/bin/tool"), "mine");
  const { status, stderr } = await runCli(["extract", image, "--output", folder]);
  assert.equal(
    stderr,
    `sysext: ${image}: "usr/bin/tool" was not extracted: there is already a file of this name\n` +
      `sysext: ${image}: use --force to replace existing files\n`,
  );
  assert.equal(status, 2);
  assert.equal(readFileSync(path.join(folder, "usr/bin/tool"), "utf8"), "mine");
  assert.equal((await runCli(["extract", image, "--output", folder, "--force"])).status, 0);
  assert.equal(readFileSync(path.join(folder, "usr/bin/tool"), "utf8"), "#!/bin/sh\n");
});

test("says what is missing or wrong", async (t) => {
  const folder = tempFolder(t);
  const file = path.join(folder, "file");
  writeFileSync(file, "");
  for (const [args, message] of [
    [["extract"], /argument IMAGE is missing/],
    [["extract", image], /option "--output DIR" is missing/],
    [
      ["extract", image, "usr/nothing", "--output", folder],
      /demo\.raw: cannot read "usr\/nothing": no such file or folder/,
    ],
    [["extract", image, "--output", file], /cannot create the folder ".*file"/],
    [["extract", image, "--output", `${file}/below`], /cannot create the folder ".*below"/],
    ...(process.platform === "linux"
      ? ([[["extract", image, "--output", "/proc/sysext-test/new"], /cannot create the folder "\/proc/]] as const)
      : []),
    [["extract", image, "--output", folder, "--partition", "x"], /"x" is not a valid partition number/],
    [["extract", image, "--output", folder, "--partition", "1"], /has no partitions/],
    [["extract", file, "--output", folder], /it is an empty file/],
  ] as const) {
    const { status, stdout, stderr } = await runCli(args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
    assert.equal(stderr.split("\n").length, 2);
  }
});

test("who is not root gets all but owners, devices and setuid bits, and is told so", async (t) => {
  if (!requireRoot(t) || !requireTool(t, "mksquashfs", "setfattr")) return;
  const full = path.join(work, "full");
  mkdirSync(full);
  makeFullTree(full);
  const large = path.join(work, "full.raw");
  makeSquashfs(full, large);
  const folder = tempFolder(t);
  chmodSync(folder, 0o777);
  const args = ["extract", large, "--output", path.join(folder, "out"), "--json"];
  const { status, stdout, stderr } = await runCli(args, { uid: 65_534 });
  assert.equal(status, 2, stderr);
  const { leftOut, notRestored } = JSON.parse(stdout) as { leftOut: { path: string }[]; notRestored: string[] };
  assert.deepEqual(leftOut.map(({ path: at }) => at).sort(), [
    "special/block",
    "special/char",
    "special/socket",
    "special/whiteout",
  ]);
  assert.match(notRestored.join("\n"), /owners: only root/);
  assert.match(notRestored.join("\n"), /setuid/);
  assert.match(notRestored.join("\n"), /extended attributes: .*Operation not permitted/);
  assert.equal(statSync(path.join(folder, "out/usr/bin/tool")).mode & 0o7777, 0o755);
  assert.equal(existsSync(path.join(folder, "out/special/fifo")), true);
});
