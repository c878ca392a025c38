// Archives, FAT tables and compressed streams damaged where their checksums do not tell: each ends in a result or an ImageError.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { crc32, gzipSync, zstdCompressSync } from "node:zlib";
import { type ByteSource, ImageError } from "../../image/src/index.ts";
import { unpackStream } from "../../image/src/node/unpack-stream.ts";
import { campaign } from "../support/campaign.ts";
import { randomNumbers } from "../support/random-numbers.ts";
import { findTool, requireTool } from "../support/tools.ts";
import { countedSource, type Reading, readEverything } from "./faults.ts";
import { noise, prose, run } from "./sample-tree.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-hostile-"));
after(() => rmSync(work, { recursive: true, force: true }));

/** Far more than any of these takes, and less than a circle. */
const maxReads = 10_000;
const rounds = campaign(300, 1500);

type Pick = (below: number) => number;

/** Damages copies of `bytes` and hands them on. */
async function damageMany(
  name: string,
  bytes: Buffer,
  seed: number,
  change: (copy: Buffer, pick: Pick) => Buffer,
  read: (copy: Buffer) => Promise<Reading>,
): Promise<{ refused: number }> {
  assert.ok((await read(Buffer.from(bytes))).complete, `${name} must be readable undamaged`);
  const pick = randomNumbers(seed);
  let refused = 0;
  for (let round = 0; round < rounds; round++) {
    const copy = change(Buffer.from(bytes), pick);
    try {
      const { complete, reads } = await read(copy);
      if (!complete) refused += 1;
      assert.ok(reads < maxReads, `${reads} reads`);
    } catch (error) {
      throw new Error(`${name}, round ${round} of seed ${seed}`, { cause: error });
    }
  }
  return { refused };
}

function smallFolder(): string {
  const folder = path.join(work, "folder");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "d"), { recursive: true });
  writeFileSync(path.join(folder, "sparse"), "begin");
  truncateSync(path.join(folder, "sparse"), 100_000);
  writeFileSync(path.join(folder, "sparse"), "end", { flag: "a" });
  writeFileSync(path.join(folder, "d", "n".repeat(120)), noise(2000, "n"));
  writeFileSync(path.join(folder, "d/\u00e4"), "umlaut");
  run("ln", "-s", "d", path.join(folder, "link"));
  run("ln", path.join(folder, "sparse"), path.join(folder, "hard"));
  return folder;
}

const texts = [
  "00000000000",
  "77777777777",
  "\x80\0\0\0\0\0\0\x7f\xff\xff\xff\xff",
  "\xff\xff\xff\xff\xff\xff\xff\xff",
  "..",
  "/",
  "d/../..",
  "link/x",
  "link",
  "9".repeat(12),
  "\0",
];
/** Of names, numbers and maps; and anywhere. */
const fieldOffsets = [0, 108, 124, 136, 157, 329, 345, 386, 398, 482, 483, undefined];
const types = "0123456789gxLKSVMDNX";

/** Changes fields of headers, and gives those the checksum of what is in them now. */
function damageTar(copy: Buffer, pick: Pick): Buffer {
  for (let i = 1 + pick(4); i > 0; i--) {
    const block = pick(copy.length / 512) * 512;
    if (pick(4) === 0) copy[block + 156] = types.charCodeAt(pick(types.length));
    else
      copy.write(
        texts[pick(texts.length)] ?? "",
        block + (fieldOffsets[pick(fieldOffsets.length)] ?? pick(500)),
        "latin1",
      );
    if (copy.toString("latin1", block + 257, block + 262) !== "ustar") continue;
    copy.write("        ", block + 148);
    const sum = copy.subarray(block, block + 512).reduce((total, byte) => total + byte, 0);
    copy.write(`${sum.toString(8).padStart(6, "0")}\0 `, block + 148);
  }
  return pick(20) === 0 ? copy.subarray(0, pick(copy.length)) : copy;
}

test("tar archives whose headers say what cannot be", async (t) => {
  if (!requireTool(t, "tar")) return;
  const folder = smallFolder();
  const file = path.join(work, "archive.tar");
  let refused = 0;
  for (const [i, options] of [
    ["gnu"],
    ["gnu", "--sparse"],
    ["posix", "--sparse", "--sparse-version=0.0"],
    ["posix", "--sparse", "--sparse-version=1.0"],
    ["ustar", "--exclude=n*"],
  ].entries()) {
    const [format = "", ...more] = options;
    run("tar", `--format=${format}`, ...more, "-C", folder, "-cf", file, ".");
    const counts = await damageMany(`tar ${options.join(" ")}`, readFileSync(file), 500 + i, damageTar, readEverything);
    refused += counts.refused;
  }
  assert.ok(refused > rounds / 2, `${refused} were refused`);
});

