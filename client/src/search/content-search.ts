// Searches the contents of files of a tree, line by line, passing over what is no text or too large.
import { setImmediate } from "node:timers/promises";
import type { CancelSignal, FileTree } from "../../../image/src/index.ts";
import { maxGivenUp, type TextMatcher } from "./text-matcher.ts";

export interface ContentHit {
  readonly path: string;
  /** From 0 on; the line and the place in it, in UTF-16 units. Of a binary file 0. */
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** The line, or the part of a long one that the match is in. */
  readonly text: string;
  /** Set for a file that is no text: the byte at which the match begins. */
  readonly offset?: number;
}

export interface ContentOptions {
  /** Searches also what is no text, and large files. */
  readonly everything: boolean;
  /** Hits that are wanted at most; the search may give some more. */
  readonly max: number;
  readonly signal?: CancelSignal;
  readonly counts: ContentCounts;
}

/** Grows while a search goes on. */
export interface ContentCounts {
  searched: number;
  binary: number;
  large: number;
  /** Files that could not be read. */
  unread: number;
}

/** Bytes of the largest file that is searched without being asked for. */
export const largeFile = 5_000_000;
/** Of one file at most, so that one does not drown all others. */
const maxHitsOfFile = 200;
/** Bytes that are read before they are searched at once, and files. */
const batchBytes = 2_000_000;
const batchFiles = 256;
/** Bytes of a large file that are searched at once; a line that is longer is cut there. */
const partBytes = 4_000_000;
/** Git and others look as far for a NUL, which no text has. */
const headBytes = 8000;
const maxShown = 240;

export function newContentCounts(): ContentCounts {
  return { searched: 0, binary: 0, large: 0, unread: 0 };
}

interface Part {
  readonly path: string;
  readonly text: string;
  /** Lines of the file before this part. */
  readonly line: number;
  /** Bytes before this part of a file that is no text. */
  readonly offset?: number;
}

/** Hits in the files at `paths` in their order, some at a time. Throws only when the signal says so. */
export async function* searchContents(
  tree: FileTree,
  paths: Iterable<string>,
  matcher: TextMatcher,
  options: ContentOptions,
): AsyncGenerator<readonly ContentHit[]> {
  let left = options.max;
  let batch: Part[] = [];
  let bytes = 0;
  for await (const part of partsOf(tree, paths, options)) {
    batch.push(part);
    bytes += part.text.length;
    if (bytes < batchBytes && batch.length < batchFiles) continue;
    const hits = hitsIn(batch, matcher);
    left -= hits.length;
    if (hits.length > 0) yield hits;
    if (left <= 0 || matcher.givenUp >= maxGivenUp) return;
    [batch, bytes] = [[], 0];
    await setImmediate();
  }
  const hits = hitsIn(batch, matcher);
  if (hits.length > 0) yield hits;
}

async function* partsOf(tree: FileTree, paths: Iterable<string>, options: ContentOptions): AsyncGenerator<Part> {
  const { signal, everything, counts } = options;
  for (const path of paths) {
    signal?.throwIfAborted();
    try {
      const { size } = await tree.stat(path, signal);
      if (size > largeFile && !everything) counts.large += 1;
      else yield* partsOfFile(tree, path, size, options);
    } catch {
      signal?.throwIfAborted();
      counts.unread += 1;
    }
  }
}

async function* partsOfFile(
  tree: FileTree,
  path: string,
  size: number,
  { everything, counts, signal }: ContentOptions,
): AsyncGenerator<Part> {
  let encoding: string | undefined;
  let line = 0;
  let rest = new Uint8Array(0);
  for (let at = 0; at < size; at += partBytes) {
    const read = await tree.read(path, at, Math.min(partBytes, size - at), signal);
    const bytes = rest.length === 0 ? read : joined(rest, read);
    if (at === 0) {
      encoding = encodingOf(bytes);
      if (encoding === undefined && !everything) {
        counts.binary += 1;
        return;
      }
    }
    const isLast = at + partBytes >= size;
    if (encoding === undefined) {
      // One character a byte, so that places in the text are places in the file.
      yield {
        path,
        text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"),
        line: 0,
        offset: at,
      };
      continue;
    }
    const end = isLast || encoding !== "utf-8" ? bytes.length : bytes.lastIndexOf(0x0a) + 1 || bytes.length;
    const text = new TextDecoder(encoding).decode(bytes.subarray(0, end)).replaceAll("\r\n", "\n");
    rest = bytes.slice(end);
    yield { path, text, line };
    if (!isLast) line += countLines(text, 0, text.length);
  }
  counts.searched += 1;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

/** Undefined for what is no text. */
function encodingOf(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return bytes.subarray(0, headBytes).includes(0) ? undefined : "utf-8";
}

function hitsIn(parts: readonly Part[], matcher: TextMatcher): ContentHit[] {
  const texts = parts.map(({ text }) => text);
  const hits: ContentHit[] = [];
  let place = { part: -1, at: 0, line: 0 };
  for (const { text: which, start, length } of matcher.find(texts, maxHitsOfFile)) {
    const part = parts[which];
    if (part === undefined) continue;
    if (place.part !== which) place = { part: which, at: 0, line: part.line };
    place = { part: which, at: start, line: place.line + countLines(part.text, place.at, start) };
    hits.push(part.offset === undefined ? lineHit(part, start, length, place.line) : byteHit(part, start, length));
  }
  return hits;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf("\n", from); at >= 0 && at < to; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

function lineHit({ path, text }: Part, start: number, length: number, line: number): ContentHit {
  const begin = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", start);
  const end = newline < 0 ? text.length : newline;
  const shownFrom = start - begin < maxShown / 2 ? begin : start - maxShown / 4;
  const shown = text.slice(shownFrom, Math.min(end, shownFrom + maxShown));
  return { path, line, column: start - begin, length: Math.min(length, end - start), text: shown };
}

function byteHit({ path, text, offset = 0 }: Part, start: number, length: number): ContentHit {
  const from = Math.max(0, start - 16);
  const shown = text.slice(from, Math.min(text.length, start + length + 64)).replaceAll(/[^\x20-\x7e]/g, ".");
  return { path, line: 0, column: 0, length, text: shown, offset: offset + start };
}
