// What lies below the nodes of the Images view: images, partitions, folders, and runs of folders that are too big.
import { Uri } from "vscode";
import type { FileTree, OpenImage, TreeEntry } from "../../../image/src/index.ts";
import type { ImageList, ListedImage } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { partitionOf, partitionUri } from "../images/image-uri.ts";
import { folderOf, joinPath, nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import { formatBytes, formatTime } from "../quantities.ts";
import { type EntryOrder, orderEntries } from "./entry-order.ts";
import { createFolderPages, type PageEntry, pageLength, pageStart } from "./folder-pages.ts";
import type { ImagesFilter } from "./images-filter.ts";
import type { EntryDetails } from "./images-items.ts";
import { type EntryNode, type FolderNode, folderPath, type ImagesNode, imageNode } from "./images-node.ts";
import type { ImagesOrder } from "./images-order.ts";

export interface ImagesChildren {
  /** The images as they were listed last, by id. */
  readonly listed: ReadonlyMap<string, ListedImage>;
  /** Children of a node, or all images; a problem as the only child where they cannot be read. */
  list(node?: ImagesNode): Promise<ImagesNode[]>;
  parent(node: ImagesNode): Promise<ImagesNode | undefined>;
  /** The node whose children are the root's entries of an image or partition. */
  root(image: string): Promise<FolderNode>;
  /** What is known of an entry; asked anew for a node that no list has made. */
  details(node: EntryNode): Promise<EntryDetails>;
}

export interface ChildrenParts {
  readonly images: ImageList;
  readonly store: ImageStore;
  readonly order: ImagesOrder;
  readonly filter: ImagesFilter;
}

export function createImagesChildren({ images, store, order, filter }: ChildrenParts): ImagesChildren {
  const pages = createFolderPages();
  const known = new WeakMap<EntryNode, EntryDetails>();
  const listed = new Map<string, ListedImage>();

  const inImage = <Result>(node: ImagesNode, task: (image: OpenImage) => Promise<Result>): Promise<Result> =>
    store.use(Uri.parse(node.image), task);

  async function listImages(): Promise<ImagesNode[]> {
    const all = await images.list();
    listed.clear();
    for (const image of all) listed.set(image.id, image);
    const shown = filter.text === "" ? all : all.filter(({ id }) => filter.hasHits(id));
    return shown.map(({ id }) => imageNode(id));
  }

  /** All entries that are shown of a folder; of a filtered tree those that match or lead to a match. */
  async function entriesOf(tree: FileTree, image: string, path: string): Promise<readonly PageEntry[]> {
    const matching = filter.text === "" ? undefined : filter.hits(image)?.folders.get(path);
    if (matching !== undefined) return await orderEntries(tree, path, matching, order.current);
    return await pages.list(tree, path, order.current);
  }

  async function nodesOf(
    tree: FileTree,
    image: string,
    folder: string,
    entries: readonly PageEntry[],
  ): Promise<EntryNode[]> {
    const nodes = entries.map((entry) => entryNode(image, folder, entry));
    const wanted = nodes.filter(({ type }) => type === "symlink" || (type === "file" && hasNote(order.current)));
    await Promise.all(wanted.map(async (node) => known.set(node, await detailsOf(tree, node, order.current))));
    return nodes;
  }

  /** A whole folder, or its runs when it is a big one. */
  async function listFolder(tree: FileTree, image: string, path: string): Promise<ImagesNode[]> {
    const entries = await entriesOf(tree, image, path);
    if (entries.length <= pageLength) return await nodesOf(tree, image, path, entries);
    const ranges: ImagesNode[] = [];
    for (let start = 0; start < entries.length; start += pageLength) {
      ranges.push(rangeNode(image, path, entries, start));
    }
    return ranges;
  }

  async function listImage(image: string): Promise<ImagesNode[]> {
    return await store.use(Uri.parse(image), async ({ tree, disk, format, facts }) => {
      if (disk === undefined) return await listFolder(tree, image, "");
      const warning = facts.warning === undefined ? [] : [problemNode(image, "", sentence(facts.warning), true)];
      const top: ImagesNode[] = format === "disk" ? warning : [{ kind: "files", image }];
      const parts = disk.partitions.map(({ number }): ImagesNode => {
        return { kind: "partition", image: partitionUri(Uri.parse(image), number).toString() };
      });
      if (filter.text === "") return [...top, ...parts];
      return [...top, ...parts].filter((node) => filter.hits(node.image) !== undefined);
    });
  }

  async function listChildren(node: ImagesNode): Promise<ImagesNode[]> {
    if (node.kind === "problem") return [];
    if (node.kind === "image") return await listImage(node.image);
    return await inImage(node, async ({ tree }) => {
      if (node.kind !== "range") return await listFolder(tree, node.image, folderPath(node));
      const entries = await entriesOf(tree, node.image, node.path);
      return await nodesOf(tree, node.image, node.path, entries.slice(node.start, node.start + pageLength));
    });
  }

  async function root(image: string): Promise<FolderNode> {
    const uri = Uri.parse(image);
    if (partitionOf(uri) !== undefined) return { kind: "partition", image };
    const isDisk = await store.use(uri, async ({ disk }) => disk !== undefined).catch(() => false);
    return isDisk ? { kind: "files", image } : imageNode(image);
  }

  return {
    listed,
    root,

    async list(node) {
      if (node === undefined) return await listImages();
      try {
        return await listChildren(node);
      } catch (error) {
        const path = node.kind === "entry" || node.kind === "range" ? node.path : "";
        return [problemNode(node.image, path, sentence(reasonOf(error)))];
      }
    },

    async parent(node) {
      if (node.kind === "image") return undefined;
      if (node.kind === "files") return imageNode(node.image);
      if (node.kind === "partition") return imageNode(Uri.parse(node.image).with({ fragment: "" }).toString());
      const folder = node.kind === "entry" ? folderOf(node.path) : node.path;
      const above: FolderNode =
        folder === "" ? await root(node.image) : { kind: "entry", image: node.image, path: folder, type: "directory" };
      if (node.kind !== "entry") return above;
      const entries = await inImage(node, ({ tree }) => entriesOf(tree, node.image, folder));
      if (entries.length <= pageLength) return above;
      const name = nameOf(node.path);
      const index = entries.findIndex((entry) => entry.name === name && entry.twin === node.twin);
      return rangeNode(node.image, folder, entries, pageStart(Math.max(0, index)));
    },

    async details(node) {
      if (node.type !== "symlink" && !(node.type === "file" && hasNote(order.current))) return {};
      return known.get(node) ?? (await inImage(node, ({ tree }) => detailsOf(tree, node, order.current)));
    },
  };
}

/** Whether files show what they are sorted by. */
function hasNote(order: EntryOrder): boolean {
  return order === "size" || order === "stored" || order === "time";
}

async function detailsOf(tree: FileTree, { path, type }: EntryNode, order: EntryOrder): Promise<EntryDetails> {
  try {
    if (type === "symlink") return { target: await tree.readLink(path) };
    if (order === "stored" && tree.storedSize !== undefined) return { note: formatBytes(await tree.storedSize(path)) };
    const { size, mtime } = await tree.stat(path);
    return { note: order === "time" ? formatTime(mtime) : formatBytes(size) };
  } catch (error) {
    const reason = sentence(reasonOf(error));
    return type === "symlink" ? { target: reason } : { note: reason };
  }
}

function entryNode(image: string, folder: string, { name, type, twin }: TreeEntry & { twin?: number }): EntryNode {
  const node: EntryNode = { kind: "entry", image, path: joinPath(folder, name), type };
  return twin === undefined ? node : { ...node, twin };
}

function rangeNode(image: string, path: string, entries: readonly TreeEntry[], start: number): ImagesNode {
  const last = Math.min(start + pageLength, entries.length) - 1;
  const [firstName, lastName] = [entries[start]?.name ?? "", entries[last]?.name ?? ""];
  return { kind: "range", image, path, start, firstName, lastName };
}

function problemNode(image: string, path: string, message: string, warning?: true): ImagesNode {
  return { kind: "problem", image, path, message, ...(warning === undefined ? {} : { warning }) };
}

/** An error that ImageError or node words ("it is a PNG picture; …") as a sentence. */
export function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
