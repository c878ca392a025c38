// Compressed images: unpacked into a cache, opened from there, and nothing is left of what was not finished.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { constants, crc32, gzipSync, zstdCompressSync } from "node:zlib";
import type { FileCompression } from "../../image/src/content.ts";
import { memorySource } from "../../image/src/index.ts";
import { openUnpacked } from "../../image/src/node/image-cache.ts";
import { imageCacheFolder, openImageFile, type UnpackOptions } from "../../image/src/node/index.ts";
import { unpackStream } from "../../image/src/node/unpack-stream.ts";
import { findTool, requireTool, tempFolder } from "../support/tools.ts";
import { buildInMemory } from "./memory-image.ts";
import { noise, prose } from "./sample-tree.ts";

const image = await buildInMemory({ "usr/lib/text": prose(300_000, "text"), "usr/lib/noise": noise(70_000, "noise") });

/** All that comes out of a compressed file in memory. */
async function unpacked(bytes: Uint8Array, compression: FileCompression): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  await unpackStream(memorySource(bytes), compression, async (content) => {
    for await (const piece of content) parts.push(Uint8Array.from(piece));
  });
  return Buffer.concat(parts);
}

function packed(program: string, content: Uint8Array, ...options: string[]): Buffer {
  return execFileSync(program, ["--stdout", "--quiet", ...options], { input: content, maxBuffer: 1 << 28 });
}

/** A frame that whoever unpacks passes over. */
const skippable = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5]);

interface Place {
  readonly file: string;
  readonly cacheFolder: string;
  readonly unpack: UnpackOptions;
}

function place(t: TestContext, name: string, content: Uint8Array): Place {
  const folder = tempFolder(t);
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const cacheFolder = path.join(folder, "cache");
  return { file, cacheFolder, unpack: { cacheFolder } };
}

test("a compressed image is refused, with the way out, unless it may be unpacked", async (t) => {
  const { file } = place(t, "image.raw.zst", zstdCompressSync(image));
  await assert.rejects(openImageFile(file), {
    kind: "unsupported",
    message: 'it is a file compressed with zstd; unpack it with "unzstd" and open the image that comes out',
  });
});

/** An image packed by xz where that is here; CI has it. */
const byXz = findTool("xz") === undefined ? [] : [["xz", execFileSync("xz", ["--stdout"], { input: image })] as const];

for (const [compression, bytes] of [["gzip", gzipSync(image)], ["zstd", zstdCompressSync(image)], ...byXz] as const) {
  test(`an image compressed with ${compression} opens, says so, and is unpacked once`, async (t) => {
    const { file, cacheFolder, unpack } = place(t, "image.raw", bytes);
    const seen: [number, number][] = [];
    const opened = await openImageFile(file, { unpack: { ...unpack, progress: (...args) => seen.push(args) } });
    assert.equal(opened.compressedWith, compression);
    assert.equal(opened.fileSize, image.length);
    assert.match(
      opened.facts.warning ?? "",
      new RegExp(`^it is compressed with ${compression}, which hosts do not accept;`),
    );
    assert.deepEqual(Buffer.from(await opened.tree.read("usr/lib/text", 0, 1 << 20)), prose(300_000, "text"));
    await opened.close();
    assert.deepEqual(seen.at(-1), [bytes.length, bytes.length]);
    const [name = ""] = readdirSync(cacheFolder);
    assert.match(name, /^[0-9a-f]{64}\.image$/);
    assert.deepEqual(readFileSync(path.join(cacheFolder, name)), Buffer.from(image));

    seen.length = 0;
    await (await openImageFile(file, { unpack: { ...unpack, progress: (...args) => seen.push(args) } })).close();
    assert.deepEqual(seen, []);
    utimesSync(file, 1, 1);
    await (await openImageFile(file, { unpack })).close();
    assert.equal(readdirSync(cacheFolder).length, 2, "a file that has changed is unpacked anew");
  });
}

