// Entries of an image: a path a line, a line as of `ls -l`, or a JSON object.
import { deviceNumbers, type FileStat, modeText } from "../../../image/src/index.ts";
import { printable } from "./printable.ts";

/** An entry with its metadata. */
export interface ListedEntry {
  /** From the root of the image. */
  readonly path: string;
  readonly stat: FileStat;
  /** Of a symlink. */
  readonly target?: string;
  readonly xattrs?: ReadonlyMap<string, Uint8Array>;
}

/** `-rwxr-xr-x  1 0 0  1234 2026-01-31 12:00:00 usr/bin/tool`; the time is in UTC. */
export function longLine({ path, stat, target }: ListedEntry): string {
  return shownLine(target === undefined ? printable(path) : `${printable(path)} -> ${printable(target)}`, stat);
}

/** The same of an entry that has no target, with its path as a terminal may show it. */
export function shownLine(path: string, stat: FileStat): string {
  const size = stat.rdev === undefined ? String(stat.size) : deviceText(stat.rdev, ", ");
  return `${accessText(stat)} ${size.padStart(11)} ${timeText(stat.mtime)} ${path}\n`;
}

/** The mode, the number of names and the owners. Most files of an image have those of the one before. */
function accessText(stat: FileStat): string {
  const { type, mode, nlink, uid, gid } = stat;
  const { of } = lastAccess;
  if (type !== of.type || mode !== of.mode || nlink !== of.nlink || uid !== of.uid || gid !== of.gid) {
    const owner = `${String(uid).padStart(5)} ${String(gid).padStart(5)}`;
    lastAccess = { of: stat, text: `${modeText(stat)} ${String(nlink).padStart(3)} ${owner}` };
  }
  return lastAccess.text;
}

let lastAccess: { of: Partial<FileStat>; text: string } = { of: {}, text: "" };

/** One line of JSON; `mode` is octal, `mtime` seconds since 1970, `rdev` "major:minor", the values of `xattrs` are base64. */
export function jsonLine({ path, stat, target, xattrs }: ListedEntry): string {
  const { type, mode, uid, gid, size, mtime, nlink, rdev } = stat;
  const entry = {
    path,
    type,
    mode: mode.toString(8).padStart(4, "0"),
    uid,
    gid,
    size,
    mtime,
    ...(target === undefined ? {} : { target }),
    ...(nlink > 1 ? { nlink } : {}),
    ...(rdev === undefined ? {} : { rdev: deviceText(rdev, ":") }),
    ...(xattrs === undefined || xattrs.size === 0 ? {} : { xattrs: xattrObject(xattrs) }),
  };
  return `${JSON.stringify(entry)}\n`;
}

/** `2026-01-31 12:00:00`, in UTC. */
export function timeText(seconds: number): string {
  // Most files of an image have the time of the one before.
  if (seconds !== lastTime.seconds) {
    lastTime = { seconds, text: new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19) };
  }
  return lastTime.text;
}

let lastTime = { seconds: 0, text: "1970-01-01 00:00:00" };

function deviceText(rdev: number, separator: string): string {
  const { major, minor } = deviceNumbers(rdev);
  return `${major}${separator}${minor}`;
}

function xattrObject(xattrs: ReadonlyMap<string, Uint8Array>): Record<string, string> {
  return Object.fromEntries(Array.from(xattrs, ([name, value]) => [name, Buffer.from(value).toString("base64")]));
}
