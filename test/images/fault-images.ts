// Small images of every format for damaging: all structures of the format are in them, and reading one takes a moment.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { findTool } from "../support/tools.ts";
import type { FaultyImage, Structures } from "./faults.ts";
import { makeErofs } from "./image-variants.ts";
import { buildInMemory } from "./memory-image.ts";
import { makeSquashfs, noise, prose, run } from "./sample-tree.ts";

export interface FaultyFormat {
  readonly format: string;
  /** What makes its images. */
  readonly tools: readonly string[];
  /** Whether making them takes a mount. */
  readonly mounts?: boolean;
  make(work: string): Promise<readonly FaultyImage[]> | readonly FaultyImage[];
}

/** A folder with something of everything, and little of it. */
function smallTree(work: string): string {
  const folder = path.join(work, "small");
  rmSync(folder, { recursive: true, force: true });
  const at = (...names: string[]) => path.join(folder, ...names);
  mkdirSync(at("usr/bin"), { recursive: true });
  mkdirSync(at("usr/many"));
  writeFileSync(at("usr/bin/tool"), "#!/bin/sh\n");
  chmodSync(at("usr/bin/tool"), 0o755);
  linkSync(at("usr/bin/tool"), at("usr/bin/same"));
  symlinkSync("../bin/tool", at("usr/many/link"));
  symlinkSync("x".repeat(90), at("usr/long-link"));
  writeFileSync(at("usr/prose"), prose(20_000, "prose"));
  writeFileSync(at("usr/noise"), noise(9000, "noise"));
  writeFileSync(at("usr/sparse"), prose(5000, "sparse"));
  truncateSync(at("usr/sparse"), 40_000);
  writeFileSync(at("usr/sparse"), "end", { flag: "a" });
  for (let i = 0; i < 60; i++) writeFileSync(at("usr/many", `file-${i}-with-a-long-name`), `${i}`);
  run("setfattr", "-n", "user.short", "-v", "value", at("usr/prose"));
  run("setfattr", "-n", "user.long", "-v", "v".repeat(700), at("usr/noise"));
  return folder;
}

const squashfsStart: Structures = [[0, 96]];
const erofsStart: Structures = [[1024, 128 + 4096]];
/** The superblock, the description of a group, and behind its maps the inodes. */
const extStart: Structures = [
  [1024, 352],
  [4096, 64],
  [4 * 4096, 60 * 256],
];
/** The superblock; the nodes of trees lie where mkfs.btrfs puts the first of them. */
const btrfsStart: Structures = [
  [65_536, 300],
  [65_536 + 811, 100],
  [1 << 20, 1 << 20],
];

async function ownSquashfs(): Promise<FaultyImage[]> {
  const images: FaultyImage[] = [];
  for (const compression of ["none", "gzip", "zstd"] as const) {
    const bytes = await buildInMemory(
      {
        "usr/bin/tool": { content: prose(9000, "tool"), mode: 0o755 },
        "usr/lib/noise": noise(13_000, "noise"),
        "usr/lib/zeros": new Uint8Array(30_000),
        "usr/lib/link": { target: "../bin/tool" },
        "usr/lib/attributes": {
          content: "x",
          xattrs: { "user.a": noise(300, "a"), "security.capability": noise(20, "c") },
        },
        "usr/share/a/b/c": "deep",
        ...Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`usr/share/many/${n}`, `${n}`])),
      },
      { compression },
    );
    images.push({ name: `our own squashfs, ${compression}`, bytes, structures: squashfsStart });
  }
  return images;
}

const squashfs: FaultyFormat = {
  format: "squashfs",
  tools: ["mksquashfs", "setfattr"],
  async make(work) {
    const folder = smallTree(work);
    const image = path.join(work, "image.raw");
    const variants = [
      ["-comp", "gzip", "-b", "4096"],
      ["-comp", "zstd", "-b", "8192"],
      ["-comp", "xz", "-Xbcj", "x86", "-b", "8192"],
      ["-comp", "lz4", "-b", "4096"],
      ["-comp", "lzo", "-b", "4096"],
      ["-comp", "lzma", "-b", "4096"],
      ["-noI", "-noId", "-noD", "-noF", "-noX", "-b", "4096"],
      ["-noI", "-noId", "-b", "4096", "-no-fragments"],
    ];
    const made = variants.map((options): FaultyImage => {
      makeSquashfs(folder, image, ...options);
      return { name: `mksquashfs ${options.join(" ")}`, bytes: readFileSync(image), structures: squashfsStart };
    });
    return [...(await ownSquashfs()), ...made];
  },
};

const erofs: FaultyFormat = {
  format: "erofs",
  tools: ["mkfs.erofs", "setfattr"],
  mounts: true,
  make(work) {
    const folder = smallTree(work);
    const image = path.join(work, "image.raw");
    return [
      ["-x1"],
      // Without the checksum over the first block damage gets further.
      ["-x1", "-Enosbcrc"],
      ["--chunksize=4096", "-x9", "-Enosbcrc"],
      ["-zlz4hc", "-C65536", "-Efragments,ztailpacking,nosbcrc"],
      ["-zlzma", "-Elegacy-compress,nosbcrc"],
      ["-zdeflate", "-C65536", "-Ededupe"],
      ["-zzstd", "-Eall-fragments,nosbcrc", "--xattr-prefix=user.s"],
    ].map((options): FaultyImage => {
      makeErofs(folder, image, ...options);
      return { name: `mkfs.erofs ${options.join(" ")}`, bytes: readFileSync(image), structures: erofsStart };
    });
  },
};

