// The formats that can be read, a row each; everything that depends on the format of an image reads this table.
import { cpioReader } from "./archive/cpio.ts";
import { tarReader } from "./archive/tar.ts";
import { btrfsReader } from "./btrfs/reader.ts";
import { erofsReader } from "./erofs/reader.ts";
import { extReader } from "./ext/reader.ts";
import { fatReader } from "./fat/reader.ts";
import type { ImageReader } from "./image-reader.ts";
import { squashfsReader } from "./squashfs/reader.ts";

/** In the order in which they are looked for. */
export const imageReaders: readonly ImageReader[] = [
  squashfsReader,
  erofsReader,
  extReader,
  btrfsReader,
  fatReader,
  tarReader,
  cpioReader,
];

/** Endings of the names of images and archives that can be opened, without a dot. */
export const imageEndings: readonly string[] = ["raw", "img", "ddi", ...imageReaders.flatMap(({ endings }) => endings)];

/** Whether content of this kind is a file system or archive that can be opened. */
export function isReadable(kind: string): boolean {
  return imageReaders.some((reader) => reader.kind === kind);
}
