// Reads 20,000 damaged images of every format, each format in a process of its own, and tells the longest time and the memory.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { faultyFormats } from "../test/images/fault-images.ts";
import type { FaultyImage } from "../test/images/faults.ts";
import { bundleProgram } from "./bundle-program.ts";
import type { DamageReport, StoredImage } from "./read-damaged-images.ts";

export const title = "read 20,000 damaged images of every format (the longest one, and the process's memory)";

const rounds = 20_000;
const seed = 20_261;

export async function run(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "sysext-bench-"));
  try {
    const program = await bundleProgram("read-damaged-images", work);
    for (const { format, make } of faultyFormats) {
      const list = store(await make(work), work);
      const args = ["--expose-gc", program, list, String(rounds), String(seed)];
      const output = execFileSync(process.execPath, args, { encoding: "utf8" });
      const { refused, slowestMilliseconds, megabytes, heldMegabytes } = JSON.parse(output) as DamageReport;
      console.log(
        `  ${format}: ${rounds} images, ${refused} refused, the longest took ${slowestMilliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB at most, ${heldMegabytes.toFixed(0)} MB of them the images themselves`,
      );
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Writes images into files of `work`, and a list of them; gives the list's path. */
function store(images: readonly FaultyImage[], work: string): string {
  const stored = images.map(({ bytes, ...image }, i): StoredImage => {
    const file = path.join(work, `image-${i}.raw`);
    writeFileSync(file, bytes);
    return { ...image, file };
  });
  const list = path.join(work, "images.json");
  writeFileSync(list, JSON.stringify(stored));
  return list;
}
