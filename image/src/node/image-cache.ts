// Images that came compressed, unpacked into files of a cache folder: one for each state of each file, the oldest go first.
//
// gzip, zstd and xz cannot be read from the middle, so an image that is compressed as a whole is unpacked first, with zeros as
// holes, and before the disk is full. Only who asks for it (`unpack` in `openImageFile`) gets it, because hosts never accept
// such a file: commands that say what a host would do leave it compressed.
import { createHash } from "node:crypto";
import { readdir, realpath, rm, stat, statfs, utimes } from "node:fs/promises";
import path from "node:path";
import type { CancelSignal } from "../bytes/byte-source.ts";
import { ImageError } from "../bytes/image-error.ts";
import type { FileCompression } from "../content.ts";
import { unpackByHand } from "../detect-compression.ts";
import { createAtomicFile } from "./atomic-file.ts";
import { cacheFolder } from "./cache-folder.ts";
import { createFolder } from "./create-folder.ts";
import { type FileSource, openFileSource } from "./file-source.ts";
import { ioError } from "./io-error.ts";
import { unpackStream } from "./unpack-stream.ts";

/** How a compressed image is unpacked before it is opened. */
export interface UnpackOptions {
  /** Told from time to time how many bytes of the compressed file were read, and how many it has. */
  readonly progress?: (done: number, total: number) => void;
  /** Ends the unpacking, which leaves nothing behind. */
  readonly signal?: CancelSignal;
  /** The system's folder for caches, and in it our own, when it is not given. */
  readonly cacheFolder?: string;
}

/** What the cache may take; bytes. */
export interface CacheLimits {
  /** Of all files in it together; the newest stays whatever it takes. */
  readonly total: number;
  /** How many bytes the disk of a folder can still take, and how many have to be left. */
  readonly disk: (folder: string) => Promise<{ readonly free: number; readonly reserve: number }>;
}

const defaultLimits: CacheLimits = { total: 8 * 2 ** 30, disk: diskOf };

/** Left free on any disk: this much, or that share of a small one. */
const reserveBytes = 2 ** 30;
const reserveShare = 0.05;
/** At most so many bytes are written between two looks at what is left of the disk. */
const bytesPerLook = 64 * 2 ** 20;
/** Written at once; a stretch of zeros of that length is left out of the file. */
const pageSize = 64 * 1024;
/** What was begun and not ended so long ago is left from a program that was killed; milliseconds. */
const abandonedAfter = 24 * 60 * 60 * 1000;
const suffix = ".image";

/** The folder of unpacked images on this system. */
export function imageCacheFolder(...where: [environment?: NodeJS.ProcessEnv, platform?: NodeJS.Platform]): string {
  return cacheFolder("images", ...where);
}

/** An unpacking that goes on: who wants to hear of it, and its end. */
interface Running {
  readonly listeners: Set<(done: number, total: number) => void>;
  readonly end: Promise<void>;
}

const running = new Map<string, Running>();

/**
 * Opens the content of the compressed file at `file`: unpacks it into the cache folder unless it is there. Throws an
 * ImageError: `io` also when the disk is too full or the file changes meanwhile, else as `unpackStream`.
 */
export async function openUnpacked(
  file: string,
  compression: FileCompression,
  options: UnpackOptions = {},
  limits: CacheLimits = defaultLimits,
): Promise<FileSource> {
  const { progress, signal } = options;
  const folder = path.resolve(options.cacheFolder ?? imageCacheFolder());
  for (;;) {
    signal?.throwIfAborted();
    const target = path.join(folder, (await stateOf(file)) + suffix);
    const cached = await openCached(target);
    if (cached !== undefined) return cached;
    const other = running.get(target);
    if (other !== undefined) {
      await waitFor(other, progress, signal);
      continue;
    }
    const unpack = (tell: NonNullable<UnpackOptions["progress"]>) =>
      unpackTo(target, file, compression, { ...options, progress: tell }, limits);
    await start(target, unpack, progress);
    const content = await openFileSource(target);
    await makeRoom(folder, target, limits.total);
    return content;
  }
}

/** The name of a file's state: another one when it is written anew. */
async function stateOf(file: string): Promise<string> {
  try {
    const whole = await realpath(file);
    const { size, mtimeNs, ctimeNs } = await stat(whole, { bigint: true });
    return createHash("sha256").update([whole, size, mtimeNs, ctimeNs].join("\0")).digest("hex");
  } catch (error) {
    throw ioError("the file cannot be read", error);
  }
}

/** Opens what was unpacked before, and notes that it was used; undefined when it is not there. */
async function openCached(target: string): Promise<FileSource | undefined> {
  try {
    const source = await openFileSource(target);
    const now = new Date();
    await utimes(target, now, now).catch(() => undefined); // of a cache that nobody may write to
    return source;
  } catch {
    return undefined;
  }
}

/** Runs an unpacking that others who want the same can wait for. */
async function start(
  target: string,
  unpack: (tell: (done: number, total: number) => void) => Promise<void>,
  progress: UnpackOptions["progress"],
): Promise<void> {
  const listeners: Running["listeners"] = new Set(progress === undefined ? [] : [progress]);
  const end = unpack((done, total) => {
    for (const listener of listeners) listener(done, total);
  });
  running.set(target, { listeners, end });
  try {
    await end;
  } finally {
    running.delete(target);
  }
}

