// Chunks of btrfs: stretches of logical addresses, and where they lie on the device.
import { damaged, ImageError } from "../bytes/image-error.ts";
import { readUint64 } from "../bytes/record.ts";
import { KEY_SIZE, readKey } from "./key.ts";

/** A stretch of logical addresses that lies in one piece. */
interface Chunk {
  readonly logical: number;
  readonly length: number;
  /** Position in the image. */
  readonly start: number;
}

const lengthOffset = 0;
const profileOffset = 24;
const stripeCountOffset = 44;
const stripesOffset = 48;
const stripeSize = 32;
const stripeStartOffset = 8;
/** Profiles that cut a chunk in strips over several devices. */
const stripedProfiles = 8 | 64 | 128 | 256;

export interface ChunkMap {
  /** Adds a chunk by the data of its item. Throws `corrupt` and `unsupported`. */
  add(logical: number, item: Uint8Array): void;
  /** Position in the image of `length` bytes at a logical address. Throws `corrupt` where there is none. */
  place(logical: number, length: number): number;
}

export function chunkMap(): ChunkMap {
  const chunks: Chunk[] = [];
  return {
    add(logical, item) {
      if (item.length < stripesOffset + stripeSize) throw damaged("a chunk has no stripe");
      const view = new DataView(item.buffer, item.byteOffset, item.length);
      const profile = view.getUint32(profileOffset, true);
      const stripes = view.getUint16(stripeCountOffset, true);
      if ((profile & stripedProfiles) !== 0 && stripes > 1) {
        throw new ImageError("unsupported", "its data is striped over devices (RAID), which cannot be read");
      }
      const start = readUint64(view, stripesOffset + stripeStartOffset);
      chunks.push({ logical, length: readUint64(view, lengthOffset), start });
    },
    place(logical, length) {
      const chunk = chunks.find((one) => logical >= one.logical && logical + length <= one.logical + one.length);
      if (chunk === undefined) throw damaged(`no chunk maps the logical address ${logical}`);
      return chunk.start + logical - chunk.logical;
    },
  };
}

/** Adds the chunks that stand in the superblock: keys, each followed by its item. */
export function addSystemChunks(chunks: ChunkMap, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + KEY_SIZE + stripesOffset <= bytes.length; ) {
    const { offset } = readKey(view, at);
    const item = at + KEY_SIZE;
    const size = stripesOffset + view.getUint16(item + stripeCountOffset, true) * stripeSize;
    if (item + size > bytes.length) throw damaged("a chunk of the superblock is truncated");
    chunks.add(offset, bytes.slice(item, item + size));
    at = item + size;
  }
}
