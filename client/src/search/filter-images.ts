// Filters the names of several images at once, within bounds for all of them together.
import type { OpenImage, Partition } from "../../../image/src/index.ts";
import { type FilterHits, filterPaths } from "./filter-paths.ts";
import type { GrowingIndex } from "./path-index.ts";

/** An image, or a partition of one. */
export interface FilterPart {
  /** Its URI; a partition's is that of its image with a fragment. */
  readonly id: string;
  index(): Promise<GrowingIndex>;
}

export interface FilterBounds {
  /** Names that are shown, of all images together. */
  readonly matches: number;
  /** Images that are looked into. */
  readonly images: number;
}

export interface FilteredImages {
  /** By the id of a part; parts without a match are not there. */
  readonly hits: ReadonlyMap<string, FilterHits>;
  /** Names that were looked at, and how many match. */
  readonly names: number;
  readonly matches: number;
  /** Whether there may be more. */
  readonly cut: boolean;
}

/** Filters the images whose parts `partsOf` tells; what cannot be read has no match. Throws when `signal` says so. */
export async function filterImages<Image>(
  images: readonly Image[],
  partsOf: (image: Image) => Promise<readonly FilterPart[]>,
  text: string,
  bounds: FilterBounds,
  signal: AbortSignal,
): Promise<FilteredImages> {
  const hits = new Map<string, FilterHits>();
  const total = { names: 0, matches: 0, cut: images.length > bounds.images };
  for (const image of images.slice(0, bounds.images)) {
    if (total.matches >= bounds.matches) {
      total.cut = true;
      break;
    }
    for (const part of await partsOf(image).catch(() => [])) {
      const one = await filterPart(part, text, bounds.matches - total.matches, signal);
      if (one === undefined) continue;
      total.names += one.names;
      total.matches += one.hits.count;
      total.cut ||= one.hits.cut;
      if (one.hits.count > 0) hits.set(part.id, one.hits);
    }
  }
  signal.throwIfAborted();
  return { hits, ...total };
}

async function filterPart(
  part: FilterPart,
  text: string,
  most: number,
  signal: AbortSignal,
): Promise<{ hits: FilterHits; names: number } | undefined> {
  signal.throwIfAborted();
  try {
    const { index, done } = await part.index();
    await done;
    return { hits: await filterPaths(index, text, most, signal), names: index.paths.length };
  } catch {
    signal.throwIfAborted();
    return undefined; // the view says what is wrong with it
  }
}

/** What is searched of an image: its files, and of a disk the readable partitions whose files these are not. */
export function searchedParts(
  { disk, format }: Pick<OpenImage, "disk" | "format">,
  readable: readonly Partition[],
): { files: boolean; partitions: readonly Partition[] } {
  if (disk === undefined) return { files: true, partitions: [] };
  const files = format !== "disk";
  return { files, partitions: readable.filter(({ role }) => !files || (role !== "root" && role !== "usr")) };
}

/** Whether an image, or a partition of it, has a match. */
export function hasHits(hits: ReadonlyMap<string, FilterHits>, image: string): boolean {
  return [...hits.keys()].some((id) => id === image || id.startsWith(`${image}#`));
}
