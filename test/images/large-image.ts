// An image of 1 GB, and what opening it takes.
import { mkdirSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ByteSource, openImage } from "../../image/src/index.ts";
import { nodeDecompressors } from "../../image/src/node/codecs.ts";
import { openFileSource } from "../../image/src/node/file-source.ts";
import { makeSquashfs } from "./sample-tree.ts";

/** Small files beside the large one in the image's root. */
const smallFiles = 2000;
export const largeImageEntries = smallFiles + 1;

/** Makes the image in the folder `work`, by mksquashfs, with one file of 1 GB that is not compressed. */
export function makeLargeImage(work: string): string {
  const folder = path.join(work, "large");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "large"), "");
  truncateSync(path.join(folder, "large"), 2 ** 30);
  for (let i = 0; i < smallFiles; i++) writeFileSync(path.join(folder, `small-${i}`), `${i}`);
  const image = path.join(work, "large.raw");
  makeSquashfs(folder, image, "-noD", "-no-sparse", "-no-duplicates");
  return image;
}

export interface Opened {
  readonly entries: number;
  readonly bytesRead: number;
}

/** Opens an image and lists its root. */
export async function openAndList(image: string): Promise<Opened> {
  const file = await openFileSource(image);
  let bytesRead = 0;
  const source: ByteSource = {
    size: file.size,
    read(offset, length, signal) {
      bytesRead += length;
      return file.read(offset, length, signal);
    },
  };
  const { tree } = await openImage(source, nodeDecompressors());
  const entries = (await tree.list("")).length;
  await file.close();
  return { entries, bytesRead };
}
