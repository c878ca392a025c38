// How long it takes until the root of a large image is listed, beside unsquashfs, and how much of the image is read.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeLargeImage, openAndList } from "../test/images/large-image.ts";
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
