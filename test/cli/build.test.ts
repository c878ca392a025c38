// `sysext build` as a user runs it: what comes out, and what happens when it cannot.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import { waitUntil } from "../support/eventually.ts";
import { requireRoot, tempFolder } from "../support/tools.ts";
import { ensureBundles, runCli, startCli } from "./run-cli.ts";

before(ensureBundles);

const releaseFile = "usr/lib/extension-release.d/extension-release.demo";

/** A folder with the tree `demo` in it. */
function makeTree(t: TestContext, files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = tempFolder(t);
  chmodSync(folder, 0o755);
  const all = { [releaseFile]: "ID=_any\n", "usr/bin/tool": "#!/bin/sh\n", "README.md": "about", ...files };
  for (const [name, content] of Object.entries(all)) {
    const file = path.join(folder, "demo", name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content, { mode: name.startsWith("usr/bin/") ? 0o755 : 0o644 });
  }
  return folder;
}

test("the image has the extension's name and lies in the current folder", async (t) => {
  const folder = makeTree(t);
  const { status, stdout, stderr } = await runCli(["build", "demo"], { cwd: folder });
  assert.deepEqual([status, stderr], [0, ""]);
  assert.match(
    stdout,
    /^demo\.raw: \S+ \S+, squashfs, gzip 6, in \S+ s\nHolds 2 files, \d+ folders \(\d+ bytes\)\.\nLeft out: README\.md\.\n/,
  );
  const { stdout: listed } = await runCli(["ls", "demo.raw", "--recursive"], { cwd: folder });
  assert.equal(listed, `usr\nusr/bin\nusr/bin/tool\nusr/lib\nusr/lib/extension-release.d\n${releaseFile}\n`);
});

for (const [release, sentence] of [
  ["ID=debian\nVERSION_ID=13\n", "Merges on 1 of 2 hosts (Debian 13)."],
  ["ID=_any\n", "Merges on 2 of 2 hosts."],
  ["ID=fedora\nVERSION_ID=1\n", "Merges on 0 of 2 hosts."],
] as const) {
  test(`the summary names the hosts that merge the image: ${sentence}`, async (t) => {
    const folder = makeTree(t, { [releaseFile]: release, "sysext.json": '{ "hosts": ["debian-12", "debian-13"] }\n' });
    const { stdout } = await runCli(["build", "demo"], { cwd: folder });
    assert.ok(stdout.split("\n").includes(sentence), stdout);
  });
}

test("--json tells what was built", async (t) => {
  const folder = makeTree(t);
  const args = ["build", "demo", "--json", "--output", "out/deep/demo.raw", "--compression", "zstd"];
  const { status, stdout } = await runCli(args, { cwd: folder });
  assert.equal(status, 0);
  const { seconds, ...summary } = JSON.parse(stdout);
  const image = readFileSync(path.join(folder, "out/deep/demo.raw"));
  assert.equal(typeof seconds, "number");
  assert.deepEqual(summary, {
    image: "out/deep/demo.raw",
    name: "demo",
    format: "squashfs",
    compression: "zstd",
    bytes: image.length,
    sha256: createHash("sha256").update(image).digest("hex"),
    files: 2,
    reusedBytes: 0,
  });
});

test("options count before the project file, and both before what is usual", async (t) => {
  const folder = makeTree(t, {
    "sysext.json": '{ "name": "demo", "build": { "compression": "none", "blockSize": 4096 } }',
  });
  await runCli(["build", "demo"], { cwd: folder });
  const plain = JSON.parse((await runCli(["info", "demo.raw", "--json"], { cwd: folder })).stdout);
  assert.deepEqual([plain.compression, plain.blockSize], ["none", 4096]);
  await runCli(["build", "demo", "--compression", "gzip"], { cwd: folder });
  const packed = JSON.parse((await runCli(["info", "demo.raw", "--json"], { cwd: folder })).stdout);
  assert.deepEqual([packed.compression, packed.blockSize], ["gzip", 4096]);
});

test("SOURCE_DATE_EPOCH is the time of the image and the latest of its files", async (t) => {
  const folder = makeTree(t);
  await runCli(["build", "demo"], { cwd: folder, env: { SOURCE_DATE_EPOCH: "1000000000" } });
  const { stdout } = await runCli(["ls", "demo.raw", "usr/bin/tool", "--json"], { cwd: folder });
  assert.equal(JSON.parse(stdout).mtime, 1_000_000_000);
  assert.equal(
    JSON.parse((await runCli(["info", "demo.raw", "--json"], { cwd: folder })).stdout).created,
    1_000_000_000,
  );
});

test("an older image is replaced, another file only with --force", async (t) => {
  const folder = makeTree(t);
  for (let i = 0; i < 2; i++) assert.equal((await runCli(["build", "demo"], { cwd: folder })).status, 0);
  writeFileSync(path.join(folder, "notes"), "precious");
  const refused = await runCli(["build", "demo", "--output", "notes"], { cwd: folder });
  assert.equal(refused.status, 2);
  assert.match(
    refused.stderr,
    /^sysext: notes: "notes" already exists and is not an image .*; choose another name, or force it\n$/,
  );
  assert.equal(readFileSync(path.join(folder, "notes"), "utf8"), "precious");
  assert.equal((await runCli(["build", "demo", "--output", "notes", "--force"], { cwd: folder })).status, 0);
});

