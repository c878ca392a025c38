// The path indexes of images that somebody searches: one a state of an image, the ones that were not asked for long go first.
//
// VS Code searches only file systems that bring their own search, through an API that published extensions may not use.
import type { Disposable, Uri } from "vscode";
import type { FileTree } from "../../../image/src/index.ts";
import type { ImageStore } from "../images/image-store.ts";
import { type GrowingIndex, indexPaths } from "./path-index.ts";

export interface ImageIndexes extends Disposable {
  /**
   * The index of an image, or of a partition, as it is on disk now; it may still grow, and goes on growing when nobody waits
   * for it. Throws an ImageError when the image cannot be opened.
   */
  get(image: Uri): Promise<GrowingIndex>;
}

/** Names of all indexes that are kept together. */
const maxNames = 1_500_000;

interface Kept extends GrowingIndex {
  readonly tree: FileTree;
  readonly control: AbortController;
}

export function createImageIndexes(store: ImageStore): ImageIndexes {
  /** In the order of their last use. */
  const kept = new Map<string, Kept>();

  function drop(key: string, one: Kept): void {
    if (kept.get(key) === one) kept.delete(key);
    one.control.abort();
  }

  function makeRoom(): void {
    let total = [...kept.values()].reduce((sum, { index }) => sum + index.paths.length, 0);
    for (const [key, one] of [...kept]) {
      if (total <= maxNames || kept.size === 1) return;
      total -= one.index.paths.length;
      drop(key, one);
    }
  }

  /** The image's index; the image is used until it is whole. */
  async function grow(key: string, tree: FileTree, tell: (kept: Kept) => void): Promise<void> {
    const known = kept.get(key);
    if (known?.tree === tree) {
      kept.delete(key);
      kept.set(key, known);
      return tell(known);
    }
    if (known !== undefined) drop(key, known);
    const control = new AbortController();
    const one: Kept = { ...indexPaths(tree, { signal: control.signal }), tree, control };
    kept.set(key, one);
    tell(one);
    try {
      await one.done;
    } catch {
      drop(key, one); // whoever waits for it is told by its promise, and the next one tries again
    }
    makeRoom();
  }

  return {
    async get(image) {
      const { promise, resolve, reject } = Promise.withResolvers<GrowingIndex>();
      store.use(image, ({ tree }) => grow(image.toString(), tree, resolve)).catch(reject);
      return await promise;
    },
    dispose() {
      for (const [key, one] of [...kept]) drop(key, one);
    },
  };
}
