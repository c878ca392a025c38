// How long it takes until the root of a large image is listed, beside unsquashfs, and how much of the image is read.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeErofs } from "../test/images/image-variants.ts";
import { makeLargeImage, type Opened } from "../test/images/large-image.ts";
import { makeSquashfs } from "../test/images/sample-tree.ts";
import { bundleProgram } from "./bundle-program.ts";
import { median } from "./measure.ts";

export const title = "open large images and list their root, each time in a new process (median of 11)";

const rounds = 11;

/** What `open-image.ts` prints: memory in bytes before and after. */
type OpenedAnew = Opened & { readonly milliseconds: number; readonly before: number; readonly after: number };

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const program = await bundleProgram("open-image", work);
    const measure = (name: string, measured: string) => measureWith(program, name, measured);

    const large = makeLargeImage(work);
    measure("squashfs of 1 GB", large);
    const theirs = Array.from({ length: rounds }, () => {
      const start = performance.now();
      execFileSync("unsquashfs", ["-l", "-max-depth", "1", large], { stdio: "ignore" });
      return performance.now() - start;
    });
    console.log(`    unsquashfs, whole process: ${median(theirs).toFixed(1)} ms`);
    rmSync(large);
    rmSync(path.join(work, "large"), { recursive: true });

    const small = path.join(work, "small");
    mkdirSync(path.join(small, "usr/bin"), { recursive: true });
    writeFileSync(path.join(small, "usr/bin/tool"), "#!/bin/sh\n");
    const image = path.join(work, "image.raw");
    makeExt4(image, small, 10 * 2 ** 30);
    measure("ext4 of 10 GiB, nearly empty", image);
    rmSync(image);
    makeBtrfs(image, 10 * 2 ** 30);
    measure("btrfs of 10 GiB, empty", image);

    const crowd = path.join(work, "crowd");
    for (let i = 0; i < 200; i++) {
      mkdirSync(path.join(crowd, `folder-${i}`), { recursive: true });
      for (let k = 0; k < 999; k++)
        writeFileSync(path.join(crowd, `folder-${i}`, `file-${k}`), k % 9 === 0 ? `${k}` : "");
    }
    makeSquashfs(crowd, image);
    measure("squashfs of 200,000 files", image);
    makeErofs(crowd, image);
    measure("erofs of 200,000 files", image);
    rmSync(image);
    makeExt4(image, crowd, 2 ** 31);
    measure("ext4 of 200,000 files", image);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function makeExt4(image: string, folder: string, size: number): void {
  writeFileSync(image, "");
  truncateSync(image, size);
  const inodes = size > 2 ** 32 ? [] : ["-N", "210000"];
  execFileSync("mke2fs", ["-q", "-t", "ext4", "-b", "4096", ...inodes, "-d", folder, image], { stdio: "pipe" });
}

function makeBtrfs(image: string, size: number): void {
  writeFileSync(image, "");
  truncateSync(image, size);
  execFileSync("mkfs.btrfs", ["--quiet", image], { stdio: "pipe" });
}

function measureWith(program: string, name: string, image: string): void {
  const opened = Array.from({ length: rounds }, () => openAnew(program, image));
  const [first] = opened;
  if (first === undefined) return;
  const times = opened.map(({ milliseconds }) => milliseconds);
  const more = median(opened.map(({ before, after }) => (after - before) / 2 ** 20));
  console.log(
    `  ${name}: ${median(times).toFixed(1)} ms (at most ${Math.max(...times).toFixed(1)}), ${Math.round(first.bytesRead / 1000)} kB read, ${more.toFixed(1)} MB of memory`,
  );
}

function openAnew(program: string, image: string): OpenedAnew {
  return JSON.parse(execFileSync(process.execPath, [program, image], { encoding: "utf8" })) as OpenedAnew;
}