test("findings go to standard error and do not stop a build", async (t) => {
  const folder = makeTree(t, { [releaseFile]: "ID=_any\nARCHITECTURE=amd64\n" });
  const { status, stderr } = await runCli(["build", "demo"], { cwd: folder });
  assert.equal(status, 0);
  assert.match(stderr, /^demo\/usr\/lib\/.*:2:14: error: .*\[er\/architecture-invalid\]\n$/);
});

test("without a release file nothing is built, except with --force", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "demo/usr/bin"), { recursive: true });
  const { status, stdout, stderr } = await runCli(["build", "demo"], { cwd: folder });
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /^sysext: demo: the release file is missing, .*\n$/);
  assert.ok(!existsSync(path.join(folder, "demo.raw")));
  const forced = await runCli(["build", "demo", "--force"], { cwd: folder });
  assert.equal(forced.status, 0);
  assert.match(forced.stderr, /\[er\/missing\]/);
});

for (const [args, sentence] of [
  [["missing"], "missing: no such file or folder"],
  [["demo/README.md"], "demo/README.md: it is a file; give the folder of an extension tree"],
  [["demo", "--format", "erofs"], 'images of the format "erofs" cannot be built; use squashfs'],
  [
    ["demo", "--compression", "xz"],
    'squashfs images cannot be built with the compression "xz"; use gzip, zstd or none',
  ],
  [["demo", "--compresion", "gzip"], 'unknown option "--compresion" of "sysext build"; did you mean "--compression"?'],
] as const) {
  test(`"sysext build ${args.join(" ")}" fails with one sentence`, async (t) => {
    const folder = makeTree(t);
    assert.deepEqual(await runCli(["build", ...args], { cwd: folder }), {
      status: 2,
      stdout: "",
      stderr: `sysext: ${sentence}\n`,
    });
    assert.deepEqual(readdirSync(folder), ["demo"]);
  });
}

test("a folder without anything to merge is refused, with --force too", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "demo/bin"), { recursive: true });
  for (const force of [[], ["--force"]]) {
    const { status, stderr } = await runCli(["build", "demo", ...force], { cwd: folder });
    assert.equal(status, 2);
    assert.match(stderr, /^sysext: demo: there is no directory "usr" or "opt".*\n$/);
  }
});

test("a file that may not be read ends the build and leaves nothing", async (t) => {
  if (process.platform === "win32") return t.skip("modes mean nothing on Windows");
  const folder = makeTree(t, { "usr/share/secret": "secret" });
  chmodSync(path.join(folder, "demo/usr/share/secret"), 0);
  const out = path.join(folder, "out");
  mkdirSync(out);
  chmodSync(out, 0o777);
  const asUser = process.getuid?.() === 0 ? { uid: 65534 } : {};
  const { status, stderr } = await runCli(["build", "demo", "--output", "out/demo.raw"], { cwd: folder, ...asUser });
  assert.equal(status, 2);
  assert.match(stderr, /^sysext: demo: cannot read "usr\/share\/secret": no permission\n$/);
  assert.deepEqual(readdirSync(out), []);
});

test("a full disk ends the build and leaves nothing", async (t) => {
  if (process.platform !== "linux") return t.skip("needs Linux, to mount a small disk");
  if (!requireRoot(t)) return;
  const folder = makeTree(t, { "usr/share/large": randomBytes(6_000_000) });
  const disk = path.join(folder, "disk");
  mkdirSync(disk);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
  try {
    const { status, stderr } = await runCli(["build", "demo", "--output", "disk/demo.raw"], { cwd: folder });
    assert.equal(status, 2);
    assert.match(stderr, /^sysext: disk\/demo\.raw: .*the disk is full\n$/);
    assert.deepEqual(readdirSync(disk), []);
  } finally {
    execFileSync("umount", [disk]);
  }
});

test("Ctrl-C ends the build, leaves nothing behind and keeps the older image", async (t) => {
  if (process.platform === "win32") return t.skip("Windows sends no signals");
  const folder = makeTree(t);
  await runCli(["build", "demo"], { cwd: folder });
  const before = statSync(path.join(folder, "demo.raw"));
  mkdirSync(path.join(folder, "demo/usr/share"));
  for (let i = 0; i < 60; i++) writeFileSync(path.join(folder, `demo/usr/share/${i}`), randomBytes(1_000_000));
  const child = startCli(["build", "demo", "--compression", "zstd", "--level", "22"], { cwd: folder });
  await waitUntil(
    "the temporary file, which shows that the build is under way",
    () => readdirSync(folder).length >= 3 || child.exitCode !== null,
  );
  child.kill("SIGINT");
  const [status] = await once(child, "close");
  assert.equal(status, 130);
  assert.deepEqual(readdirSync(folder).sort(), ["demo", "demo.raw"]);
  assert.equal(statSync(path.join(folder, "demo.raw")).ino, before.ino);
});
