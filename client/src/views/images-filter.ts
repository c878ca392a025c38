// The filter of the Images view: a text, and what of each open image has a name with it.
import { type Disposable, type Event, EventEmitter, l10n, type Memento, type Uri, window } from "vscode";
import { views } from "../../../shared/src/ids.ts";
import type { ImageList } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { partitionUri } from "../images/image-uri.ts";
import { isPacked } from "../images/packed-hint.ts";
import { formatCount } from "../quantities.ts";
import { type FilterBounds, type FilterPart, filterImages, hasHits, searchedParts } from "../search/filter-images.ts";
import type { FilterHits } from "../search/filter-paths.ts";
import type { ImageIndexes } from "../search/image-indexes.ts";
import { readablePartitions } from "./partition-facts.ts";

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

const bounds: FilterBounds = { matches: 5000, images: 50 };
/** As many folders open at once without delay. */
const maxUnfolded = 300;
/** Milliseconds without a change of an image after which it is searched anew. */
const debounceMs = 300;

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
    const all = (await images.list()).map(({ uri }) => uri).filter((uri) => !isPacked(uri) || store.isOpen(uri));
    const { hits, ...total } = await filterImages(all, partsOf, wanted, bounds, signal);
    show(summaryOf(wanted, total), hits);
  }

  /** Of a disk that has several parts these; nothing is said here of what cannot be opened. */
  async function partsOf(image: Uri): Promise<FilterPart[]> {
    const uris = await store.use(image, async (opened) => {
      const readable = opened.disk === undefined ? [] : await readablePartitions(opened.disk);
      const { files, partitions } = searchedParts(opened, readable);
      return [...(files ? [image] : []), ...partitions.map(({ number }) => partitionUri(image, number))];
    });
    return uris.map((uri) => ({ id: uri.toString(), index: () => indexes.get(uri) }));
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
    timer = setTimeout(() => void set(text).catch(() => undefined), debounceMs);
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
      return folders <= maxUnfolded;
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
    hasHits: (image) => hasHits(found, image),
    onDidChange: changes.event,
    dispose() {
      control.abort();
      clearTimeout(timer);
      subscription.dispose();
      changes.dispose();
    },
  };
}

function summaryOf(text: string, total: { names: number; matches: number; cut: boolean }): string {
  const [matches, names] = [formatCount(total.matches), formatCount(total.names)];
  if (total.matches === 0) return l10n.t('None of {0} names contains "{1}".', names, text);
  return total.cut
    ? l10n.t('Filtered by "{0}": the first {1} matches.', text, matches)
    : l10n.t('Filtered by "{0}": {1} of {2} names.', text, matches, names);
}
