// A file's facts as text, in the words and signs of ls.
import type { FileStat, FileType } from "../../../image/src/index.ts";
import { formatBytes, formatCount, formatTime } from "../quantities.ts";

const typeLetters: Readonly<Record<FileType, string>> = {
  file: "-",
  directory: "d",
  symlink: "l",
  char: "c",
  block: "b",
  fifo: "p",
  socket: "s",
};

const typeNames: Readonly<Record<FileType, string>> = {
  file: "file",
  directory: "folder",
  symlink: "symlink",
  char: "character device",
  block: "block device",
  fifo: "fifo",
  socket: "socket",
};

/** What a screen reader calls the type. */
export function typeName(type: FileType): string {
  return typeNames[type];
}

/** Type and permissions as ls shows them: "-rwsr-xr-x". */
export function modeText(type: FileType, mode: number): string {
  const three = (shift: number, special: number, letter: string): string => {
    const bits = mode >> shift;
    const run = (bits & 1) !== 0;
    const last = (mode & special) === 0 ? (run ? "x" : "-") : run ? letter : letter.toUpperCase();
    return `${bits & 4 ? "r" : "-"}${bits & 2 ? "w" : "-"}${last}`;
  };
  return typeLetters[type] + three(6, 0o4000, "s") + three(3, 0o2000, "s") + three(0, 0o1000, "t");
}

/** The lines of a tooltip: mode, owner, size and time. */
export function factLines(stat: FileStat): string[] {
  const lines = [
    `Mode: ${modeText(stat.type, stat.mode)} (${stat.mode.toString(8).padStart(4, "0")})`,
    `Owner: ${stat.uid}:${stat.gid}`,
  ];
  if (stat.type === "file") lines.push(`Size: ${sizeText(stat.size)}`);
  if (stat.rdev !== undefined) lines.push(`Device: ${deviceText(stat.rdev)}`);
  lines.push(`Time: ${formatTime(stat.mtime)}`);
  if (stat.type !== "directory" && stat.nlink > 1) lines.push(`Names: ${stat.nlink} (hard links)`);
  return lines;
}

/** The exact number too, where the short form rounds it. */
function sizeText(bytes: number): string {
  return bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}

/** Major and minor number, from Linux's encoding. */
function deviceText(device: number): string {
  return `${(device >>> 8) & 0xfff}, ${(device & 0xff) | ((device >>> 12) & 0xfff00)}`;
}
