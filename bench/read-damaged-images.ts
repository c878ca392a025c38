// A program for faults.ts: damages images so many times, and prints what came of it and the memory that it took.
import { readFileSync } from "node:fs";
import { damageAndRead, type FaultCounts, type FaultyImage, readEverything } from "../test/images/faults.ts";

/** An image in a file of its own. */
export type StoredImage = Omit<FaultyImage, "bytes"> & { readonly file: string };

export interface DamageReport extends FaultCounts {
  readonly slowestMilliseconds: number;
  /** The most that the process ever took. */
  readonly megabytes: number;
  /** What this program itself held of it: all images, and the damaged copy of the largest. */
  readonly heldMegabytes: number;
}

const [list = "", rounds = "", seed = ""] = process.argv.slice(2);
const stored = JSON.parse(readFileSync(list, "utf8")) as StoredImage[];
const images = stored.map(({ file, ...image }): FaultyImage => ({ ...image, bytes: readFileSync(file) }));
let slowestMilliseconds = 0;
const counts = await damageAndRead(images, Number(rounds), Number(seed), async (bytes) => {
  const started = performance.now();
  const reading = await readEverything(bytes);
  slowestMilliseconds = Math.max(slowestMilliseconds, performance.now() - started);
  return reading;
});
const megabyte = 2 ** 20;
const sizes = images.map(({ bytes }) => bytes.length / megabyte);
const report: DamageReport = {
  ...counts,
  slowestMilliseconds,
  megabytes: process.resourceUsage().maxRSS / 1024,
  heldMegabytes: sizes.reduce((sum, size) => sum + size, 0) + Math.max(...sizes),
};
console.log(JSON.stringify(report));