/** Waits for what another one has begun, until it ends, however that is, or `signal` says so. */
async function waitFor(
  { listeners, end }: Running,
  progress: UnpackOptions["progress"],
  signal: CancelSignal | undefined,
): Promise<void> {
  await new Promise<void>((resolve) => {
    const listen = (done: number, total: number) => {
      if (signal?.aborted === true) leave();
      else progress?.(done, total);
    };
    const leave = () => {
      listeners.delete(listen);
      resolve();
    };
    listeners.add(listen);
    end.then(leave, leave);
  });
}

async function unpackTo(
  target: string,
  original: string,
  compression: FileCompression,
  { progress, signal }: UnpackOptions,
  limits: CacheLimits,
): Promise<void> {
  const folder = path.dirname(target);
  // What is in an image may be nobody else's business.
  await createFolder(folder, 0o700);
  await removeAbandoned(folder);
  // Opened behind the look at its state, and looked at again: what is under the state's name is its content.
  const source = await openFileSource(original);
  const file = await createAtomicFile(target).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  try {
    const writer = sparseWriter(file.write, () => checkDisk(folder, compression, limits.disk));
    const unpacking = {
      ...(progress === undefined ? {} : { progress }),
      ...(signal === undefined ? {} : { signal }),
    };
    await unpackStream(source, compression, writer.take, unpacking);
    await writer.finish();
    signal?.throwIfAborted();
    if (path.basename(target) !== (await stateOf(original)) + suffix) {
      throw new ImageError("io", "the file changed while it was unpacked; open it again");
    }
    await commit(file.commit, target);
  } finally {
    await file.discard();
    await source.close();
  }
}

/** Another process that has unpacked the same may have it open, where that keeps others from replacing it. */
async function commit(rename: () => Promise<void>, target: string): Promise<void> {
  try {
    await rename();
  } catch (error) {
    const isThere = await stat(target).then(
      (found) => found.isFile(),
      () => false,
    );
    if (!isThere) throw error;
  }
}

interface SparseWriter {
  readonly take: (content: AsyncIterable<Uint8Array>) => Promise<void>;
  finish(): Promise<void>;
}

/** Writes content page by page without those that are zeros; `look` tells how many bytes may be written until it is asked again. */
function sparseWriter(
  write: (offset: number, bytes: Uint8Array) => Promise<void>,
  look: () => Promise<number>,
): SparseWriter {
  const page = Buffer.alloc(pageSize);
  const zeros = Buffer.alloc(pageSize);
  let filled = 0;
  let position = 0;
  let allowed = 0;
  let endsInHole = false;

  async function writePage(): Promise<void> {
    const bytes = page.subarray(0, filled);
    endsInHole = bytes.equals(zeros.subarray(0, filled));
    if (!endsInHole) {
      if (allowed <= 0) allowed = await look();
      await write(position, bytes);
      allowed -= filled;
    }
    position += filled;
    filled = 0;
  }

  return {
    async take(content) {
      for await (const piece of content) {
        for (let at = 0; at < piece.length; ) {
          const part = piece.subarray(at, at + pageSize - filled);
          page.set(part, filled);
          filled += part.length;
          at += part.length;
          if (filled === pageSize) await writePage();
        }
      }
    },
    async finish() {
      if (filled > 0) await writePage();
      if (endsInHole) await write(position - 1, zeros.subarray(0, 1));
    },
  };
}

/** How many bytes may be written before the next look; throws when there is no room for any. */
async function checkDisk(folder: string, compression: FileCompression, disk: CacheLimits["disk"]): Promise<number> {
  const { free, reserve } = await disk(folder);
  if (free > reserve) return Math.min(bytesPerLook, (free - reserve) / 2);
  throw new ImageError(
    "io",
    `unpacking it would fill the disk of "${folder}", which has ${Math.floor(free / 2 ** 20)} MB free; free some space, or ${unpackByHand(compression)}`,
  );
}

async function diskOf(folder: string): Promise<{ free: number; reserve: number }> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { free: bavail * bsize, reserve: Math.min(reserveBytes, blocks * bsize * reserveShare) };
  } catch (error) {
    throw ioError(`cannot read the folder "${folder}"`, error);
  }
}

/** Removes the images that were used the longest time ago until the others take no more than `total`; `newest` stays. */
async function makeRoom(folder: string, newest: string, total: number): Promise<void> {
  const files = await filesOf(folder, (name) => name.endsWith(suffix));
  let left = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { file, bytes } of files.toSorted((a, b) => a.used - b.used)) {
    if (left <= total) break;
    if (file === newest) continue;
    // Where an open file cannot be removed, the next time is early enough.
    await rm(file, { force: true }).then(
      () => {
        left -= bytes;
      },
      () => undefined,
    );
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  const before = Date.now() - abandonedAfter;
  for (const { file, used } of await filesOf(folder, (name) => name.startsWith(".#"))) {
    if (used < before) await rm(file, { force: true }).catch(() => undefined);
  }
}

interface CachedFile {
  readonly file: string;
  /** On the disk, without holes where the system says so. */
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly used: number;
}

async function filesOf(folder: string, wanted: (name: string) => boolean): Promise<CachedFile[]> {
  const names = (await readdir(folder).catch(() => [])).filter(wanted);
  const files = await Promise.all(
    names.map(async (name): Promise<CachedFile | undefined> => {
      const file = path.join(folder, name);
      try {
        const { blocks, size, mtimeMs } = await stat(file);
        return { file, bytes: process.platform === "win32" ? size : blocks * 512, used: mtimeMs };
      } catch {
        return undefined; // another process has removed it
      }
    }),
  );
  return files.filter((file) => file !== undefined);
}
