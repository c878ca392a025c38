// Every kind of image that the installed tools can make: what makes it of a folder, and what the kernel calls it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withPrivateMounts } from "../support/private-mounts.ts";
import { findTool } from "../support/tools.ts";
import { inside, runOfDebian13 } from "./debian13-tool.ts";
import { makeSquashfs } from "./sample-tree.ts";

export interface ImageVariant {
  readonly name: string;
  readonly tool: string;
  /** The file system as the kernel calls it. */
  readonly type: string;
  /** The compression that the image says it has, where that is always the same. */
  readonly compression?: string;
  /** Makes the image of `folder`; both lie in one folder that the tool may see. */
  make(folder: string, image: string): void;
}

const squashfsOptions: Readonly<Record<string, readonly string[]>> = {
  "gzip, 128 KiB blocks": ["-comp", "gzip"],
  "gzip, 4 KiB blocks": ["-comp", "gzip", "-b", "4096"],
  "gzip, 1 MiB blocks": ["-comp", "gzip", "-b", "1048576"],
  "zstd, 128 KiB blocks": ["-comp", "zstd"],
  "zstd, 4 KiB blocks, best level": ["-comp", "zstd", "-b", "4096", "-Xcompression-level", "22"],
  "zstd, 1 MiB blocks": ["-comp", "zstd", "-b", "1048576"],
  "without fragments": ["-no-fragments"],
  "fragments for all ends": ["-always-use-fragments"],
  "without the export table": ["-no-exports"],
  "without looking for duplicates": ["-no-duplicates"],
  "without holes": ["-no-sparse"],
  "inodes not compressed": ["-noI"],
  "data and fragments not compressed": ["-noD", "-noF"],
  "nothing compressed": ["-noI", "-noId", "-noD", "-noF", "-noX"],
  "xz, but nothing compressed": ["-comp", "xz", "-noI", "-noId", "-noD", "-noF", "-noX"],
  "a gzip window of 512 bytes": ["-comp", "gzip", "-Xwindow-size", "9"],
  "xz, 128 KiB blocks": ["-comp", "xz"],
  "xz, 1 MiB blocks": ["-comp", "xz", "-b", "1048576"],
  "xz with a small dictionary": ["-comp", "xz", "-b", "65536", "-Xdict-size", "8192"],
  "xz with filters for programs": ["-comp", "xz", "-Xbcj", "x86,arm,armthumb,powerpc,sparc,ia64"],
  lz4: ["-comp", "lz4"],
  "lz4, best level, 1 MiB blocks": ["-comp", "lz4", "-Xhc", "-b", "1048576"],
  lzo: ["-comp", "lzo"],
  "lzo1x_1, 4 KiB blocks": ["-comp", "lzo", "-Xalgorithm", "lzo1x_1", "-b", "4096"],
};

const squashfsVariants = Object.entries(squashfsOptions).map(
  ([name, options]): ImageVariant => ({
    name: `squashfs: ${name}`,
    tool: "mksquashfs",
    type: "squashfs",
    make: (folder, image) => makeSquashfs(folder, image, ...options),
  }),
);

/** Options, and the compressions that the image says it has. */
const erofsOptions: Readonly<Record<string, readonly [options: readonly string[], compression: string]>> = {
  plain: [[], "none"],
  "in chunks": [["--chunksize=4096"], "none"],
  "in long chunks": [["--chunksize=65536"], "none"],
  "blocks of 512 bytes": [["-b512"], "none"],
  "extended inodes only": [["-Eforce-inode-extended"], "none"],
  lz4: [["-zlz4"], "lz4"],
  "lz4, blocks of 1024 bytes": [["-zlz4", "-b1024"], "lz4"],
  "lz4 as before Linux 5.4": [["-zlz4", "-Elegacy-compress"], "lz4"],
  "lz4hc, long pieces": [["-zlz4hc,12", "-C65536"], "lz4"],
  "lz4hc, long pieces, older index": [["-zlz4hc", "-C32768", "-Elegacy-compress"], "lz4"],
  "lz4hc, ends beside inodes": [["-zlz4hc", "-C65536", "-Eztailpacking"], "lz4"],
  "lz4hc, as sysext-bakery makes them": [["-zlz4hc,12", "-C65536", "-Efragments,ztailpacking"], "lz4"],
  "lz4, all in fragments": [["-zlz4", "-Eall-fragments"], "lz4"],
  "lz4, what repeats stored once": [["-zlz4", "-Ededupe"], "lz4"],
  lzma: [["-zlzma", "-C65536"], "lzma"],
  "lzma, fragments": [["-zlzma", "-C1048576", "-Efragments"], "lzma"],
  deflate: [["-zdeflate", "-C65536"], "deflate"],
  zstd: [["-zzstd", "-C65536"], "zstd"],
  "zstd, fragments, what repeats stored once": [["-zzstd", "-C131072", "-Efragments,dedupe"], "zstd"],
  "attributes beside inodes": [["-x1"], "none"],
  "attributes stored once": [["-x9"], "none"],
  "prefixes of attributes": [["--xattr-prefix=user.own.", "-zlz4"], "lz4"],
  "prefixes of attributes in a fragment": [["--xattr-prefix=user.own.", "-zlz4", "-Efragments"], "lz4"],
};

