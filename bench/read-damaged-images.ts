// A program for faults.ts: damages the images of one format so many times, and prints what came of it.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { faultyFormats } from "../test/images/fault-images.ts";
import { damageAndRead } from "../test/images/faults.ts";

const [wanted = "", rounds = "", seed = ""] = process.argv.slice(2);
const format = faultyFormats.find((some) => some.format === wanted);
if (format === undefined) throw new Error(`there is no format "${wanted}"`);
const work = mkdtempSync(path.join(tmpdir(), "sysext-faults-"));
try {
  const counts = await damageAndRead(await format.make(work), Number(rounds), Number(seed));
  console.log(JSON.stringify({ ...counts, megabytes: process.resourceUsage().maxRSS / 1024 }));
} finally {
  rmSync(work, { recursive: true, force: true });
}
