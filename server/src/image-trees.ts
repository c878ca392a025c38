// The trees of images for the protocol: each image is opened once for a state of its file, and closed when it is idle.
import { fileURLToPath } from "node:url";
import {
  createImagePool,
  type FileTree,
  ImageError,
  type ImagePlace,
  type PoolClock,
  resolvePath,
} from "../../image/src/index.ts";
import {
  fileStamp,
  type HandledImage,
  ioError,
  openImageFile,
  openImagePartition,
} from "../../image/src/node/index.ts";
import type { Tree } from "./core/index.ts";
import { imageOfUri, pathOfUri } from "./protocol/uris.ts";

export interface ImageTrees {
  /** The tree in a folder of an image, by its URI; undefined for a URI of no image that is a file on this machine. */
  treeAt(uri: string): Tree | undefined;
  /** To be called for files that have changed: what is asked of an image after that is answered from its new state. */
  fileChanged(uri: string): void;
}

const idleMs = 15_000;
const trustMs = 200;

const clock: PoolClock = {
  now: () => performance.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Nothing is opened before a tree is asked for something; failures are sentences of that question. */
export function createImageTrees(): ImageTrees {
  const pool = createImagePool<HandledImage>({
    async stamp(file) {
      try {
        return await fileStamp(file);
      } catch (error) {
        throw ioError("the image cannot be opened", error);
      }
    },
    async open(file) {
      const image = await openImageFile(file, { unpack: {} });
      return { image, close: image.close };
    },
    openPartition: openImagePartition,
    times: { clock, idleMs, trustMs },
  });

  const use = <Result>(place: ImagePlace, task: (tree: FileTree) => Promise<Result>): Promise<Result> =>
    pool.use(place, async ({ tree, format, facts }) => {
      if (format === "disk") throw new ImageError("unsupported", facts.warning ?? "it has no files");
      return await task(tree);
    });

  return {
    treeAt(uri) {
      const place = placeOfImage(imageOfUri(uri) ?? "");
      const inside = pathOfUri(uri);
      if (place === undefined || inside === undefined) return undefined;
      return treeOf((task) => use(place, task), inside.replace(/^\/+|\/+$/g, ""));
    },
    fileChanged(uri) {
      const place = placeOfImage(uri);
      if (place !== undefined) pool.doubt(place.file);
    },
  };
}

/** The path of an image's file, and the partition of it that is meant; undefined for what is no file of this machine. */
function placeOfImage(image: string): ImagePlace | undefined {
  const [, file = "", fragment] = /^(file:[^#]*)(?:#(.*))?$/s.exec(image) ?? [];
  const [, partition] = /^partition(?:=|%3D)(\d{1,6})$/i.exec(fragment ?? "") ?? [];
  if (fragment !== undefined && partition === undefined) return undefined;
  try {
    const path = fileURLToPath(file);
    if (path.includes("\0")) return undefined;
    return partition === undefined ? { file: path } : { file: path, partition: Number(partition) };
  } catch {
    return undefined;
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
