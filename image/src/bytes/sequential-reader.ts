// Reads a source from its beginning to its end, in pieces of any length, with few reads of the source itself.
import type { ByteSource, CancelSignal } from "./byte-source.ts";
import { damaged } from "./image-error.ts";

/** Bytes that are read at once: few behind a jump, and more with each read that goes on where the last one ended. */
const minChunk = 16 * 1024;
const maxChunk = 256 * 1024;

export interface SequentialReader {
  /** Where the next byte lies in the source. */
  readonly position: number;
  readonly atEnd: boolean;
  /** Bytes to the source's end. */
  readonly left: number;
  /** The next `length` bytes, which stay next; undefined when the source ends before. Valid until the next call. */
  peek(length: number): Promise<Uint8Array | undefined>;
  /** The next `length` bytes. Valid until the next call. Throws `corrupt` when the source ends before. */
  take(length: number): Promise<Uint8Array>;
  /** The next bytes where they were read already; undefined where they were not. Saves a trip round the event loop. */
  peekAtOnce(length: number): Uint8Array | undefined;
  /** The same, and they are taken; undefined where they were not. */
  takeAtOnce(length: number): Uint8Array | undefined;
  /** Passes over `length` bytes without reading them. Throws `corrupt` when the source ends before. */
  skip(length: number): void;
  /** Goes back by `length` bytes, of those that were taken last. */
  back(length: number): void;
}

/** `onRead` is told after each read of the source how far it was read. */
export function sequentialReader(
  source: ByteSource,
  signal?: CancelSignal,
  onRead?: (position: number) => void,
): SequentialReader {
  let chunk: Uint8Array = new Uint8Array(0);
  let chunkStart = 0;
  let chunkSize = minChunk;
  let position = 0;

  function isHere(length: number): boolean {
    return position >= chunkStart && position + length <= chunkStart + chunk.length;
  }

  function peekAtOnce(length: number): Uint8Array | undefined {
    return isHere(length) ? chunk.subarray(position - chunkStart, position - chunkStart + length) : undefined;
  }

  async function peek(length: number): Promise<Uint8Array | undefined> {
    if (position + length > source.size) return undefined;
    if (!isHere(length)) {
      signal?.throwIfAborted();
      const goesOn = position <= chunkStart + chunk.length;
      chunkSize = goesOn ? Math.min(maxChunk, chunkSize * 2) : minChunk;
      const wanted = Math.min(Math.max(length, chunkSize), source.size - position);
      chunk = await source.read(position, wanted, signal);
      chunkStart = position;
      onRead?.(position + wanted);
    }
    return peekAtOnce(length);
  }

  return {
    get position() {
      return position;
    },
    get atEnd() {
      return position >= source.size;
    },
    get left() {
      return source.size - position;
    },
    peek,
    async take(length) {
      const bytes = await peek(length);
      if (bytes === undefined) throw damaged("it is truncated", position);
      position += length;
      return bytes;
    },
    peekAtOnce,
    takeAtOnce(length) {
      const bytes = peekAtOnce(length);
      if (bytes !== undefined) position += length;
      return bytes;
    },
    skip(length) {
      if (position + length > source.size) throw damaged("it is truncated", position);
      position += length;
    },
    back(length) {
      position -= length;
    },
  };
}
