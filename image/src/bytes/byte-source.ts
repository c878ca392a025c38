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

/** A source that reads from memory; what it gives are views of `bytes`, which nobody writes to. */
export function memorySource(bytes: Uint8Array): ByteSource {
  // A plain array even for node's Buffer, whose `slice` is no copy as that of others is.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: plain.length,
    read: async (offset, length) => plain.subarray(offset, offset + length),
  };
}
