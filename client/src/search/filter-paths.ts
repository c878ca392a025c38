// Which entries a filtered tree shows: those whose names hold a text, and the folders on the way to them.
import { setImmediate } from "node:timers/promises";
import type { CancelSignal, TreeEntry } from "../../../image/src/index.ts";
import type { PathIndex } from "./path-index.ts";

export interface FilterHits {
  /** The entries that are shown of each folder on the way; `""` is the root. Absent where a folder only matches itself. */
  readonly folders: ReadonlyMap<string, readonly TreeEntry[]>;
  /** How many names match. */
  readonly count: number;
  /** Whether there are more matches than were asked for. */
  readonly cut: boolean;
}

const stride = 8192;
const turn = 12;

/** Finds `text`, in any case, in the names of an index, or in whole paths when it has a slash; `most` matches at most. */
export async function filterPaths(
  index: PathIndex,
  text: string,
  most: number,
  signal?: CancelSignal,
): Promise<FilterHits> {
  signal?.throwIfAborted();
  const wanted = text.toLowerCase();
  const inPath = wanted.includes("/");
  const folders = new Map<string, TreeEntry[]>();
  /** Paths that are shown. */
  const shown = new Set<string>();
  /** Positions in the index of the folders above the place that is looked at. */
  const above: number[] = [];
  let count = 0;
  let until = performance.now() + turn;

  function show(at: number): void {
    const path = index.paths[at] ?? "";
    if (shown.has(path)) return;
    shown.add(path);
    const slash = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(0, slash));
    const siblings = folders.get(folder) ?? [];
    folders.set(folder, siblings);
    siblings.push({ name: path.slice(slash + 1), type: index.types[at] ?? "file" });
  }

  for (let at = 0; at < index.folded.length; at++) {
    if ((at & (stride - 1)) === stride - 1 && performance.now() > until) {
      await setImmediate();
      signal?.throwIfAborted();
      until = performance.now() + turn;
    }
    const path = index.folded[at] ?? "";
    const start = path.lastIndexOf("/") + 1;
    while (above.length > 0 && !isIn(path, start, index.folded[above.at(-1) ?? 0] ?? "")) above.pop();
    const found = path.indexOf(wanted, inPath ? 0 : start);
    // A path is about its own name when the text reaches into it.
    if (found >= 0 && found + wanted.length > start) {
      if (count === most) return { folders, count, cut: true };
      count += 1;
      for (const folder of above) show(folder);
      show(at);
    }
    if (index.types[at] === "directory") above.push(at);
  }
  return { folders, count, cut: index.cut };
}

/** Whether the path whose name begins at `start` is an entry of the folder. */
function isIn(path: string, start: number, folder: string): boolean {
  return start === folder.length + 1 && path.startsWith(folder);
}
