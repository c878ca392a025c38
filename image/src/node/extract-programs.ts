// What node cannot do for extracted files: attributes, devices and fifos, by the programs that can.
import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { ImageError } from "../bytes/image-error.ts";
import type { FileStat } from "../tree/file-tree.ts";
import { encodeName } from "../tree/names.ts";
import { deviceNumbers } from "../tree/stat-text.ts";
import { errorCode } from "./io-error.ts";

export interface FileXattrs {
  /** Path below the folder. */
  readonly path: string;
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
}

/** Files that one process is for. */
const filesAtATime = 1000;

/**
 * Sets the attributes of files in `folder`, of symlinks their own, as far as the system allows it. Gives undefined when all
 * are set, else why not: a clause about the machine or about what setfattr says first.
 */
export async function setXattrs(folder: string, files: readonly FileXattrs[]): Promise<string | undefined> {
  let first: string | undefined;
  for (let at = 0; at < files.length; at += filesAtATime) {
    const fault = await runSetfattr(folder, dumpOf(files.slice(at, at + filesAtATime)));
    first ??= fault;
  }
  return first;
}

/** Makes a device or fifo at `file`, with the modes that the process gives. Throws an ImageError when that fails. */
export async function makeSpecialFile(file: string, { type, rdev = 0 }: FileStat): Promise<void> {
  const { major, minor } = deviceNumbers(rdev);
  const program = type === "fifo" ? "mkfifo" : "mknod";
  const numbers = type === "fifo" ? [] : [type === "char" ? "c" : "b", String(major), String(minor)];
  try {
    await promisify(execFile)(program, ["--", file, ...numbers], { env: { ...process.env, LC_ALL: "C" } });
  } catch (error) {
    if (errorCode(error) === "ENOENT") throw new ImageError("io", `the program "${program}" is not installed`);
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim().split("\n")[0] : undefined;
    throw new ImageError("io", `${program} says: ${said?.replace(/^.*: /, "") ?? String(error)}`);
  }
}

function runSetfattr(folder: string, dump: Uint8Array): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn("setfattr", ["--no-dereference", "--restore=-"], {
      cwd: folder,
      stdio: ["pipe", "ignore", "pipe"],
      env: { ...process.env, LC_ALL: "C" },
    });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (complaint.length < 1000) complaint += text;
    });
    child.stdin.on("error", () => undefined); // it has ended before it read all, and says why itself
    child.on("error", () => resolve('the program "setfattr" is not installed'));
    child.on("close", (status) => {
      const [first = "setfattr could not set them"] = complaint.split("\n");
      resolve(status === 0 ? undefined : first.replace(/^setfattr: /, ""));
    });
    child.stdin.end(dump);
  });
}

/** As getfattr writes them: a path in a line, then names with their values in hexadecimal. */
function dumpOf(files: readonly FileXattrs[]): Uint8Array {
  const lines: string[] = [];
  for (const { path, xattrs } of files) {
    lines.push(`# file: ${escaped(`./${path}`)}`);
    for (const [name, value] of xattrs) lines.push(`${escaped(name)}=0x${Buffer.from(value).toString("hex")}`);
    lines.push("");
  }
  return Buffer.from(`${lines.join("\n")}\n`, "latin1");
}

/** Bytes that end a line or a name, or that are no ASCII, as `\ooo`. */
function escaped(name: string): string {
  return Array.from(encodeName(name), (byte) =>
    byte <= 0x20 || byte === 0x5c || byte === 0x3d || byte >= 0x7f
      ? `\\${byte.toString(8).padStart(3, "0")}`
      : String.fromCharCode(byte),
  ).join("");
}
