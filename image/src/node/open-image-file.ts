// Opens an image that is a file on the host; one that came compressed, from the file that it is unpacked to.
import { ImageError } from "../bytes/image-error.ts";
import type { FileCompression } from "../content.ts";
import { detectCompression } from "../detect-compression.ts";
import type { OpenImage } from "../image-reader.ts";
import { type OpenImageOptions, openImage } from "../open-image.ts";
import { findPartition } from "../partitions/find-partition.ts";
import { nodeDecompressors } from "./codecs.ts";
import { openFileSource } from "./file-source.ts";
import { openUnpacked, type UnpackOptions } from "./image-cache.ts";

/** What another thread of the process opens an image with that is open here, for as long as it is. */
export interface ImageHandle {
  /** The system's number for the file; of a compressed image for the one that it was unpacked to. */
  readonly descriptor: number;
  readonly size: number;
  /** The one partition of a disk that is open. */
  readonly partition?: number;
}

/** An open image and the file behind it. */
export interface OpenImageFile extends OpenImage {
  /** Bytes of the file; of a compressed one of what is in it. */
  readonly fileSize: number;
  /** Set when the file is compressed and was unpacked; `facts.warning` says then what a host would make of it. */
  readonly compressedWith?: FileCompression;
  readonly handle: ImageHandle;
  close(): Promise<void>;
}

export interface OpenImageFileOptions extends OpenImageOptions {
  /** Allows to unpack a compressed file into a cache. Without it such a file is refused. */
  readonly unpack?: UnpackOptions;
}

/** Opens the image at `path`; throws an ImageError whose message does not name the path. */
export async function openImageFile(
  path: string,
  { unpack, ...options }: OpenImageFileOptions = {},
): Promise<OpenImageFile> {
  let source = await openFileSource(path);
  try {
    const compression = unpack === undefined ? undefined : await detectCompression(source, options.signal);
    if (unpack !== undefined && compression !== undefined) {
      await source.close();
      source = await openUnpacked(path, compression, unpack);
    }
    const opened = source;
    const image = await openImage(opened, nodeDecompressors(), options);
    const { partition } = options;
    const handle = {
      descriptor: opened.descriptor,
      size: opened.size,
      ...(partition === undefined ? {} : { partition }),
    };
    const file = { ...image, fileSize: opened.size, handle, close: () => opened.close() };
    return compression === undefined ? file : { ...file, ...compressedFacts(image, compression) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** An image that may be a file of the host. */
export interface HandledImage extends OpenImage {
  readonly handle?: ImageHandle;
}

/** Opens a partition of an open disk, which stays open; throws an ImageError for a partition that it does not have. */
export async function openImagePartition({ disk, handle }: HandledImage, number: number): Promise<HandledImage> {
  if (disk === undefined) {
    throw new ImageError("unsupported", "it has no partitions; omit the partition number");
  }
  const image = await disk.open(findPartition(disk, number));
  return handle === undefined ? image : { ...image, handle: { ...handle, partition: number } };
}

function compressedFacts({ facts }: OpenImage, compressedWith: FileCompression) {
  const own = `it is compressed with ${compressedWith}, which hosts do not accept; unpack it before you deploy it`;
  const warning = facts.warning === undefined ? own : `${own}; also, ${facts.warning}`;
  return { compressedWith, facts: { ...facts, warning } };
}
