// Who copies which file of an extraction: this thread the small ones, others the large ones when there is much to copy.
import type { FileStat, FileTree } from "../tree/file-tree.ts";
import { copyPart, type PartCopier } from "./extract-file.ts";
import { createExtractPool, type ExtractPool } from "./extract-pool.ts";
import type { ImageHandle } from "./open-image-file.ts";

/** The image, open in this process, whose tree is extracted. */
export interface ExtractedImage {
  readonly handle: ImageHandle;
  /** The folder of the image that is the root of the tree. */
  readonly root?: string;
}

export interface Copiers {
  /** Who copies a file. */
  of(stat: FileStat): PartCopier;
  /** Has the other threads stop soon; what they had to copy is refused with the reason. */
  stop(reason: unknown): void;
  /** Ends the other threads, when nothing is copied any more. */
  close(): Promise<void>;
}

/** Bytes of files from which on other threads are worth their start. */
const muchToCopy = 32 << 20;
/** Bytes of a file that is large; smaller ones share blocks with others, which one thread unpacks once. */
const largeFile = 128 << 10;

/** Without an `image` this thread copies all. */
export function createCopiers(
  tree: FileTree,
  { image, signal }: { readonly image?: ExtractedImage; readonly signal?: AbortSignal },
): Copiers {
  const here: PartCopier = { depth: 1, copy: (part) => copyPart(tree, part, signal) };
  let pool: ExtractPool | undefined;
  let begun = 0;
  const abort = (): void => pool?.stop(signal?.reason);

  function threads({ handle, root = "" }: ExtractedImage): PartCopier {
    if (pool === undefined) {
      pool = createExtractPool(handle);
      signal?.addEventListener("abort", abort);
    }
    const { depth, copy } = pool;
    return { depth, copy: (part) => copy({ ...part, path: root === "" ? part.path : `${root}/${part.path}` }) };
  }

  return {
    of({ size }) {
      begun += size;
      return image === undefined || size < largeFile || begun < muchToCopy ? here : threads(image);
    },
    stop: (reason) => pool?.stop(reason),
    async close() {
      signal?.removeEventListener("abort", abort);
      await pool?.close();
    },
  };
}