const ext: FaultyFormat = {
  format: "ext",
  tools: ["mke2fs", "setfattr"],
  make(work) {
    const folder = smallTree(work);
    const image = path.join(work, "image.raw");
    return [
      ["-t", "ext2"],
      ["-t", "ext4"],
      ["-t", "ext4", "-O", "inline_data,ea_inode", "-I", "512"],
      ["-t", "ext4", "-O", "^extents,^64bit"],
    ].map((options): FaultyImage => {
      rmSync(image, { force: true });
      const common = ["-q", "-b", "4096", "-N", "200", "-O", "^resize_inode,^has_journal", "-d", folder];
      execFileSync(findTool("mke2fs") ?? "", [...common, ...options, image, "1M"], { stdio: "pipe" });
      return { name: `mke2fs ${options.join(" ")}`, bytes: readFileSync(image), structures: extStart };
    });
  },
};

const btrfs: FaultyFormat = {
  format: "btrfs",
  tools: ["mkfs.btrfs", "setfattr"],
  make(work) {
    const folder = smallTree(work);
    const image = path.join(work, "image.raw");
    rmSync(image, { force: true });
    const options = ["--quiet", "--mixed", "--metadata", "single", "--data", "single", "--shrink", "--rootdir", folder];
    execFileSync(findTool("mkfs.btrfs") ?? "", [...options, image], { stdio: "pipe" });
    return [{ name: "mkfs.btrfs", bytes: readFileSync(image), structures: btrfsStart }];
  },
};

const sector = 512;

const disks: FaultyFormat = {
  format: "disk",
  tools: ["sfdisk", "mksquashfs", "setfattr"],
  make(work) {
    const inside = path.join(work, "inside.raw");
    makeSquashfs(smallTree(work), inside, "-noI", "-noD", "-noF");
    const content = readFileSync(inside);
    const rootType = "4f68bce3-e8cd-4db1-96e7-fbcaf984b709";
    const tables: Readonly<Record<string, string>> = {
      gpt: `label: gpt\nstart=2048, size=400, type=${rootType}, name=root\nstart=2600, size=50, type=swap\n`,
      mbr: "label: dos\nstart=2048, size=400, type=83\nstart=2600, size=300, type=5\nstart=2601, size=50, type=82\n",
    };
    return Object.entries(tables).map(([kind, script]): FaultyImage => {
      const image = path.join(work, "disk.raw");
      rmSync(image, { force: true });
      writeFileSync(image, "");
      truncateSync(image, 3000 * sector);
      execFileSync(findTool("sfdisk") ?? "", ["--quiet", "--no-reread", image], { input: script });
      const bytes = readFileSync(image);
      bytes.set(content, 2048 * sector);
      const structures: Structures = [
        [0, 2 * sector],
        [2 * sector, 512],
        [2048 * sector, 96],
        [2600 * sector, 2 * sector],
      ];
      return { name: `a disk with ${kind}`, bytes, structures };
    });
  },
};

const fat: FaultyFormat = {
  format: "fat",
  tools: ["mkfs.vfat", "mcopy", "setfattr"],
  make(work) {
    const folder = smallTree(work);
    rmSync(path.join(folder, "usr/many/link"));
    rmSync(path.join(folder, "usr/long-link"));
    const image = path.join(work, "fat.raw");
    return ["12", "16", "32"].map((bits): FaultyImage => {
      rmSync(image, { force: true });
      const kilobytes = { "12": "512", "16": "4400", "32": "33600" }[bits] ?? "512";
      execFileSync(findTool("mkfs.vfat") ?? "", ["-C", "-F", bits, "-s", "1", image, kilobytes], { stdio: "pipe" });
      execFileSync(findTool("mcopy") ?? "", ["-s", "-i", image, path.join(folder, "usr"), "::"], { stdio: "pipe" });
      const bytes = readFileSync(image);
      // The end of a large one is all free, and read only for its size.
      const structures: Structures = [
        [0, 90],
        [sector, 40 * sector],
      ];
      return { name: `mkfs.vfat -F ${bits}`, bytes, structures };
    });
  },
};

const archives: FaultyFormat = {
  format: "archive",
  tools: ["tar", "cpio", "setfattr"],
  make(work) {
    const folder = smallTree(work);
    const file = path.join(work, "archive");
    const names = run("find", folder, "-printf", "%P\\n")
      .split("\n")
      .filter((name) => name !== "")
      .join("\n");
    const tars = ["gnu", "pax", "ustar", "v7"].map((format): FaultyImage => {
      const more = format === "pax" ? ["--xattrs", "--sparse"] : format === "gnu" ? ["--sparse"] : [];
      run("tar", `--format=${format}`, ...more, "-C", folder, "-cf", file, ".");
      return { name: `tar ${format}`, bytes: readFileSync(file), structures: [[0, 4096]] };
    });
    const cpios = ["newc", "crc", "odc"].map((format): FaultyImage => {
      const options = ["--create", "--quiet", `--format=${format}`];
      const bytes = execFileSync("cpio", options, { cwd: folder, input: names, maxBuffer: 1 << 26 });
      return { name: `cpio ${format}`, bytes, structures: [[0, 2000]] };
    });
    return [...tars, ...cpios];
  },
};

export const faultyFormats: readonly FaultyFormat[] = [squashfs, erofs, ext, btrfs, disks, fat, archives];
