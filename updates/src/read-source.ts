// What a source of updates offers: the files of a folder, or the entries of a manifest on the disk or the network.
import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { earliestBestBefore, type Manifest, manifestName, parseManifest } from "../../server/src/core/index.ts";
import { type FetchControl, fetchFile, shownAddress } from "./fetch-file.ts";
import { listFolder } from "./list-folder.ts";
import type { OfferedFile } from "./offered-file.ts";
import { UpdateError, updateError } from "./update-error.ts";

export interface Source {
  readonly kind: "folder" | "manifest";
  /** Path or address of what was read, without a password. */
  readonly place: string;
  readonly files: readonly OfferedFile[];
  /** Of a manifest: the day (`2027-01-31`) with whose beginning hosts refuse it, and what else is to be said of it. */
  readonly bestBefore?: string;
  readonly doubts: Manifest["doubts"];
}

export interface ReadControl extends FetchControl {
  /** Whether folders inside a folder are looked into, as for patterns with `/`. */
  readonly deep?: boolean;
  /** The version of systemd that will read a manifest; the newest when left out. */
  readonly systemd?: number;
}

/**
 * More is no manifest: 64 MiB are half a million entries, and all of it is held in memory. systemd itself sets no limit.
 */
export const maxManifestBytes = 64 * 1024 * 1024;

/**
 * Reads a folder, a manifest file, or the manifest below an http or https address, and writes nothing. As systemd does, it
 * refuses a manifest for one line. Throws an UpdateError that names the place, and the line where there is one; or the
 * signal's reason.
 */
export async function readSource(place: string, control: ReadControl = {}): Promise<Source> {
  control.signal?.throwIfAborted();
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(place)) return await readAddress(place, control);
  return await readPath(place, control);
}

async function readAddress(place: string, control: ReadControl): Promise<Source> {
  const address = manifestAddress(place);
  if (address.protocol === "file:") return await readManifestFile(filePath(address, place), control);
  const { bytes, address: from } = await fetchFile(address, maxManifestBytes, control);
  return readManifest(bytes, shownAddress(from), control);
}

/**
 * The address of the manifest below the one of a source, as systemd makes it: what follows `?` or `#` does not count.
 * Throws an UpdateError for what is no http, https or file address.
 */
export function manifestAddress(place: string): URL {
  const source = URL.parse(place.replace(/[?#].*$/s, ""));
  if (source === null)
    throw new UpdateError(
      withoutPassword(place),
      "this is not a valid address; use one such as https://example.com/images",
    );
  if (!["http:", "https:", "file:"].includes(source.protocol)) {
    throw new UpdateError(
      shownAddress(source),
      `systemd fetches from http and https addresses, not from "${source.protocol}"`,
    );
  }
  const folder = source.pathname.replace(/\/+$/, "");
  source.pathname = folder.endsWith(`/${manifestName}`) ? folder : `${folder}/${manifestName}`;
  return source;
}

function filePath(address: URL, place: string): string {
  try {
    return fileURLToPath(address);
  } catch (error) {
    throw new UpdateError(place, "this address does not name a local file", error);
  }
}

/** What cannot be taken apart as an address may hold a password all the same. */
function withoutPassword(place: string): string {
  return place.replace(/\/\/[^/]*@/, "//");
}

async function readPath(place: string, control: ReadControl): Promise<Source> {
  try {
    const found = await stat(place);
    if (!found.isDirectory()) return await readManifestFile(place, control);
  } catch (error) {
    throw updateError(place, error);
  }
  return { kind: "folder", place, files: await listFolder(place, control), doubts: [] };
}

async function readManifestFile(file: string, control: ReadControl): Promise<Source> {
  return readManifest(await readWhole(file, control.signal), file, control);
}

/** The bytes of a manifest on the disk. Throws an UpdateError for what is no file, or too large for a manifest. */
export async function readWhole(file: string, signal?: AbortSignal): Promise<Buffer> {
  try {
    // A pipe without a writer would wait for ever.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      if (found.isDirectory()) throw new UpdateError(file, "it is a folder");
      if (!found.isFile()) throw new UpdateError(file, "it is neither a folder nor a file");
      if (found.size > maxManifestBytes) throw tooLarge(file, found.size);
      return await handle.readFile(signal === undefined ? {} : { signal });
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw updateError(file, error);
  }
}

function tooLarge(file: string, size: number): UpdateError {
  return new UpdateError(file, `it is too large for a manifest (${size} bytes; the limit is ${maxManifestBytes})`);
}

function readManifest(bytes: Uint8Array, place: string, { systemd }: ReadControl): Source {
  const manifest = parseManifest(manifestText(bytes, place), systemd);
  const [fault] = manifest.faults;
  if (fault !== undefined) throw new UpdateError(place, `line ${fault.line}: ${fault.message}`);
  const bestBefore = earliestBestBefore(manifest)?.date;
  return {
    kind: "manifest",
    place,
    files: manifest.entries.map(({ name, sha256 }) => ({ name, type: "file", sha256 })),
    doubts: manifest.doubts,
    ...(bestBefore === undefined ? {} : { bestBefore }),
  };
}

/** The text of a manifest. Throws an UpdateError that names the line with what is no UTF-8, for which systemd refuses it. */
export function manifestText(bytes: Uint8Array, place: string): string {
  try {
    return decode(bytes);
  } catch (error) {
    throw new UpdateError(
      place,
      `line ${lineWithoutText(bytes)}: it is not UTF-8 text; check that it is a manifest`,
      error,
    );
  }
}

/** A byte order mark stays, so that it is found where it stands. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function lineWithoutText(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line += 1) {
    const newline = bytes.indexOf(0x0a, start);
    try {
      decode(bytes.subarray(start, newline < 0 ? bytes.length : newline));
    } catch {
      return line;
    }
    if (newline < 0) return line;
    start = newline + 1;
  }
}
