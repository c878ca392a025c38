// Unpacks stored blocks with the image's compressor, and says where in the image a broken one lies.
import { damaged, ImageError } from "../bytes/image-error.ts";
import type { Decompress } from "../codec/codec.ts";

/** Content of the block that is stored at `position`; `maxLength` is the most that it may unpack to. */
export type UnpackBlock = (stored: Uint8Array, maxLength: number, position: number) => Promise<Uint8Array>;

/** `decompress` is undefined for images in which no block is compressed. */
export function blockUnpacker(decompress: Decompress | undefined): UnpackBlock {
  return async (stored, maxLength, position) => {
    if (decompress === undefined) throw damaged("it has a compressed block although it says it has none", position);
    try {
      const content = await decompress(stored, maxLength);
      if (content.length > maxLength) throw damaged("a compressed block unpacks to more bytes than allowed", position);
      return content;
    } catch (error) {
      if (error instanceof ImageError && error.kind === "corrupt") {
        throw damaged("a compressed block cannot be unpacked", position);
      }
      throw error;
    }
  };
}
