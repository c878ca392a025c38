// Compressed images and archives on the command line: unpacked into the cache, told on standard error, ended by Ctrl-C.
import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, type TestContext, test } from "node:test";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { buildInMemory } from "../images/memory-image.ts";
import { noise, run } from "../images/sample-tree.ts";
import { waitUntil } from "../support/eventually.ts";
import { canMount, withPrivateMounts } from "../support/private-mounts.ts";
import { requireTool, tempFolder } from "../support/tools.ts";
import { cliFile, ensureBundles, runCli, startCli } from "./run-cli.ts";

before(ensureBundles);

const image = await buildInMemory({
  "usr/lib/extension-release.d/extension-release.demo": "ID=_any\n",
  "usr/bin/tool": "tool\n",
});
const note = (file: string) =>
  `sysext: ${file}: it is compressed with zstd, which hosts do not accept; decompress it before you deploy it\n`;

function place(t: TestContext, name: string, content: Uint8Array) {
  const folder = tempFolder(t);
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const env = { XDG_CACHE_HOME: path.join(folder, "cache") };
  return { folder, file, env, images: path.join(folder, "cache/sysext-workbench/images") };
}

test("a compressed image is listed, read, described and checked, and one line says that hosts do not accept it", async (t) => {
  const { file, env, images } = place(t, "demo.raw.zst", zstdCompressSync(image));
  const cat = await runCli(["cat", file, "usr/bin/tool"], { env });
  assert.deepEqual(cat, { status: 0, stdout: "tool\n", stderr: note(file) });
  const info = JSON.parse((await runCli(["info", "--json", file], { env })).stdout);
  assert.deepEqual(
    [info.format, info.compressedWith, info.bytes, info.name],
    ["squashfs", "zstd", image.length, "demo"],
  );
  assert.match(
    (await runCli(["info", file], { env })).stdout,
    /^Warning: +it is compressed with zstd, which hosts do not accept;/m,
  );
  const ls = await runCli(["ls", "--recursive", file], { env });
  assert.match(ls.stdout, /^usr\/bin\/tool$/m);
  const match = await runCli(["match", file, "--host", "fedora-42"], { env });
  assert.equal(match.stderr.startsWith(note(file)), true, match.stderr);
  assert.equal((await runCli(["check", file], { env })).stderr.startsWith(note(file)), true);
  assert.equal(readdirSync(images).length, 1);
});

test("archives open too, and say what they are", async (t) => {
  if (!requireTool(t, "tar")) return;
  const { folder, file, env } = place(t, "tree.tar.gz", new Uint8Array(0));
  mkdirSync(path.join(folder, "tree/usr"), { recursive: true });
  writeFileSync(path.join(folder, "tree/usr/file"), "content");
  run("tar", "--create", "--gzip", "--file", file, "--directory", path.join(folder, "tree"), "usr");
  const ls = await runCli(["ls", "--recursive", file], { env });
  assert.equal(ls.stdout, "usr\nusr/file\n");
  const info = JSON.parse((await runCli(["info", "--json", file], { env })).stdout);
  assert.deepEqual([info.format, info.variant, info.compressedWith], ["tar", "gnu", "gzip"]);
  assert.match(info.warning, /which hosts do not accept; unpack it.*it is a tar archive, which hosts do not accept/);
});

test("Ctrl-C ends unpacking and leaves nothing behind", async (t) => {
  const { file, env, images } = place(t, "large.raw.gz", gzipSync(Buffer.alloc(800_000_000, "long"), { level: 1 }));
  const child = startCli(["ls", file], { env });
  await waitUntil("a file of the cache", () => existsSync(images) && readdirSync(images).length > 0);
  child.kill("SIGINT");
  const [status] = await once(child, "close");
  assert.equal(status, 130);
  assert.deepEqual(readdirSync(images), []);
});

test("two processes at once unpack the same image, and both read it", async (t) => {
  const { file, env, images } = place(
    t,
    "demo.raw.zst",
    zstdCompressSync(Buffer.concat([image, noise(5_000_000, "tail")])),
  );
  const both = await Promise.all([1, 2, 3].map(() => runCli(["cat", file, "usr/bin/tool"], { env })));
  for (const result of both) assert.deepEqual(result, { status: 0, stdout: "tool\n", stderr: note(file) });
  assert.equal(readdirSync(images).length, 1);
});

test("a disk that would become full ends unpacking with a sentence", async (t) => {
  if (!canMount(t)) return;
  const { folder, file } = place(t, "bomb.raw.gz", gzipSync(Buffer.alloc(300_000_000, "bomb"), { level: 1 }));
  const script =
    'mkdir "$1/disk"; mount -t tmpfs -o size=100m tmpfs "$1/disk"; XDG_CACHE_HOME="$1/disk" "$3" "$4" ls "$2" || echo "status $?"; find "$1/disk/sysext-workbench/images" -type f';
  const { output } = withPrivateMounts(script, folder, file, process.execPath, cliFile);
  assert.match(
    output,
    /^sysext: .*bomb.raw.gz: unpacking it would fill the disk of ".*", which has \d+ MB free; free some space, or unpack it with "gunzip" and open the image that comes out\nstatus 2\n$/,
  );
});

test("what is compressed with something else is told, with the way out", async (t) => {
  const { file, env } = place(t, "image.raw.bz2", Buffer.from("BZh91AY&SY and more"));
  const { status, stderr } = await runCli(["ls", file], { env });
  assert.deepEqual(
    [status, stderr],
    [2, `sysext: ${file}: it is compressed with bzip2; unpack it with "bunzip2" and open the image that comes out\n`],
  );
});
