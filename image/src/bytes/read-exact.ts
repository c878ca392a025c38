// Reads of an image that are checked against its size first.
import type { ByteSource, CancelSignal } from "./byte-source.ts";
import { damaged, ImageError } from "./image-error.ts";

/** Reads `length` bytes from `offset` on; throws `corrupt` when they are not all inside the image. */
export async function readExact(
  source: ByteSource,
  offset: number,
  length: number,
  signal?: CancelSignal,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  if (!Number.isSafeInteger(offset) || offset < 0 || offset + length > source.size) {
    throw damaged(`it refers to data after its end at byte ${source.size}`, offset);
  }
  const bytes = await source.read(offset, length, signal);
  if (bytes.length !== length)
    throw new ImageError("io", `${length} bytes were requested, but only ${bytes.length} were read`, offset);
  return bytes;
}
