// Reads 20,000 damaged images of every format, each format in a process of its own, and tells the longest time and the memory.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { faultyFormats } from "../test/images/fault-images.ts";
import type { FaultCounts } from "../test/images/faults.ts";

export const title = "read 20,000 damaged images of every format (the longest one, and the process's memory)";

const rounds = 20_000;
const seed = 20_261;
const program = fileURLToPath(new URL("read-damaged-images.ts", import.meta.url));

export async function run(): Promise<void> {
  for (const { format } of faultyFormats) {
    const output = execFileSync(process.execPath, ["--expose-gc", program, format, String(rounds), String(seed)], {
      encoding: "utf8",
    });
    const { refused, slowestMilliseconds, megabytes } = JSON.parse(output) as FaultCounts & { megabytes: number };
    console.log(
      `  ${format}: ${rounds} images, ${refused} refused, the longest took ${slowestMilliseconds.toFixed(0)} ms, ${megabytes.toFixed(0)} MB at most`,
    );
  }
}
