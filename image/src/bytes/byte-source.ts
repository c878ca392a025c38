// The only way in which image/ sees the bytes of an image: random access to something of a known size.

/** What this library needs of an `AbortSignal`; every real one fits. */
export interface CancelSignal {
  readonly aborted: boolean;
  throwIfAborted(): void;
}

/** Random access to a fixed number of bytes: a file handle, memory, a window of another source. */
export interface ByteSource {
  /** Total number of bytes. */
  readonly size: number;
  /**
   * Reads exactly `length` bytes from `offset` on.
   * The caller keeps within `size`; an implementation throws an ImageError of kind `io` when the bytes cannot be had.
   */
  read(offset: number, length: number, signal?: CancelSignal): Promise<Uint8Array>;
}

/** A place to write an image to; what is written where may come in any order. */
export interface ByteSink {
  /** Writes all of `bytes` at `offset`. */
  write(offset: number, bytes: Uint8Array): Promise<void>;
}

/** A source that reads from memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}
