// The Images view: the images of the list, and lazily the partitions and folders inside them, sorted and filtered.
import {
  type CancellationToken,
  commands,
  type Disposable,
  EventEmitter,
  type Memento,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  workspace,
} from "vscode";
import { contextKeys } from "../../../shared/src/ids.ts";
import type { ImageList } from "../images/image-list.ts";
import type { ImageStore } from "../images/image-store.ts";
import { partitionOf } from "../images/image-uri.ts";
import { shownName } from "../images/odd-names.ts";
import { isPacked } from "../images/packed-hint.ts";
import { nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import type { ImageIndexes } from "../search/image-indexes.ts";
import { factLines } from "./entry-facts.ts";
import { createImagesChildren, sentence } from "./images-children.ts";
import { createExpandedNodes, type ExpandedNodes } from "./images-expanded.ts";
import { createImagesFilter, type ImagesFilter } from "./images-filter.ts";
import {
  describeEntry,
  describeFiles,
  describeImage,
  describeProblem,
  describeRange,
  type ImageState,
  imageLines,
} from "./images-items.ts";
import {
  type EntryNode,
  type FolderNode,
  type ImagesNode,
  imageNode,
  nodeId,
  type PartitionNode,
} from "./images-node.ts";
import { createImagesOrder, type ImagesOrder } from "./images-order.ts";
import { describePartition } from "./images-partitions.ts";
import { plainMarkdown } from "./plain-markdown.ts";

export interface ImagesView extends TreeDataProvider<ImagesNode>, Disposable {
  getTreeItem(node: ImagesNode): Promise<TreeItem>;
  getChildren(node?: ImagesNode): Promise<ImagesNode[]>;
  getParent(node: ImagesNode): Promise<ImagesNode | undefined>;
  resolveTreeItem(item: TreeItem, node: ImagesNode, token: CancellationToken): Promise<TreeItem>;
  /** The node whose children are the root's entries of an image or partition, by its URI as text. */
  root(image: string): Promise<FolderNode>;
  readonly order: ImagesOrder;
  readonly filter: ImagesFilter;
  readonly expanded: ExpandedNodes;
}

export interface ImagesViewParts {
  readonly images: ImageList;
  readonly store: ImageStore;
  readonly indexes: ImageIndexes;
  /** What is remembered for the workspace. */
  readonly memory: Memento;
}

export function createImagesView({ images, store, indexes, memory }: ImagesViewParts): ImagesView {
  const changes = new EventEmitter<ImagesNode | undefined>();
  const order = createImagesOrder(memory, (current) => {
    void commands.executeCommand("setContext", contextKeys.imagesOrder, current);
    changes.fire(undefined);
  });
  const filter = createImagesFilter({ images, store, indexes, memory });
  const expanded = createExpandedNodes(memory);
  const children = createImagesChildren({ images, store, order, filter });
  const subscriptions = [
    images.onDidChange((id) => changes.fire(id === undefined || filter.text !== "" ? undefined : imageNode(id))),
    filter.onDidChange(() => changes.fire(undefined)),
    filter,
    changes,
  ];

  async function describe(item: TreeItem, node: ImagesNode): Promise<void> {
    switch (node.kind) {
      case "image":
        return describeImage(item, node, await imageState(node.image));
      case "files":
        return describeFiles(item);
      case "partition":
        return await describePartitionNode(item, node);
      case "entry":
        return describeEntry(item, node, await children.details(node).catch(() => ({})));
      case "range":
        return describeRange(item, node);
      case "problem":
        return describeProblem(item, node);
    }
  }

  /** An image of the workspace is listed only while it is there. */
  async function imageState(image: string): Promise<ImageState> {
    const uri = Uri.parse(image);
    const opened = children.listed.get(image)?.opened ?? false;
    const missing =
      opened &&
      (await workspace.fs.stat(uri).then(
        () => false,
        () => true,
      ));
    return { opened, missing, packed: isPacked(uri) };
  }

  async function describePartitionNode(item: TreeItem, node: PartitionNode): Promise<void> {
    const uri = Uri.parse(node.image);
    const number = partitionOf(uri);
    try {
      await store.use(uri.with({ fragment: "" }), async ({ disk }) => {
        const partition = disk?.partitions.find((one) => one.number === number);
        if (disk !== undefined && partition !== undefined) await describePartition(item, disk, partition);
      });
    } catch (error) {
      item.label = sentence(reasonOf(error));
    }
  }

  /** What is filtered is unfolded as far as it goes, and leaves alone what the user had unfolded before. */
  function unfold(item: TreeItem, node: ImagesNode): void {
    if (item.collapsibleState !== TreeItemCollapsibleState.Collapsed) return;
    const id = nodeId(node);
    const isOpen =
      filter.text === ""
        ? expanded.has(id)
        : filter.unfolds && (node.kind !== "entry" || filter.hits(node.image)?.folders.has(node.path) === true);
    if (isOpen) item.collapsibleState = TreeItemCollapsibleState.Expanded;
  }

  async function tooltipLines(node: EntryNode | ImagesNode): Promise<string[] | undefined> {
    const uri = Uri.parse(node.image);
    if (node.kind === "entry") {
      const stat = await store.use(uri, ({ tree }) => tree.stat(node.path));
      return [`/${shownName(node.path)}`, ...factLines(stat)];
    }
    if (node.kind !== "image") return undefined;
    // Looking at a name is no reason to unpack the image.
    if (isPacked(uri) && !store.isOpen(uri)) return [shownName(uri.fsPath)];
    return await store.use(uri, async (image) => [shownName(uri.fsPath), ...imageLines(image)]);
  }

  return {
    onDidChangeTreeData: changes.event,
    order,
    filter,
    expanded,
    root: children.root,
    getChildren: children.list,
    getParent: children.parent,

    async getTreeItem(node) {
      const item = new TreeItem("");
      // VS Code keeps by the id what is unfolded.
      item.id = filter.text === "" ? nodeId(node) : `${filter.text}\n${nodeId(node)}`;
      await describe(item, node);
      unfold(item, node);
      return item;
    },

    async resolveTreeItem(item, node, token) {
      const lines = await tooltipLines(node).catch((error: unknown) => [
        node.kind === "entry" ? `/${shownName(node.path)}` : shownName(nameOf(Uri.parse(node.image).path)),
        sentence(reasonOf(error)),
      ]);
      if (lines !== undefined && !token.isCancellationRequested) item.tooltip = plainMarkdown(lines);
      return item;
    },

    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