test("gzip members and zstd frames follow each other, with frames between them that are passed over", async (t) => {
  const [a, b] = [prose(300_000, "a"), noise(200_000, "b")];
  const both = Buffer.concat([a, b]);
  assert.deepEqual(await unpacked(Buffer.concat([gzipSync(a), gzipSync(b)]), "gzip"), both);
  const frames = [skippable, zstdCompressSync(a), skippable, skippable, zstdCompressSync(b), skippable];
  assert.deepEqual(await unpacked(Buffer.concat(frames), "zstd"), both);
  const { file, unpack } = place(t, "image.raw.zst", Buffer.concat([skippable, skippable, zstdCompressSync(image)]));
  const opened = await openImageFile(file, { unpack });
  assert.equal(opened.compressedWith, "zstd");
  await opened.close();
});

test("zstd's own variants: checksums, no sizes, large windows, many blocks", async (t) => {
  if (!requireTool(t, "zstd")) return;
  const content = Buffer.concat([prose(5_000_000, "a"), noise(3_000_000, "b"), Buffer.alloc(4_000_000)]);
  for (const options of [["-1"], ["-19", "--check"], ["--no-check"], ["--ultra", "-22", "--long=27"], ["--fast=5"]]) {
    assert.deepEqual(await unpacked(packed("zstd", content, ...options), "zstd"), content, options.join(" "));
  }
  const needy = execFileSync("zstd", ["--stdout", "--long=30", "--no-content-size"], {
    input: content,
    maxBuffer: 1 << 28,
  });
  await assert.rejects(unpacked(needy, "zstd"), {
    kind: "unsupported",
    message: /takes 1024 MB of memory; unpack it with "zstd -d --long=31"/,
  });
});

const programBytes = readFileSync(process.execPath);

test("xz's variants: presets, checks, filters, blocks, streams", async (t) => {
  if (!requireTool(t, "xz")) return;
  const content = Buffer.concat([programBytes.subarray(0, 1_500_000), prose(3_000_000, "a"), noise(300_000, "b")]);
  for (const options of [
    ["-0"],
    ["-9e"],
    ["--check=none"],
    ["--check=crc32"],
    ["--check=sha256"],
    ["--threads=2", "--block-size=1MiB"],
    ["--threads=1", "--block-size=100KiB"],
    ["--lzma2=dict=4KiB"],
    ["--lzma2=dict=64KiB,lc=0,lp=4,pb=4"],
    ["--delta=dist=3", "--lzma2=preset=1"],
    ["--x86", "--lzma2=preset=1"],
    ["--x86", "--delta=dist=4", "--lzma2=preset=1"],
    ["--arm64", "--lzma2=preset=1"],
    ["--ia64=start=4096", "--lzma2=preset=1"],
    ["--armthumb", "--lzma2=preset=1,dict=64KiB"],
  ]) {
    assert.ok((await unpacked(packed("xz", content, ...options), "xz")).equals(content), options.join(" "));
  }
  const [a, b] = [packed("xz", prose(100_000, "a")), packed("xz", noise(100_000, "b"), "--check=sha256")];
  const streams = Buffer.concat([a, Buffer.alloc(8), b, packed("xz", Buffer.alloc(0)), a, Buffer.alloc(4)]);
  const both = Buffer.concat([prose(100_000, "a"), noise(100_000, "b"), prose(100_000, "a")]);
  assert.ok((await unpacked(streams, "xz")).equals(both));
});

test("xz unpacks more than its dictionary holds, many times over", async (t) => {
  if (!requireTool(t, "xz")) return;
  // Repeats from as far back as the dictionary reaches, behind positions that are counted on.
  const part = noise(1_000_003, "far");
  const content = Buffer.concat([...Array.from({ length: 12 }, () => part), programBytes.subarray(0, 10_000_000)]);
  for (const options of [["--lzma2=preset=0,dict=1MiB,lp=2,lc=2"], ["--lzma2=preset=1,dict=2MiB"]]) {
    assert.ok((await unpacked(packed("xz", content, ...options), "xz")).equals(content), options.join(" "));
  }
});

