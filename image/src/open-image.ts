// Opens images: of any format that can be read, by themselves or in the partitions of a disk.
import type { ByteSource, CancelSignal } from "./bytes/byte-source.ts";
import { ImageError } from "./bytes/image-error.ts";
import type { Decompressors } from "./codec/codec.ts";
import type { Content } from "./content.ts";
import { detectContent } from "./detect.ts";
import { unpackByHand } from "./detect-compression.ts";
import type { ImageReader, OpenImage } from "./image-reader.ts";
import { openDisk } from "./open-disk.ts";
import { imageReaders } from "./readers.ts";

export interface OpenImageOptions {
  /** Number of the one partition of a disk to open, in place of those that make an extension. */
  readonly partition?: number;
  readonly signal?: CancelSignal;
}

/**
 * Opens the image in `source`, reading only its structures.
 * Throws an ImageError: `unsupported` when it is nothing that can be read, `corrupt` when it is damaged. A disk opens
 * whatever its partitions hold; `facts.warning` says why it has no tree.
 */
export async function openImage(
  source: ByteSource,
  decompressors: Decompressors,
  { partition, signal }: OpenImageOptions = {},
): Promise<OpenImage> {
  const content = await detectContent(source, signal);
  if (content.kind === "gpt" || content.kind === "mbr") {
    return await openDisk(source, content, (within, inside) => openContent(within, decompressors, inside, signal), {
      ...(partition === undefined ? {} : { partition }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
  if (partition !== undefined) {
    throw new ImageError("unsupported", `it is ${content.name} and has no partitions; omit the partition number`);
  }
  return await openContent(source, decompressors, content, signal);
}

/** Opens the file system or archive that `content` says is in `source`. */
async function openContent(
  source: ByteSource,
  decompressors: Decompressors,
  content: Content,
  signal?: CancelSignal,
): Promise<OpenImage> {
  const reader = imageReaders.find(({ kind }) => kind === content.kind);
  if (reader === undefined) throw new ImageError("unsupported", `it is ${content.name}; ${wayOut(content)}`);
  return await reader.open(source, {
    ...{ decompressors, detect: detectContent },
    ...(signal === undefined ? {} : { signal }),
  });
}

/** What a user can do with a file that is not an image that can be read. */
function wayOut({ kind, compression }: Content): string {
  const variant = imageReaders
    .flatMap(({ unsupported = [] }) => unsupported)
    .find(({ signature }) => signature.kind === kind);
  if (variant !== undefined) return variant.advice;
  switch (kind) {
    case "compressed":
      return unpackByHand(compression ?? "gzip");
    case "lfs-pointer":
      return 'get the file with "git lfs pull"';
    case "web-page":
      return "the download returned a page instead of the image; download it again";
    case "empty":
      return "build or download the image again";
    case "luks":
      return "unlock it and copy its content to an image that is not encrypted";
    case "virtual-disk":
      return 'convert it to a raw disk image with "qemu-img convert -O raw"';
    default:
      return `only ${titlesOf("file-system")} images can be opened, by themselves or in a disk image, and ${titlesOf("archive")} archives`;
  }
}

/** "tar and cpio" */
function titlesOf(wanted: ImageReader["class"]): string {
  const titles = imageReaders.filter((reader) => reader.class === wanted).map(({ title }) => title);
  return new Intl.ListFormat("en-GB").format(titles);
}
