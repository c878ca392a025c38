// Finds names or contents in an image: what "Find in Image…" asks, and what it shows of the answer.
import type { Uri } from "vscode";
import type { FileType } from "../../../image/src/index.ts";
import type { ImageStore } from "../images/image-store.ts";
import { type ContentCounts, newContentCounts, searchContents } from "./content-search.ts";
import type { ImageIndexes } from "./image-indexes.ts";
import { createTextMatcher, maxGivenUp, type TextQuery } from "./text-matcher.ts";

export interface FindQuery extends TextQuery {
  /** Where to look: in names (with a slash: in paths), or in what files hold. */
  readonly where: "names" | "contents";
  /** Searches also what is no text, and large files. */
  readonly everything: boolean;
}

export interface FoundPlace {
  readonly path: string;
  readonly type: FileType;
  /** Of a content: from 0 on, the line and the part of it that matches. */
  readonly line?: { readonly number: number; readonly column: number; readonly length: number; readonly text: string };
  /** Of a content that is no text: the byte at which the match begins. */
  readonly offset?: number;
}

export interface FindControl {
  readonly signal: AbortSignal;
  /** Told of places as they are found. */
  readonly onFound: (places: readonly FoundPlace[]) => void;
  /** Told from time to time how far it is: names known, or files that were looked at of all. */
  readonly onProgress: (done: number, total: number | undefined) => void;
}

export interface FindEnd {
  readonly counts: ContentCounts;
  /** Whether there may be more than was found. */
  readonly cut: boolean;
  /** Whether a regular expression took too long, so that not everything was searched. */
  readonly tooSlow: boolean;
  /** Folders that could not be read. */
  readonly unreadFolders: number;
}

/** As many places as a list is read to its end. */
export const maxFound = 2000;
const namesAtOnce = 10_000;
const filesPerReport = 64;

/**
 * Finds in an image, or a partition of one. Throws a SyntaxError for a wrong regular expression, an ImageError when the image
 * cannot be read, and the signal's reason.
 */
export async function findInImage(
  { store, indexes }: { readonly store: ImageStore; readonly indexes: ImageIndexes },
  image: Uri,
  query: FindQuery,
  control: FindControl,
): Promise<FindEnd> {
  const { signal, onFound, onProgress } = control;
  const matcher = createTextMatcher(query);
  const counts = newContentCounts();
  const { index, done } = await indexes.get(image);
  const timer = setInterval(() => onProgress(index.paths.length, undefined), 200);
  await done.finally(() => clearInterval(timer));
  signal.throwIfAborted();
  let found = 0;

  function tell(places: readonly FoundPlace[]): void {
    const some = places.slice(0, maxFound - found);
    found += some.length;
    if (some.length > 0) onFound(some);
  }

  async function names(): Promise<void> {
    const inPaths = query.text.includes("/");
    for (let at = 0; at < index.paths.length && found < maxFound; at += namesAtOnce) {
      const paths = index.paths.slice(at, at + namesAtOnce);
      const texts = inPaths ? paths : paths.map((path) => path.slice(path.lastIndexOf("/") + 1));
      const places = matcher.find(texts, 1).map(({ text }): FoundPlace => {
        return { path: paths[text] ?? "", type: index.types[at + text] ?? "file" };
      });
      tell(places);
      if (matcher.givenUp >= maxGivenUp) return;
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  }

  async function contents(): Promise<void> {
    const files = index.paths.filter((_, at) => index.types[at] === "file");
    let looked = 0;
    function* reported(): Generator<string> {
      for (const file of files) {
        if (looked % filesPerReport === 0) onProgress(looked, files.length);
        looked += 1;
        yield file;
      }
    }
    await store.use(image, async ({ tree }) => {
      const options = { everything: query.everything, max: maxFound, signal, counts };
      for await (const hits of searchContents(tree, reported(), matcher, options)) {
        tell(
          hits.map(({ path, line, column, length, text, offset }): FoundPlace => {
            const place = { path, type: "file", line: { number: line, column, length, text } } as const;
            return offset === undefined ? place : { ...place, offset };
          }),
        );
        if (found >= maxFound) return;
      }
    });
  }

  if (query.text !== "") await (query.where === "names" ? names() : contents());
  return {
    counts,
    cut: found >= maxFound || index.cut,
    tooSlow: matcher.givenUp > 0,
    unreadFolders: index.unread,
  };
}
