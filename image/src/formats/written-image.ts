// Tells the images that a build may replace: those of the formats that can be written.
import type { WritableFormat } from "./writable-format.ts";
import { writableFormats } from "./writable-formats.ts";

/** How many bytes at the beginning of a file `isWrittenImage` needs. */
export function headLengthOf(formats: readonly WritableFormat[] = writableFormats): number {
  return Math.max(...formats.map(({ headLength }) => headLength));
}

/** Whether a file that begins with `head` is an image of one of the formats; a shorter file has a shorter head. */
export function isWrittenImage(head: Uint8Array, formats: readonly WritableFormat[] = writableFormats): boolean {
  return formats.some(({ headLength, isImage }) => isImage(head.subarray(0, headLength)));
}
