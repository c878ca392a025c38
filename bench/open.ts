// How long it takes until the root of a large image is listed, beside unsquashfs, and how much of the image is read.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ByteSource } from "../image/src/bytes/byte-source.ts";
import { openImage } from "../image/src/index.ts";
import { nodeDecompressors } from "../image/src/node/codecs.ts";
import { openFileSource } from "../image/src/node/file-source.ts";
import { median } from "./measure.ts";

export const title = "open an image of 1 GB and list its root (median of 21; unsquashfs is a whole process)";

const rounds = 21;

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const image = makeLargeImage(work);
    const ours: number[] = [];
    const theirs: number[] = [];
    let bytesRead = 0;
    for (let round = 0; round < rounds; round++) {
      const opened = await openAndList(image);
      ours.push(opened.milliseconds);
      bytesRead = opened.bytesRead;
      const start = performance.now();
      execFileSync("unsquashfs", ["-l", "-max-depth", "1", image], { stdio: "ignore" });
      theirs.push(performance.now() - start);
    }
    console.log(
      `  ${median(ours).toFixed(1)} ms (first time ${ours[0]?.toFixed(1)} ms) and ${Math.round(bytesRead / 1000)} kB read; ` +
        `unsquashfs ${median(theirs).toFixed(1)} ms`,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** An image with one file of 1 GB that is not compressed, and 2,000 small ones. */
function makeLargeImage(work: string): string {
  const folder = path.join(work, "large");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "large"), "");
  truncateSync(path.join(folder, "large"), 2 ** 30);
  for (let i = 0; i < 2000; i++) writeFileSync(path.join(folder, `small-${i}`), `${i}`);
  const image = path.join(work, "large.raw");
  const options = ["-noappend", "-no-progress", "-quiet", "-noD", "-no-sparse", "-no-duplicates"];
  execFileSync("mksquashfs", [folder, image, ...options]);
  return image;
}

async function openAndList(image: string): Promise<{ milliseconds: number; bytesRead: number }> {
  const started = performance.now();
  const file = await openFileSource(image);
  let bytesRead = 0;
  const source: ByteSource = {
    size: file.size,
    read(offset, length, signal) {
      bytesRead += length;
      return file.read(offset, length, signal);
    },
  };
  const { tree } = await openImage(source, nodeDecompressors());
  await tree.list("");
  const milliseconds = performance.now() - started;
  await file.close();
  return { milliseconds, bytesRead };
}
