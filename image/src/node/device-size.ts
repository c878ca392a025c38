// How many bytes a block device has, which its facts as a file do not say.
import { readFile } from "node:fs/promises";

/** The unit in which Linux tells sizes, and of which every device has whole ones. */
const sector = 512;

/** Reads up to `length` bytes at `position`, and gives how many there were. */
export type ReadCount = (position: number, length: number) => Promise<number>;

/** Bytes of the block device with this number: what Linux says, else found by reading. */
export async function deviceSize(rdev: number, read: ReadCount): Promise<number> {
  const sectors = await sectorsFromLinux(rdev);
  return sectors === undefined ? await sizeByReading(read) : sectors * sector;
}

/** Bytes up to the last sector that can be read, by halving; systems that do not tell sizes need it. */
export async function sizeByReading(read: ReadCount): Promise<number> {
  const isThere = async (index: number): Promise<boolean> => (await read(index * sector, sector)) === sector;
  let beyond = 1;
  while (beyond * sector < Number.MAX_SAFE_INTEGER / 4 && (await isThere(beyond - 1))) beyond *= 2;
  let sectors = Math.floor(beyond / 2);
  for (let high = beyond - 1; sectors < high; ) {
    const middle = Math.floor((sectors + high) / 2);
    if (await isThere(middle)) sectors = middle + 1;
    else high = middle;
  }
  return sectors * sector;
}

async function sectorsFromLinux(rdev: number): Promise<number | undefined> {
  if (process.platform !== "linux") return undefined;
  // As glibc packs the two numbers.
  const major = Math.floor(rdev / 256) & 0xfff;
  const minor = (rdev % 256) + Math.floor(rdev / 2 ** 20) * 256;
  try {
    const text = await readFile(`/sys/dev/block/${major}:${minor}/size`, "latin1");
    return /^\d+\n?$/.test(text) ? Number(text) : undefined;
  } catch {
    return undefined; // no /sys here, as in some containers
  }
}
