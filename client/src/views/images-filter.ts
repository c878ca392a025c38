// The filter of the Images view: a text, and what of each open image has a name with it.
import { type Disposable, type Event, EventEmitter, l10n, type Memento, type Uri, window } from "vscode";
import type { OpenImage } from "../../../image/src/index.ts";
import { views } from "../../../shared/src/ids.ts";
import type { ImageList } from "../images/image-list.ts";
import { type ImageStore, isPacked } from "../images/image-store.ts";
import { partitionUri } from "../images/image-uri.ts";
import { formatCount } from "../quantities.ts";
import { type FilterHits, filterPaths } from "../search/filter-paths.ts";
import type { ImageIndexes } from "../search/image-indexes.ts";
import { readablePartitions } from "./images-partitions.ts";

export interface ImagesFilter extends Disposable {
  /** Empty when the view shows everything. */
  readonly text: string;
  /** What the view says above the images; undefined without a filter. */
  readonly summary: string | undefined;
  /** Whether what matches is little enough to be shown unfolded. */
  readonly unfolds: boolean;
  /** Filters by a text, settles when the view can show the result or another text was set; an empty one ends it. */
  set(text: string): Promise<void>;
  /** Filters by the text that the window had before it was closed. */
  restore(): Promise<void>;
  /** Of an image or a partition by its URI; undefined when nothing in it matches. */
  hits(image: string): FilterHits | undefined;
  /** Whether an image, or a partition of it, has a match. */
  hasHits(image: string): boolean;
  readonly onDidChange: Event<void>;
}

/** Names that are shown, of all images together, and images that are looked into. */
const mostMatches = 5000;
const mostImages = 50;
/** As many folders open at once without delay. */
const mostUnfolded = 300;
/** Milliseconds without a change of an image after which it is searched anew. */
const quiet = 300;

const key = "sysext.imagesFilter";

export interface ImagesFilterParts {
  readonly images: ImageList;
  readonly store: ImageStore;
  readonly indexes: ImageIndexes;
  /** What is remembered for the workspace. */
  readonly memory: Memento;
}

export function createImagesFilter({ images, store, indexes, memory }: ImagesFilterParts): ImagesFilter {
  const changes = new EventEmitter<void>();
  let text = "";
  let summary: string | undefined;
  let found: ReadonlyMap<string, FilterHits> = new Map();
  let control = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  function show(newSummary: string | undefined, newFound: ReadonlyMap<string, FilterHits>): void {
    summary = newSummary;
    found = newFound;
    changes.fire();
  }

  async function search(signal: AbortSignal): Promise<void> {
    const wanted = text;
    const hits = new Map<string, FilterHits>();
    const all = (await images.list()).map(({ uri }) => uri).filter((uri) => !isPacked(uri) || store.isOpen(uri));
    const total = { names: 0, matches: 0, cut: all.length > mostImages };
    for (const image of all.slice(0, mostImages)) {
      for (const part of await partsOf(store, image)) {
        if (total.matches >= mostMatches) break;
        const one = await searchPart(indexes, part, wanted, mostMatches - total.matches, signal);
        if (one === undefined) continue;
        total.names += one.names;
        total.matches += one.hits.count;
        total.cut ||= one.hits.cut;
        if (one.hits.count > 0) hits.set(part.toString(), one.hits);
      }
    }
    signal.throwIfAborted();
    show(summaryOf(wanted, total), hits);
  }

  async function set(newText: string): Promise<void> {
    control.abort();
    clearTimeout(timer);
    control = new AbortController();
    if (newText !== text) void memory.update(key, newText);
    text = newText;
    if (text === "") return show(undefined, new Map());
    const { signal } = control;
    try {
      await window.withProgress({ location: { viewId: views.images } }, () => search(signal));
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  const subscription = images.onDidChange(() => {
    if (text === "") return;
    clearTimeout(timer);
    timer = setTimeout(() => void set(text).catch(() => undefined), quiet);
  });

  return {
    get text() {
      return text;
    },
    get summary() {
      return summary;
    },
    get unfolds() {
      const folders = [...found.values()].reduce((sum, hits) => sum + hits.folders.size, 0);
      return folders <= mostUnfolded;
    },
    set,
    async restore() {
      const remembered = memory.get<string>(key, "");
      if (remembered === "") return;
      const done = set(remembered);
      // Until names are known the view is empty, and must not say that there are no images.
      show(l10n.t('Looking for "{0}"…', remembered), found);
      await done;
    },
    hits: (image) => found.get(image),
    hasHits: (image) => [...found.keys()].some((key) => key === image || key.startsWith(`${image}#`)),
    onDidChange: changes.event,
    dispose() {
      control.abort();
      clearTimeout(timer);
      subscription.dispose();
      changes.dispose();
    },
  };
}

/** An image; of a disk its extension's files and the partitions that are not part of these. Nothing where it cannot be opened. */
async function partsOf(store: ImageStore, image: Uri): Promise<Uri[]> {
  const ask = async (opened: OpenImage): Promise<Uri[]> => {
    if (opened.disk === undefined) return [image];
    const readable = await readablePartitions(opened.disk);
    const hasFiles = opened.format !== "disk";
    const others = readable.filter(({ role }) => !hasFiles || (role !== "root" && role !== "usr"));
    return [...(hasFiles ? [image] : []), ...others.map(({ number }) => partitionUri(image, number))];
  };
  return await store.use(image, ask).catch(() => []);
}

async function searchPart(
  indexes: ImageIndexes,
  part: Uri,
  text: string,
  most: number,
  signal: AbortSignal,
): Promise<{ hits: FilterHits; names: number } | undefined> {
  signal.throwIfAborted();
  try {
    const { index, done } = await indexes.get(part);
    await done;
    return { hits: await filterPaths(index, text, most, signal), names: index.paths.length };
  } catch {
    signal.throwIfAborted();
    return undefined; // the view says what is wrong with it
  }
}

function summaryOf(text: string, total: { names: number; matches: number; cut: boolean }): string {
  const [matches, names] = [formatCount(total.matches), formatCount(total.names)];
  if (total.matches === 0) return l10n.t('No name in {0} has "{1}" in it.', names, text);
  return total.cut
    ? l10n.t('Filtered by "{0}": the first {1} matches.', text, matches)
    : l10n.t('Filtered by "{0}": {1} of {2} names.', text, matches, names);
}
