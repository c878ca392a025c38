// A file's facts as text, in the words and signs of ls.
import { deviceNumbers, type FileStat, type FileType, modeText } from "../../../image/src/index.ts";
import { formatBytes, formatCount, formatTime } from "../quantities.ts";

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

/** The lines of a tooltip: mode, owner, size and time. */
export function factLines(stat: FileStat): string[] {
  const lines = [
    `Mode: ${modeText(stat)} (${stat.mode.toString(8).padStart(4, "0")})`,
    `Owner: ${stat.uid}:${stat.gid}`,
  ];
  if (stat.type === "file") lines.push(`Size: ${sizeText(stat.size)}`);
  if (stat.rdev !== undefined) {
    const { major, minor } = deviceNumbers(stat.rdev);
    lines.push(`Device: ${major}, ${minor}`);
  }
  lines.push(`Time: ${formatTime(stat.mtime)}`);
  if (stat.type !== "directory" && stat.nlink > 1) lines.push(`Names: ${stat.nlink} (hard links)`);
  return lines;
}

/** The exact number too, where the short form rounds it. */
function sizeText(bytes: number): string {
  return bytes < 1000 ? formatBytes(bytes) : `${formatBytes(bytes)} (${formatCount(bytes)} bytes)`;
}
