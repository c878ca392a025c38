// A program for faults.ts: damages images so many times, and prints what came of it and the memory that it took.
import { readFileSync } from "node:fs";
import { damageAndRead, type FaultyImage } from "../test/images/faults.ts";

/** An image in a file of its own. */
export type StoredImage = Omit<FaultyImage, "bytes"> & { readonly file: string };

const [list = "", rounds = "", seed = ""] = process.argv.slice(2);
const stored = JSON.parse(readFileSync(list, "utf8")) as StoredImage[];
const images = stored.map(({ file, ...image }): FaultyImage => ({ ...image, bytes: readFileSync(file) }));
const counts = await damageAndRead(images, Number(rounds), Number(seed));
console.log(JSON.stringify({ ...counts, megabytes: process.resourceUsage().maxRSS / 1024 }));
