// `sysext ls`, `cat` and `info` as a user runs them, on good images and bad ones.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { buildInMemory, patched } from "../images/memory-image.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { cliFile, ensureBundles, runCli, startCli } from "./run-cli.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-cli-"));
const at = (name: string) => path.join(work, name);
const image = at("demo.raw");
const release = "ID=_any\nARCHITECTURE=x86-64\n";
const large = Buffer.alloc(3_500_000, "a large file, larger than a pipe takes at once; ");

before(async () => {
  ensureBundles();
  chmodSync(work, 0o755);
  const bytes = await buildInMemory(
    {
      usr: { type: "directory", mtime: 1_700_000_000 },
      "usr/bin": { type: "directory", mtime: 1_700_000_000 },
      "usr/bin/tool": { content: "#!/bin/sh\n", mode: 0o755, mtime: 1_700_000_000 },
      "usr/bin/alias": { target: "tool", mtime: 1_700_000_000 },
      "usr/lib/extension-release.d/extension-release.demo": release,
      "usr/share/evil\x1b[31m\nname": "evil",
      "usr/share/large": large,
      "usr/share/with-xattrs": { content: "x", xattrs: { "user.note": Buffer.from("noted") } },
    },
    { compression: "gzip", sourceDateEpoch: 1_700_000_000 },
  );
  writeFileSync(image, bytes);
  writeFileSync(at("plain.raw"), await buildInMemory({ "usr/one": "1", "usr/two": "2" }));
  writeFileSync(at("truncated.raw"), bytes.subarray(0, bytes.length - 5000));
  writeFileSync(at("corrupt.raw"), patched(await buildInMemory({ "usr/some-name": "1" }), "some-name", "some/name"));
  writeFileSync(at("text.raw"), "ID=fedora\n");
  writeFileSync(at("empty.raw"), "");
});
after(() => rmSync(work, { recursive: true, force: true }));

test("ls lists the root, a folder or one file", async () => {
  assert.deepEqual(await runCli(["ls", image]), { status: 0, stdout: "usr\n", stderr: "" });
  const { stdout } = await runCli(["ls", image, "/usr/bin/"]);
  assert.equal(stdout, "usr/bin/alias\nusr/bin/tool\n");
  assert.equal((await runCli(["ls", image, "./usr/bin/tool"])).stdout, "usr/bin/tool\n");
});

test("ls --recursive lists all, and no control character reaches the terminal", async () => {
  const { stdout } = await runCli(["ls", image, "--recursive"]);
  assert.equal(
    stdout,
    [
      "usr",
      "usr/bin",
      "usr/bin/alias",
      "usr/bin/tool",
      "usr/lib",
      "usr/lib/extension-release.d",
      "usr/lib/extension-release.d/extension-release.demo",
      "usr/share",
      "usr/share/evil\\x1b[31m\\nname",
      "usr/share/large",
      "usr/share/with-xattrs",
      "",
    ].join("\n"),
  );
});

test("ls --long shows mode, owner, size, time and target", async () => {
  assert.equal(
    (await runCli(["ls", image, "usr/bin", "--long"])).stdout,
    "lrwxrwxrwx   1     0     0           4 2023-11-14 22:13:20 usr/bin/alias -> tool\n" +
      "-rwxr-xr-x   1     0     0          10 2023-11-14 22:13:20 usr/bin/tool\n",
  );
});

test("ls --json prints an object a line", async () => {
  const { stdout } = await runCli(["ls", image, "usr", "--json", "--recursive"]);
  const entries = new Map(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
      .map((entry) => [entry.path, entry]),
  );
  const common = { uid: 0, gid: 0, mtime: 1_700_000_000 };
  assert.deepEqual(entries.get("usr/bin/tool"), {
    path: "usr/bin/tool",
    type: "file",
    mode: "0755",
    ...common,
    size: 10,
  });
  assert.deepEqual(entries.get("usr/bin/alias"), {
    path: "usr/bin/alias",
    type: "symlink",
    mode: "0777",
    ...common,
    size: 4,
    target: "tool",
  });
  assert.deepEqual(entries.get("usr/share/with-xattrs").xattrs, { "user.note": "bm90ZWQ=" });
  assert.ok(entries.has("usr/share/evil\x1b[31m\nname"));
});

test("cat writes the bytes of a file, and follows symlinks", async () => {
  assert.equal((await runCli(["cat", image, "usr/bin/alias"])).stdout, "#!/bin/sh\n");
  assert.equal((await runCli(["cat", image, "/usr/share/large"])).stdout, large.toString());
});

test("a reader that goes away ends cat and ls quietly", async () => {
  for (const args of [
    ["cat", image, "usr/share/large"],
    ["ls", image, "--recursive"],
  ]) {
    const child = startCli(args);
    child.stdout.destroy();
    const stderr: Buffer[] = [];
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    const [status] = await once(child, "close");
    assert.deepEqual([status, Buffer.concat(stderr).toString()], [0, ""]);
  }
});

test("a full disk under the output is told as such", async (t) => {
  if (process.platform !== "linux") return t.skip("needs /dev/full");
  const full = openSync("/dev/full", "w");
  const child = spawn(process.execPath, [cliFile, "cat", image, "usr/bin/tool"], { stdio: ["ignore", full, "pipe"] });
  const stderr: Buffer[] = [];
  child.stderr?.on("data", (chunk: Buffer) => stderr.push(chunk));
  const [status] = await once(child, "close");
  closeSync(full);
  assert.equal(status, 2);
  assert.equal(Buffer.concat(stderr).toString(), "sysext: the output cannot be written: the disk is full\n");
});