/** Makes an erofs image with the newest mkfs.erofs that there is here; keeps each file's own time. */
export function makeErofs(folder: string, image: string, ...options: readonly string[]): void {
  const work = path.dirname(image);
  rmSync(image, { force: true });
  const at = (host: string) => path.posix.join(inside, path.relative(work, host));
  runOfDebian13("mkfs.erofs", work, "-d0", "--preserve-mtime", ...options, at(image), at(folder));
}

const erofsVariants = Object.entries(erofsOptions).map(
  ([name, [options, compression]]): ImageVariant => ({
    name: `erofs: ${name}`,
    tool: "mkfs.erofs",
    type: "erofs",
    compression,
    make: (folder, image) => makeErofs(folder, image, ...options),
  }),
);

/** The least of options that make each structure: blocks have room for a long symlink. */
const extOptions: Readonly<Record<string, readonly string[]>> = {
  ext2: ["-t", "ext2", "-b", "4096"],
  ext3: ["-t", "ext3", "-b", "4096"],
  // With room for the large tree.
  ext4: ["-t", "ext4", "-b", "4096", "-N", "140000"],
  "ext4 with files in inodes": ["-t", "ext4", "-b", "4096", "-O", "inline_data", "-I", "1024"],
  "ext4 without extents": ["-t", "ext4", "-b", "4096", "-O", "^extents,^64bit"],
  "ext4 with groups of groups": ["-t", "ext4", "-b", "4096", "-g", "2048", "-O", "meta_bg,^resize_inode"],
  "ext4 without types in folders": ["-t", "ext4", "-b", "4096", "-O", "^filetype"],
  "ext4 with small inodes": ["-t", "ext4", "-b", "4096", "-I", "128"],
  "ext4 with clusters": ["-t", "ext4", "-b", "4096", "-O", "bigalloc", "-C", "16384"],
  "ext4 with large folders": ["-t", "ext4", "-b", "4096", "-O", "large_dir,ea_inode"],
};

function newFile(image: string, size: number): void {
  rmSync(image, { force: true });
  writeFileSync(image, "");
  truncateSync(image, size);
}

/** Lets the kernel fill the file system in `image` with a copy of `folder`; `before` runs there first, with it as `$2`. */
export function fillByKernel(image: string, folder: string, mountOptions: string, before = ":"): void {
  const mount = `${image}.mount`;
  mkdirSync(mount, { recursive: true });
  const script = `mount -o "loop$4" "$1" "$2"; ${before}; cp -a --sparse=always "$3/." "$2/"; umount "$2"`;
  const { status, output } = withPrivateMounts(script, image, mount, folder, mountOptions);
  rmSync(mount, { recursive: true });
  assert.equal(status, 0, output);
}

const extVariants = Object.entries(extOptions).flatMap(([name, options]): ImageVariant[] => {
  const common = { tool: "mke2fs", type: name.slice(0, 4), compression: "none" } as const;
  const makeFileSystem = (image: string, ...more: readonly string[]) => {
    newFile(image, 512 << 20);
    execFileSync(findTool("mke2fs") ?? "", ["-q", ...options, ...more, image], { stdio: "pipe" });
  };
  const filled: ImageVariant = {
    ...common,
    name: `${name}, filled by the kernel`,
    make(folder, image) {
      makeFileSystem(image);
      fillByKernel(image, folder, "");
    },
  };
  const whole: ImageVariant = {
    ...common,
    name: `${name}, filled by mke2fs`,
    make: (folder, image) => makeFileSystem(image, "-d", folder),
  };
  return [filled, whole];
});

const btrfsMounts: Readonly<Record<string, readonly [mount: string, options: readonly string[]]>> = {
  "not compressed": ["compress=no", []],
  zlib: ["compress-force=zlib", []],
  lzo: ["compress-force=lzo", []],
  zstd: ["compress-force=zstd", []],
  "nothing beside inodes": ["max_inline=0", []],
  "large nodes, holes written down": ["compress=zstd", ["--nodesize", "65536", "--features", "^no-holes"]],
  "other checksums": ["compress=no", ["--csum", "xxhash"]],
};

function makeBtrfs(image: string, ...options: readonly string[]): void {
  execFileSync(findTool("mkfs.btrfs") ?? "", ["--quiet", ...options, image], { stdio: "pipe" });
}

const btrfsVariants: readonly ImageVariant[] = [
  ...Object.entries(btrfsMounts).map(
    ([name, [mount, options]]): ImageVariant => ({
      name: `btrfs: ${name}, filled by the kernel`,
      tool: "mkfs.btrfs",
      type: "btrfs",
      make(folder, image) {
        newFile(image, 512 << 20);
        makeBtrfs(image, ...options);
        fillByKernel(image, folder, `,${mount}`);
      },
    }),
  ),
  {
    name: "btrfs: filled by mkfs.btrfs",
    tool: "mkfs.btrfs",
    type: "btrfs",
    make(folder, image) {
      rmSync(image, { force: true });
      makeBtrfs(image, "--metadata", "single", "--data", "single", "--shrink", "--rootdir", folder);
    },
  },
];

export const imageVariants: readonly ImageVariant[] = [
  ...squashfsVariants,
  ...erofsVariants,
  ...extVariants,
  ...btrfsVariants,
];
