// A file's type, permissions and device number in the signs of `ls`.
import type { FileStat, FileType } from "./file-tree.ts";

const typeLetters: Readonly<Record<FileType, string>> = {
  file: "-",
  directory: "d",
  symlink: "l",
  char: "c",
  block: "b",
  fifo: "p",
  socket: "s",
};

/** Type and permissions: `-rwsr-xr-x`. */
export function modeText({ type, mode }: Pick<FileStat, "type" | "mode">): string {
  return (
    typeLetters[type] +
    threeBits(mode, 6, 0o4000, "s") +
    threeBits(mode, 3, 0o2000, "s") +
    threeBits(mode, 0, 0o1000, "t")
  );
}

function threeBits(mode: number, shift: number, special: number, letter: string): string {
  const bits = mode >> shift;
  const run = (bits & 1) !== 0;
  const last = (mode & special) === 0 ? (run ? "x" : "-") : run ? letter : letter.toUpperCase();
  return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
}

/** Major and minor number, out of Linux's encoding, where the minor one lies around the major one. */
export function deviceNumbers(rdev: number): { readonly major: number; readonly minor: number } {
  return { major: (rdev >>> 8) & 0xfff, minor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00) };
}
