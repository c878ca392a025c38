// A stretch of a source as a source of its own, such as a partition of a disk.
import type { ByteSource } from "./byte-source.ts";
import { damaged } from "./image-error.ts";

/** The bytes of `source` from `start` on, `size` of them. Throws `corrupt` when it has not that many. */
export function windowSource(source: ByteSource, start: number, size: number): ByteSource {
  if (start < 0 || size < 0 || start + size > source.size) {
    throw damaged(`it ends after ${source.size} bytes, inside a part that ends at byte ${start + size}`, start);
  }
  return { size, read: (offset, length, signal) => source.read(start + offset, length, signal) };
}
