// Opens images for the protocol as trees: each once for a state of its file, closed when nobody has asked for a while.
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FileTree, ImageError, resolvePath } from "../../image/src/index.ts";
import { ioError, type OpenImageFile, openImageFile } from "../../image/src/node/index.ts";
import type { Tree } from "./core/index.ts";
import { imageOfUri, pathOfUri } from "./protocol/uris.ts";

export interface ImageTrees {
  /** The tree in a folder of an image, by its URI; undefined for a URI of no image that is a file on this machine. */
  treeAt(uri: string): Tree | undefined;
}

/** Milliseconds without a question after which an image is closed. */
const idle = 15_000;
/** Milliseconds for which nobody looks whether the file is still the same. */
const trusted = 200;

interface OpenState {
  /** Size, time and number of the file. */
  readonly state: string;
  readonly image: Promise<OpenImageFile>;
  looked: number;
  /** Questions that wait for an answer. */
  uses: number;
  /** Whether a newer state took its place. */
  gone: boolean;
  timer?: NodeJS.Timeout;
}

/** Nothing is opened before a tree is asked for something; failures are sentences of that question. */
export function createImageTrees(): ImageTrees {
  const open = new Map<string, OpenState>();

  async function use<Result>(image: string, task: (tree: FileTree) => Promise<Result>): Promise<Result> {
    const entry = stateOf(image);
    entry.uses += 1;
    clearTimeout(entry.timer);
    try {
      const { tree, format, facts } = await entry.image;
      if (format === "disk") throw new ImageError("unsupported", facts.warning ?? "it has no files");
      return await task(tree);
    } finally {
      entry.uses -= 1;
      if (entry.uses === 0) closeLater(image, entry);
    }
  }

  function stateOf(image: string): OpenState {
    const known = open.get(image);
    const now = performance.now();
    if (known !== undefined && now - known.looked < trusted) return known;
    const { path, partition } = placeOfImage(image) ?? { path: "" };
    const state = fileState(path);
    if (known?.state === state) {
      known.looked = now;
      return known;
    }
    if (known !== undefined) release(known);
    const opened = openImageFile(path, { unpack: {}, ...(partition === undefined ? {} : { partition }) });
    opened.catch(() => undefined); // whoever asks is told
    const entry: OpenState = { state, image: opened, looked: now, uses: 0, gone: false };
    open.set(image, entry);
    return entry;
  }

  function closeLater(image: string, entry: OpenState): void {
    if (entry.gone) {
      close(entry);
      return;
    }
    entry.timer = setTimeout(() => {
      if (open.get(image) === entry) open.delete(image);
      close(entry);
    }, idle);
    entry.timer.unref();
  }

  return {
    treeAt(uri) {
      const image = imageOfUri(uri);
      const inside = pathOfUri(uri);
      if (image === undefined || inside === undefined || placeOfImage(image) === undefined) return undefined;
      return treeOf((task) => use(image, task), inside.replace(/^\/+|\/+$/g, ""));
    },
  };
}

function release(entry: OpenState): void {
  entry.gone = true;
  clearTimeout(entry.timer);
  if (entry.uses === 0) close(entry);
}

function close({ image }: OpenState): void {
  void image.then((opened) => opened.close()).catch(() => undefined); // it never opened, or its disk is gone
}

/** The path of an image's file, and the partition of it that is meant; undefined for what is no file of this machine. */
function placeOfImage(image: string): { path: string; partition?: number } | undefined {
  const [, file = "", fragment] = /^(file:[^#]*)(?:#(.*))?$/s.exec(image) ?? [];
  const [, partition] = /^partition(?:=|%3D)(\d{1,6})$/i.exec(fragment ?? "") ?? [];
  if (fragment !== undefined && partition === undefined) return undefined;
  try {
    const path = fileURLToPath(file);
    if (path.includes("\0")) return undefined;
    return partition === undefined ? { path } : { path, partition: Number(partition) };
  } catch {
    return undefined;
  }
}

/** Throws an ImageError for a file that is not there. */
function fileState(path: string): string {
  try {
    const { size, mtimeMs, ino, dev } = statSync(path);
    return `${size} ${mtimeMs} ${ino} ${dev}`;
  } catch (error) {
    throw ioError("the image cannot be opened", error);
  }
}

/** Symlinks on the way are followed inside the image, as systemd follows them in an extension. */
function treeOf(use: <Result>(task: (tree: FileTree) => Promise<Result>) => Promise<Result>, folder: string): Tree {
  const placed = (path: string) => (folder === "" ? path : path === "" ? folder : `${folder}/${path}`);
  const resolved = (tree: FileTree, path: string) => resolvePath(tree, placed(path));
  return {
    list: (path) => use(async (tree) => tree.list(await resolved(tree, path))),
    read: (path, offset, length) => use(async (tree) => tree.read(await resolved(tree, path), offset, length)),
    stat: (path) => use((tree) => tree.stat(placed(path))),
    readLink: (path) => use((tree) => tree.readLink(placed(path))),
    xattrs: (path) => use(async (tree) => tree.xattrs(await resolved(tree, path))),
  };
}