test("info tells format, extension and release file", async () => {
  const { status, stdout } = await runCli(["info", image]);
  assert.equal(status, 0);
  for (const line of [
    /^Format: +squashfs$/m,
    /^Compression: +gzip$/m,
    /^Created: +2023-11-14 22:13:20 UTC$/m,
    /^Extension: +demo \(sysext\)$/m,
    /^ {2}ARCHITECTURE=x86-64$/m,
  ]) {
    assert.match(stdout, line);
  }
});

test("info --json has stable keys", async () => {
  const info = JSON.parse((await runCli(["info", image, "--json"])).stdout);
  assert.deepEqual(Object.keys(info), [
    "image",
    "format",
    "compression",
    "blockSize",
    "bytes",
    "bytesUsed",
    "inodes",
    "created",
    "name",
    "class",
    "releaseFiles",
  ]);
  assert.deepEqual(info.releaseFiles, [
    {
      path: "usr/lib/extension-release.d/extension-release.demo",
      name: "demo",
      class: "sysext",
      content: release,
    },
  ]);
  assert.equal(JSON.parse((await runCli(["info", at("plain.raw"), "--json"])).stdout).name, undefined);
});

for (const [name, reason] of [
  ["missing.raw", /^no such file or folder$/],
  [".", /^it is a folder; name an image file$/],
  [
    "text.raw",
    /^it is a text file; only squashfs, erofs, ext4, btrfs and FAT images can be opened, by themselves or in a disk image, and tar and cpio archives$/,
  ],
  ["empty.raw", /^it is an empty file; build or download the image again$/],
  [
    "truncated.raw",
    /^the image is damaged: it should have \d+ bytes and ends after \d+; copy or download it again \(at byte 40\)$/,
  ],
] as const) {
  test(`${name}: info, ls and cat say why it cannot be read`, async () => {
    for (const args of [
      ["info", at(name)],
      ["ls", at(name)],
      ["cat", at(name), "usr/bin/tool"],
    ]) {
      const { status, stdout, stderr } = await runCli(args);
      assert.deepEqual([status, stdout], [2, ""]);
      assert.ok(stderr.startsWith(`sysext: ${at(name)}: `) && stderr.endsWith("\n"), stderr);
      assert.match(stderr.slice(`sysext: ${at(name)}: `.length, -1), reason);
    }
  });
}

test("a damaged folder ends a listing with the place of the damage", async () => {
  const { status, stderr } = await runCli(["ls", at("corrupt.raw"), "--recursive"]);
  assert.equal(status, 2);
  assert.match(stderr, /^sysext: \S+corrupt\.raw: the image is damaged: .* \(at byte \d+\)\n$/);
});

test("a path that is not in the image is named", async () => {
  assert.deepEqual(await runCli(["cat", image, "usr/nope"]), {
    status: 2,
    stdout: "",
    stderr: `sysext: ${image}: cannot read "usr/nope": no such file or folder\n`,
  });
  assert.match((await runCli(["cat", image, "usr"])).stderr, /cannot read "usr": it is a folder\n$/);
});

test("the stack is shown only to who asks for it", async () => {
  const { status, stderr } = await runCli(["ls", at("text.raw")], { env: { SYSEXT_DEBUG: "1" } });
  assert.equal(status, 2);
  assert.match(stderr, /^sysext: .*\n.*\n\s+at /);
});

test("an image that may not be read is told as such", async (t) => {
  const asRoot = process.getuid?.() === 0;
  if (process.platform === "win32") return t.skip("modes mean nothing on Windows");
  writeFileSync(at("secret.raw"), "hsqs", { mode: 0 });
  const { status, stderr } = await runCli(["info", at("secret.raw")], asRoot ? { uid: 65534 } : {});
  assert.deepEqual([status, stderr], [2, `sysext: ${at("secret.raw")}: no permission\n`]);
});

test("info lists the partitions of a disk", async (t) => {
  if (!requireTool(t, "sfdisk")) return;
  const disk = path.join(work, "disk.raw");
  const sectors = Math.ceil(statSync(image).size / 512);
  writeFileSync(disk, "");
  truncateSync(disk, (sectors + 4096) * 512);
  const type = "4f68bce3-e8cd-4db1-96e7-fbcaf984b709";
  const script = `label: gpt\nstart=2048, size=${sectors}, type=${type}, name="the root", attrs="GUID:60"`;
  execFileSync(findTool("sfdisk") ?? "", ["--quiet", "--no-reread", disk], { input: script });
  const handle = openSync(disk, "r+");
  writeSync(handle, readFileSync(image), 0, undefined, 2048 * 512);
  closeSync(handle);
  const { status, stdout } = await runCli(["info", disk]);
  assert.equal(status, 0);
  assert.match(stdout, /^Partitions \(GPT, sectors of 512 bytes\):$/m);
  assert.match(stdout, /^ {2}1: root x86-64, "the root", .+, [0-9a-f-]{36}, read-only$/m);
  const { partitionTable } = JSON.parse((await runCli(["info", "--json", disk])).stdout);
  assert.equal(partitionTable.partitions[0].role, "root");
});
