// The Images view: the images of the list, and lazily the folders inside them.
import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  l10n,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from "vscode";
import type { FileTree, OpenImage, TreeEntry } from "../../../image/src/index.ts";
import { commands } from "../../../shared/src/ids.ts";
import type { ImageList } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { imageUri } from "../images/image-uri.ts";
import { escapeOddName } from "../images/odd-names.ts";
import { folderOf, joinPath, nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import { formatBytes, formatCount, formatTime } from "../quantities.ts";
import { factLines, typeName } from "./entry-facts.ts";
import { createFolderPages, pageLength, pageStart } from "./folder-pages.ts";
import { type EntryNode, type ImageNode, type ImagesNode, nodeId } from "./images-node.ts";
import { plainMarkdown } from "./plain-markdown.ts";

export interface ImagesView extends TreeDataProvider<ImagesNode>, Disposable {
  getTreeItem(node: ImagesNode): Promise<TreeItem>;
  getChildren(node?: ImagesNode): Promise<ImagesNode[]>;
  getParent(node: ImagesNode): Promise<ImagesNode | undefined>;
  resolveTreeItem(item: TreeItem, node: ImagesNode, token: CancellationToken): Promise<TreeItem>;
}

export function createImagesView(images: ImageList, store: ImageStore): ImagesView {
  const changes = new EventEmitter<ImagesNode | undefined>();
  const pages = createFolderPages();
  const opened = new Map<string, boolean>();
  const subscription = images.onDidChange((id) => changes.fire(id === undefined ? undefined : imageNode(id)));

  const inImage = <Result>(node: ImagesNode, task: (image: OpenImage) => Promise<Result>): Promise<Result> =>
    store.use(Uri.parse(node.image), task);

  async function listImages(): Promise<ImageNode[]> {
    const listed = await images.list();
    opened.clear();
    for (const image of listed) opened.set(image.id, image.opened);
    return listed.map((image) => imageNode(image.id));
  }

  /** A whole folder, or its runs when it is a big one. */
  async function listFolder(node: ImageNode | EntryNode): Promise<ImagesNode[]> {
    const path = node.kind === "entry" ? node.path : "";
    const entries = await inImage(node, ({ tree }) => pages.list(tree, path));
    if (entries.length <= pageLength) return entries.map((entry) => entryNode(node.image, path, entry));
    const ranges: ImagesNode[] = [];
    for (let start = 0; start < entries.length; start += pageLength) {
      ranges.push(rangeNode(node.image, path, entries, start));
    }
    return ranges;
  }

  async function listChildren(node: ImagesNode): Promise<ImagesNode[]> {
    if (node.kind === "problem") return [];
    if (node.kind !== "range") return await listFolder(node);
    const entries = await inImage(node, ({ tree }) => pages.list(tree, node.path));
    return entries.slice(node.start, node.start + pageLength).map((entry) => entryNode(node.image, node.path, entry));
  }

  return {
    onDidChangeTreeData: changes.event,

    async getChildren(node) {
      if (node === undefined) return await listImages();
      try {
        return await listChildren(node);
      } catch (error) {
        const path = node.kind === "image" ? "" : node.path;
        return [{ kind: "problem", image: node.image, path, message: problemSentence(error) }];
      }
    },

    async getParent(node) {
      if (node.kind === "image") return undefined;
      const folder = node.kind === "entry" ? folderOf(node.path) : node.path;
      const parent: ImagesNode =
        folder === "" ? imageNode(node.image) : { kind: "entry", image: node.image, path: folder, type: "directory" };
      if (node.kind !== "entry") return parent;
      const entries = await inImage(node, ({ tree }) => pages.list(tree, folder));
      if (entries.length <= pageLength) return parent;
      const index = entries.findIndex((entry) => entry.name === nameOf(node.path));
      return rangeNode(node.image, folder, entries, pageStart(index));
    },

    async getTreeItem(node) {
      const item = new TreeItem("");
      item.id = nodeId(node);
      switch (node.kind) {
        case "image":
          describeImage(item, node, opened.get(node.image) ?? false);
          break;
        case "entry":
          describeEntry(item, node);
          if (node.type === "symlink") await describeLink(item, node, (tree) => inImage(node, tree));
          break;
        case "range":
          item.label = `${escapeOddName(node.firstName)} … ${escapeOddName(node.lastName)}`;
          item.collapsibleState = TreeItemCollapsibleState.Collapsed;
          item.contextValue = "range";
          break;
        case "problem":
          item.label = node.message;
          item.tooltip = node.message;
          item.iconPath = new ThemeIcon("error", new ThemeColor("list.errorForeground"));
          item.contextValue = "problem";
          break;
      }
      return item;
    },

    async resolveTreeItem(item, node, token) {
      if (node.kind !== "image" && node.kind !== "entry") return item;
      const lines = await inImage(node, async (image) =>
        node.kind === "image" ? imageLines(image) : factLines(await image.tree.stat(node.path)),
      ).catch((error: unknown) => [problemSentence(error)]);
      if (token.isCancellationRequested) return item;
      const title = node.kind === "image" ? Uri.parse(node.image).fsPath : `/${escapeOddName(node.path)}`;
      item.tooltip = plainMarkdown([title, ...lines]);
      return item;
    },

    dispose() {
      subscription.dispose();
      changes.dispose();
    },
  };
}

export function imageNode(id: string): ImageNode {
  return { kind: "image", image: id };
}

function entryNode(image: string, folder: string, { name, type }: TreeEntry): EntryNode {
  return { kind: "entry", image, path: joinPath(folder, name), type };
}

function rangeNode(image: string, path: string, entries: readonly TreeEntry[], start: number): ImagesNode {
  const last = Math.min(start + pageLength, entries.length) - 1;
  const [firstName, lastName] = [entries[start]?.name ?? "", entries[last]?.name ?? ""];
  return { kind: "range", image, path, start, firstName, lastName };
}

function describeImage(item: TreeItem, node: ImageNode, isOpened: boolean): void {
  const uri = Uri.parse(node.image);
  const name = nameOf(uri.path);
  const folder = placeOfImage(uri);
  item.label = name;
  item.description = folder;
  item.iconPath = new ThemeIcon("package");
  item.collapsibleState = TreeItemCollapsibleState.Collapsed;
  item.contextValue = isOpened ? "image.opened" : "image.workspace";
  item.accessibilityInformation = { label: l10n.t("image {0} {1}", name, folder) };
}

/** The image's folder, relative to the workspace; empty in the workspace's only folder. */
function placeOfImage(uri: Uri): string {
  const path = workspace.getWorkspaceFolder(uri) === undefined ? uri.fsPath : workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"))));
}

function describeEntry(item: TreeItem, node: EntryNode): void {
  const name = escapeOddName(nameOf(node.path));
  const uri = imageUri(Uri.parse(node.image), node.path);
  const isFolder = node.type === "directory";
  item.label = name;
  item.resourceUri = uri;
  item.iconPath = isFolder ? ThemeIcon.Folder : ThemeIcon.File;
  item.collapsibleState = isFolder ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.None;
  item.contextValue = `entry.${node.type}`;
  item.accessibilityInformation = { label: l10n.t("{0}, {1}", name, typeName(node.type)) };
  if (node.type === "file") item.command = { command: "vscode.open", title: l10n.t("Open"), arguments: [uri] };
}

async function describeLink(
  item: TreeItem,
  node: EntryNode,
  inImage: (task: (image: OpenImage) => Promise<string>) => Promise<string>,
): Promise<void> {
  const target = await inImage(({ tree }: { tree: FileTree }) => tree.readLink(node.path)).catch(problemSentence);
  const shown = escapeOddName(target);
  item.description = `→ ${shown}`;
  item.iconPath = new ThemeIcon("file-symlink-file");
  item.command = { command: commands.openTarget, title: l10n.t("Open Target"), arguments: [node] };
  item.accessibilityInformation = { label: l10n.t("{0}, symlink to {1}", String(item.label), shown) };
}

function imageLines({ format, facts, disk }: OpenImage): string[] {
  return [
    ...(disk === undefined
      ? []
      : [l10n.t("Disk with {0} partitions ({1})", formatCount(disk.partitions.length), disk.kind.toUpperCase())]),
    l10n.t("Format: {0}, {1}, blocks of {2} KiB", format, facts.compression, facts.blockSize / 1024),
    facts.inodes === undefined
      ? l10n.t("Size: {0}", formatBytes(facts.bytesUsed))
      : l10n.t("Size: {0}, {1} files, folders and links", formatBytes(facts.bytesUsed), formatCount(facts.inodes)),
    ...(facts.created === undefined ? [] : [l10n.t("Made: {0}", formatTime(facts.created))]),
    ...(facts.warning === undefined ? [] : [l10n.t("Warning: {0}", facts.warning)]),
  ];
}

/** An error that ImageError or node words ("it is a PNG picture; …") as a sentence. */
function problemSentence(error: unknown): string {
  const reason = reasonOf(error);
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
}