/** An xz file with other flags in all of its headers, and their checksums. */
function withCheck(bytes: Buffer, check: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[7] = check;
  copy.writeUInt32LE(crc32(copy.subarray(6, 8)), 8);
  copy[copy.length - 3] = check;
  copy.writeUInt32LE(crc32(copy.subarray(-8, -2)), copy.length - 12);
  return copy;
}

test("xz: checks of unknown kinds are passed over, and all others hold", async (t) => {
  if (!requireTool(t, "xz")) return;
  const content = noise(5000, "checks");
  const sizes = { crc32: 4, crc64: 8, sha256: 32 } as const;
  for (const [check, size] of Object.entries(sizes)) {
    const bytes = packed("xz", content, `--check=${check}`);
    const index = bytes.readUInt32LE(bytes.length - 8) * 4 + 4;
    const at = bytes.length - 12 - index - size;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await assert.rejects(unpacked(bytes, "xz"), { kind: "corrupt", message: /xz block/ }, check);
    if (check === "crc32") assert.ok((await unpacked(withCheck(bytes, 2), "xz")).equals(content));
  }
});

test("xz: what needs too much memory is refused, before it is taken", async (t) => {
  if (!requireTool(t, "xz")) return;
  const bytes = packed("xz", noise(5000, "memory"));
  const properties = bytes.indexOf(Buffer.from([0x21, 0x01])) + 2;
  bytes[properties] = 36; // 1 GiB
  bytes.writeUInt32LE(crc32(bytes.subarray(12, 12 + 8)), 12 + 8);
  await assert.rejects(unpacked(bytes, "xz"), {
    kind: "unsupported",
    message: 'unpacking it takes 1024 MB of memory; unpack it with "unxz"',
  });
});

test("an end that is missing, other bytes, and what stands behind the end are damage", async () => {
  for (const [compression, bytes] of [
    ["gzip", gzipSync(image)],
    ["zstd", zstdCompressSync(image, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })],
    ...byXz,
  ] as const) {
    for (const length of [bytes.length - 1, bytes.length - 5, 1000, 20, 7]) {
      await assert.rejects(
        unpacked(bytes.subarray(0, length), compression),
        { kind: "corrupt" },
        `${compression} ${length}`,
      );
    }
    const changed = Buffer.from(bytes);
    changed.fill(0x55, 1000, 1100);
    await assert.rejects(unpacked(changed, compression), { kind: "corrupt" }, compression);
  }
  await assert.rejects(unpacked(Buffer.concat([zstdCompressSync(image), Buffer.from("else")]), "zstd"), {
    kind: "corrupt",
  });
});

test("whoever cancels finds nothing left behind", async (t) => {
  const { file, cacheFolder, unpack } = place(t, "image.raw.gz", gzipSync(noise(8_000_000, "long")));
  const control = new AbortController();
  const progress = (done: number) => done > 1_000_000 && control.abort();
  await assert.rejects(openImageFile(file, { unpack: { ...unpack, signal: control.signal, progress } }), {
    name: "AbortError",
  });
  assert.deepEqual(readdirSync(cacheFolder), []);
});

test("a file that changes while it is unpacked is not taken for what it was", async (t) => {
  const { file, cacheFolder, unpack } = place(t, "image.raw.gz", gzipSync(noise(8_000_000, "long")));
  let isChanged = false;
  const progress = () => {
    if (!isChanged) utimesSync(file, 5, 5);
    isChanged = true;
  };
  const changed = { kind: "io", message: "the file changed while it was unpacked; open it again" };
  await assert.rejects(openImageFile(file, { unpack: { ...unpack, progress } }), changed);
  assert.deepEqual(readdirSync(cacheFolder), []);
});

