// Opens an image that is a file on the host.
import { type OpenImage, type OpenImageOptions, openImage } from "../open-image.ts";
import { nodeDecompressors } from "./codecs.ts";
import { openFileSource } from "./file-source.ts";

/** An open image and the file behind it. */
export interface OpenImageFile extends OpenImage {
  /** Bytes of the file. */
  readonly fileSize: number;
  close(): Promise<void>;
}

/** Opens the image at `path`; throws an ImageError whose message does not name the path. */
export async function openImageFile(path: string, options: OpenImageOptions = {}): Promise<OpenImageFile> {
  const source = await openFileSource(path);
  try {
    const image = await openImage(source, nodeDecompressors(), options);
    return { ...image, fileSize: source.size, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}
