// How long a zstd frame is, for where it lies among other bytes (RFC 8878, 3.1.1).
import { damaged } from "../bytes/image-error.ts";

const magic = 0xfd2f_b528;
const singleSegment = 0x20;
const hasChecksum = 0x04;
const dictionarySizes = [0, 1, 2, 4] as const;
const contentSizes = [0, 2, 4, 8] as const;
const repeated = 1;

/** Bytes of the frame that `bytes` begin with. Throws `corrupt` when they begin with none, or it is truncated. */
export function zstdFrameLength(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 6 || view.getUint32(0, true) !== magic) throw damaged("a compressed block is not a zstd frame");
  const descriptor = view.getUint8(4);
  const isSingle = (descriptor & singleSegment) !== 0;
  const contentFlag = descriptor >> 6;
  const contentSize = contentFlag === 0 && isSingle ? 1 : (contentSizes[contentFlag] ?? 0);
  let at = 5 + (isSingle ? 0 : 1) + (dictionarySizes[descriptor & 3] ?? 0) + contentSize;
  for (;;) {
    if (at + 3 > bytes.length) throw damaged("a zstd frame is truncated");
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const isRepeated = ((header >> 1) & 3) === repeated;
    at += 3 + (isRepeated ? 1 : header >> 3);
    if ((header & 1) === 1) break;
  }
  at += (descriptor & hasChecksum) === 0 ? 0 : 4;
  if (at > bytes.length) throw damaged("a zstd frame is truncated");
  return at;
}