test("two who want the same image at once get it, and one who cancels takes it from nobody", async (t) => {
  const { file, cacheFolder, unpack } = place(
    t,
    "image.raw.gz",
    gzipSync(Buffer.concat([image, noise(8_000_000, "long")])),
  );
  const control = new AbortController();
  const progress = (done: number) => done > 1_000_000 && control.abort();
  const first = openImageFile(file, { unpack: { ...unpack, signal: control.signal, progress } });
  const second = openImageFile(file, { unpack });
  await assert.rejects(first, { name: "AbortError" });
  await (await second).close();
  const [a, b] = await Promise.all([openImageFile(file, { unpack }), openImageFile(file, { unpack })]);
  await Promise.all([a.close(), b.close()]);
  assert.equal(readdirSync(cacheFolder).length, 1);
});

test("a file that is no image inside keeps its error, and zeros take no room", async (t) => {
  const { file, cacheFolder, unpack } = place(t, "zeros.raw.gz", gzipSync(Buffer.alloc(50_000_000)));
  await assert.rejects(openImageFile(file, { unpack }), { kind: "unsupported", message: /^it is only zeros/ });
  const [name = ""] = readdirSync(cacheFolder);
  const { size, blocks } = statSync(path.join(cacheFolder, name));
  assert.equal(size, 50_000_000);
  if (process.platform === "linux") assert.ok(blocks * 512 < 1_000_000, `${blocks} blocks`);
});

test("a disk that would become full ends it with a sentence, and the oldest images go when the cache is", async (t) => {
  const { file, cacheFolder, unpack } = place(t, "image.raw.gz", gzipSync(prose(200_000_000, "bomb"), { level: 1 }));
  const open = async (limits: Parameters<typeof openUnpacked>[3]) => {
    await (await openUnpacked(file, "gzip", unpack, limits)).close();
  };
  let looks = 0;
  const disk = async () => ({ free: ++looks < 3 ? 200 * 2 ** 20 : 9 * 2 ** 20, reserve: 10 * 2 ** 20 });
  await assert.rejects(open({ total: 2 ** 40, disk }), {
    kind: "io",
    message: `unpacking it would fill the disk of "${cacheFolder}", which has 9 MB free; free some space, or unpack it with "gunzip" and open the image that comes out`,
  });
  assert.deepEqual(readdirSync(cacheFolder), []);

  const [old, recent, begun] = ["old.image", "recent.image", ".#begun.image.012345"].map((name) =>
    path.join(cacheFolder, name),
  );
  for (const [other, days] of [
    [old, 3],
    [recent, 1],
    [begun, 2],
  ] as const) {
    writeFileSync(other ?? "", noise(1_000_000, "old"));
    const time = Date.now() / 1000 - days * 86_400;
    utimesSync(other ?? "", time, time);
  }
  await open({ total: 201_500_000, disk: async () => ({ free: 2 ** 40, reserve: 0 }) });
  assert.deepEqual(
    [old, recent, begun].map((name) => existsSync(name ?? "")),
    [false, true, false],
  );
});

test("the cache is where each system has its caches", () => {
  const home = "/home/of/somebody";
  assert.equal(imageCacheFolder({ XDG_CACHE_HOME: "/cache" }, "linux"), "/cache/sysext-workbench/images");
  assert.match(imageCacheFolder({ XDG_CACHE_HOME: "relative" }, "linux"), /[^e]\/\.cache\/sysext-workbench\/images$/);
  assert.match(imageCacheFolder({ XDG_CACHE_HOME: home }, "darwin"), /\/Library\/Caches\/sysext-workbench\/images$/);
  assert.match(imageCacheFolder({}, "win32"), /AppData.Local.sysext-workbench.images$/);
});

test("a folder that cannot be made is named", async (t) => {
  const { file, cacheFolder, unpack } = place(t, "image.raw.gz", gzipSync(image));
  writeFileSync(cacheFolder, "");
  await assert.rejects(openImageFile(file, { unpack }), {
    kind: "io",
    message: /^cannot create the folder ".*cache": /,
  });
});