test("FAT tables that lead anywhere, and entries that say anything", async (t) => {
  if (!requireTool(t, "mkfs.vfat", "mcopy")) return;
  const folder = smallFolder();
  rmSync(path.join(folder, "link"));
  const image = path.join(work, "fat.raw");
  for (const [i, [bits, kilobytes]] of (
    [
      ["12", "256"],
      ["16", "2600"],
      ["32", "33600"],
    ] as const
  ).entries()) {
    rmSync(image, { force: true });
    execFileSync(findTool("mkfs.vfat") ?? "", ["-C", "-F", bits, "-s", "1", "-f", "1", image, kilobytes], {
      stdio: "pipe",
    });
    execFileSync("mcopy", ["-s", "-i", image, path.join(folder, "d"), path.join(folder, "sparse"), "::"], {
      stdio: "pipe",
    });
    // All files are in front; FAT32 is told by its tables, so that the rest can go.
    const bytes = readFileSync(image).subarray(0, 2600 * 1024);
    if (bits === "32") bytes.writeUInt32LE(bytes.length / 512, 32);
    const reserved = bytes.readUInt16LE(14) * 512;
    const change = (copy: Buffer, pick: Pick): Buffer => {
      // The first clusters in the table, a link to one of them each; else a field of some entry of a folder.
      for (let n = 1 + pick(6); n > 0; n--) {
        const place = Math.floor((pick(60) * Number(bits)) / 8);
        if (pick(3) > 0) copy.writeUInt16LE(pick(3) === 0 ? 0xffff : pick(64), reserved + place);
        else copy[copy.indexOf("SPARSE  ", reserved, "latin1") - 96 + pick(128)] = pick(256);
      }
      if (pick(10) === 0) copy[11 + pick(36)] = pick(256);
      return copy;
    };
    const { refused } = await damageMany(`FAT${bits}`, bytes, 520 + i, change, readEverything);
    assert.ok(refused > rounds / 10, `${refused} were refused`);
  }
});

/** Unpacks a stream; what comes out of a damaged one may be long, and more than some is not asked for. */
async function unpack(bytes: Buffer, compression: "gzip" | "zstd" | "xz"): Promise<Reading> {
  const { source, reads } = countedSource(bytes);
  return { complete: await unpacks(source, compression), reads: reads() };
}

async function unpacks(source: ByteSource, compression: "gzip" | "zstd" | "xz"): Promise<boolean> {
  const enough = new Error("enough");
  let length = 0;
  try {
    await unpackStream(source, compression, async (content) => {
      for await (const piece of content) {
        length += piece.length;
        if (length > 1 << 24) throw enough;
      }
    });
    return true;
  } catch (error) {
    if (error === enough) return true;
    if (error instanceof ImageError && error.kind !== "io") return false;
    throw error;
  }
}

function damageStream(copy: Buffer, pick: Pick): Buffer {
  for (let i = 1 + pick(4); i > 0; i--) copy[pick(3) === 0 ? pick(40) : pick(copy.length)] = pick(256);
  if (pick(8) === 0) copy.copyWithin(pick(copy.length), pick(copy.length));
  return pick(8) === 0 ? copy.subarray(0, pick(copy.length)) : copy;
}

test("gzip and zstd streams with other bytes, and without their ends", async () => {
  const content = Buffer.concat([prose(60_000, "p"), noise(3000, "n")]);
  const gzip = Buffer.concat([gzipSync(content), gzipSync(content)]);
  const zstd = Buffer.concat([zstdCompressSync(content), zstdCompressSync(content)]);
  for (const [compression, bytes, seed] of [
    ["gzip", gzip, 540],
    ["zstd", zstd, 541],
  ] as const) {
    const { refused } = await damageMany(compression, bytes, seed, damageStream, (copy) => unpack(copy, compression));
    assert.ok(refused > rounds / 10, `${refused} were refused`);
  }
});

test("xz streams whose headers have their checksums, and whose content has none", async (t) => {
  if (!requireTool(t, "xz")) return;
  const content = Buffer.concat([prose(60_000, "p"), noise(3000, "n")]);
  for (const [i, options] of [
    ["--check=none"],
    ["--check=none", "--x86", "--delta=dist=2", "--lzma2=preset=1"],
    ["--check=crc64", "--block-size=20000"],
  ].entries()) {
    const bytes = execFileSync("xz", ["--stdout", "--threads=1", ...options], { input: content });
    const change = (copy: Buffer, pick: Pick): Buffer => {
      const damaged = damageStream(copy, pick);
      const headerSize = ((damaged[12] ?? 0) + 1) * 4;
      if (damaged.length < 12 + headerSize) return damaged;
      damaged.writeUInt32LE(crc32(damaged.subarray(6, 8)), 8);
      damaged.writeUInt32LE(crc32(damaged.subarray(12, 12 + headerSize - 4)), 12 + headerSize - 4);
      return damaged;
    };
    const { refused } = await damageMany(`xz ${options.join(" ")}`, bytes, 550 + i, change, (copy) =>
      unpack(copy, "xz"),
    );
    assert.ok(refused > rounds / 10, `${refused} were refused`);
  }
});
