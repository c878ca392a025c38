// The cache of unpacked images: each state of a file once, within the room that there is, and nothing half done.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { tempFolder } from "../../../test/support/tools.ts";
import { type CacheLimits, openUnpacked } from "./image-cache.ts";

const MiB = 2 ** 20;
const filled = (length: number, value = 1) => Buffer.alloc(length, value);
const roomy: CacheLimits = { total: 100 * MiB, disk: async () => ({ free: 1000 * MiB, reserve: 0 }) };

function place(t: TestContext) {
  const folder = tempFolder(t);
  const cacheFolder = path.join(folder, "cache");
  return {
    cacheFolder,
    names: () => readdirSync(cacheFolder).sort(),
    file(name: string, content: Uint8Array): string {
      writeFileSync(path.join(folder, name), gzipSync(content));
      return path.join(folder, name);
    },
    async open(file: string, limits: CacheLimits = roomy): Promise<Buffer> {
      const source = await openUnpacked(file, "gzip", { cacheFolder }, limits);
      try {
        return Buffer.from(await source.read(0, source.size));
      } finally {
        await source.close();
      }
    },
  };
}

test("a file is unpacked once for each of its states, with its zeros", async (t) => {
  const { file, open, names } = place(t);
  const content = Buffer.concat([filled(65_536), filled(3 * 65_536, 0), filled(7), filled(200_000, 0)]);
  const image = file("a.raw.gz", content);
  assert.ok((await open(image)).equals(content));
  const first = names();
  assert.match(first.join(), /^[0-9a-f]{64}\.image$/);
  assert.ok((await open(image, { ...roomy, disk: () => assert.fail("nothing is written") })).equals(content));
  assert.deepEqual(names(), first);
  file("a.raw.gz", filled(100));
  assert.equal((await open(image)).length, 100);
  assert.equal(names().length, 2);
  const zeros = filled(65_536, 0);
  assert.ok((await open(file("zeros.gz", zeros))).equals(zeros));
  assert.equal((await open(file("empty.gz", filled(0)))).length, 0);
});

test("two who want the same file wait for one unpacking", async (t) => {
  const { file, open, names } = place(t);
  let looks = 0;
  const disk = async () => {
    looks += 1;
    return { free: 1000 * MiB, reserve: 0 };
  };
  const image = file("a.raw.gz", filled(1000));
  const both = await Promise.all([open(image, { ...roomy, disk }), open(image, { ...roomy, disk })]);
  assert.deepEqual([both[0].length, both[1].length, looks, names().length], [1000, 1000, 1, 1]);
});

test("the disk is looked at before half of what may be written is used up", async (t) => {
  const { file, open, names } = place(t);
  let looks = 0;
  const disk = (free: number, reserve: number) => async () => {
    looks += 1;
    return { free, reserve };
  };
  const image = file("a.raw.gz", filled(8 * 65_536));
  await open(image, { ...roomy, disk: disk(10 * 65_536, 6 * 65_536) });
  assert.equal(looks, 4);
  const other = file("b.raw.gz", filled(65_536));
  await assert.rejects(open(other, { ...roomy, disk: disk(5 * MiB, 5 * MiB) }), {
    kind: "io",
    message:
      /^unpacking it would fill the disk of ".*cache", which has 5 MB free; free some space, or unpack it with "gunzip"/,
  });
  assert.equal(names().length, 1);
});

test("images that were used the longest time ago go first, and the newest stays", async (t) => {
  const { file, open, cacheFolder, names } = place(t);
  const total = 3 * MiB;
  const limits = { ...roomy, total };
  for (const [i, name] of ["a", "b", "c"].entries()) {
    await open(file(name, randomBytes(MiB - 65_536)), limits);
    for (const one of names().map((cached) => path.join(cacheFolder, cached))) {
      if (statSync(one).mtimeMs > 2_000_000) utimesSync(one, 1000 + i, 1000 + i);
    }
  }
  const before = names();
  assert.equal(before.length, 3);
  const oldest = before.find((name) => statSync(path.join(cacheFolder, name)).mtimeMs === 1_000_000) ?? "";
  await open(file("d", randomBytes(MiB)), limits);
  assert.equal(names().length, 3);
  assert.equal(existsSync(path.join(cacheFolder, oldest)), false);
  await open(file("e", randomBytes(2 * MiB)), { ...roomy, total: 1 });
  assert.equal(names().length, 1);
});

test("what was begun more than a day ago is removed, and what others are at stays", async (t) => {
  const { file, open, cacheFolder, names } = place(t);
  mkdirSync(cacheFolder);
  const age = (hours: number) => Date.now() / 1000 - hours * 3600;
  for (const [name, hours] of [
    [".#old", 25],
    [".#new", 23],
    ["other", 100],
  ] as const) {
    writeFileSync(path.join(cacheFolder, name), "");
    utimesSync(path.join(cacheFolder, name), age(hours), age(hours));
  }
  await open(file("a.raw.gz", filled(10)));
  assert.deepEqual(names().slice(0, 1), [".#new"]);
  assert.deepEqual([names().length, names().includes("other")], [3, true]);
});

test("an abort, damage and a file that changes meanwhile leave nothing behind", async (t) => {
  const { file, cacheFolder, names } = place(t);
  const image = file("a.raw.gz", filled(100_000));
  const open = (options: object, compression: "gzip" | "bzip2" = "gzip") =>
    openUnpacked(image, compression, { cacheFolder, ...options }, roomy);
  await assert.rejects(open({ signal: AbortSignal.abort() }), { name: "AbortError" });
  await assert.rejects(open({}, "bzip2"), { kind: "unsupported" });
  await assert.rejects(open({ progress: () => utimesSync(image, 5, 5) }), {
    kind: "io",
    message: "the file changed while it was unpacked; open it again",
  });
  assert.deepEqual(names(), []);
  await assert.rejects(openUnpacked(path.join(cacheFolder, "none"), "gzip", { cacheFolder }), {
    kind: "io",
    message: "the file cannot be read: no such file or folder",
  });
});
