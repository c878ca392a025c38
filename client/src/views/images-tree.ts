// The Images view's place in the side bar: what it says above the images, what is selected, and what is dragged.
import { commands, Disposable, type TreeView, window } from "vscode";
import { contextKeys, views } from "../../../shared/src/ids.ts";
import { createImagesDragAndDrop, type DragAndDropParts } from "./images-drag-and-drop.ts";
import { type ImagesNode, nodeId } from "./images-node.ts";
import type { ImagesView } from "./images-view.ts";

export interface ImagesTree extends Disposable {
  readonly treeView: TreeView<ImagesNode>;
}

export function createImagesTree(view: ImagesView, parts: DragAndDropParts): ImagesTree {
  const tree = window.createTreeView(views.images, {
    treeDataProvider: view,
    showCollapseAll: true,
    canSelectMany: true,
    dragAndDropController: createImagesDragAndDrop(parts),
  });
  const { filter, expanded } = view;

  const setContext = (key: string, value: unknown): void => void commands.executeCommand("setContext", key, value);
  function showFilter(): void {
    (tree as { message: string | undefined }).message = filter.summary;
    setContext(contextKeys.imagesFiltered, filter.text !== "");
  }

  /** A filter of the last time costs an index, so it waits until somebody looks at the view. */
  let restored = false;
  function restore(): void {
    if (restored || !tree.visible) return;
    restored = true;
    if (filter.text === "") filter.restore().catch(() => undefined);
  }

  const subscriptions = Disposable.from(
    filter.onDidChange(showFilter),
    tree.onDidChangeVisibility(restore),
    tree.onDidExpandElement(({ element }) => filter.text === "" && expanded.expanded(nodeId(element))),
    tree.onDidCollapseElement(({ element }) => filter.text === "" && expanded.collapsed(nodeId(element))),
    tree.onDidChangeSelection(async ({ selection }) => {
      const [first] = selection;
      const item = first === undefined ? undefined : await view.getTreeItem(first).catch(() => undefined);
      setContext(contextKeys.imagesSelected, item?.contextValue ?? "");
    }),
  );
  restore();
  return { treeView: tree, dispose: () => Disposable.from(subscriptions, tree).dispose() };
}
