// Draws the differences as an ARIA tree that the keyboard moves in.
import { makeElement, shown } from "../../pages/browser/make-element.ts";
import type { ChangeNode } from "./change-tree.ts";

interface Item {
  readonly node: ChangeNode;
  readonly parent: Item | undefined;
  readonly element: HTMLElement;
  readonly twist: HTMLElement;
}

export interface ChangeTreeView {
  /** Replaces what is shown; the current line and the closed folders stay. */
  draw(nodes: readonly ChangeNode[]): void;
}

/** Shows a tree in `list`; `open` is called for a path whose line is chosen and can be opened. */
export function createChangeTreeView(list: HTMLElement, open: (path: string) => void): ChangeTreeView {
  const closed = new Set<string>();
  let items: Item[] = [];
  let current: Item | undefined;

  function itemsOf(nodes: readonly ChangeNode[], parent: Item | undefined, level: number): HTMLElement[] {
    return nodes.map((node) => {
      const item = { node, parent, element: makeElement("li", node.row?.change), twist: makeElement("span", "twist") };
      items.push(item);
      fill(item, level);
      return item.element;
    });
  }

  function fill(item: Item, level: number): void {
    const { node, element, twist } = item;
    const details: [string, string][] = [];
    if (node.row !== undefined) {
      const { word, aspects, size } = node.row;
      details.push(["what", word], ...aspects.map((text): [string, string] => ["aspect", text]));
      if (size !== "") details.push(["size", size]);
    }
    element.setAttribute("role", "treeitem");
    element.setAttribute("aria-level", String(level));
    element.setAttribute("aria-label", shown([node.name, ...details.map(([, text]) => text)].join(", ")));
    element.tabIndex = -1;
    const line = makeElement("div", "row");
    line.append(
      twist,
      makeElement("span", "name", node.name),
      ...details.map(([className, text]) => makeElement("span", className, text)),
    );
    line.addEventListener("click", () => {
      choose(item);
      act(item);
    });
    element.append(line);
    if (node.children.length === 0) return;
    const group = makeElement("ul");
    group.setAttribute("role", "group");
    group.append(...itemsOf(node.children, item, level + 1));
    element.append(group);
    setOpen(item, !closed.has(node.path));
  }

  function setOpen({ node, element, twist }: Item, isOpen: boolean): void {
    element.setAttribute("aria-expanded", String(isOpen));
    twist.textContent = isOpen ? "▾" : "▸";
    if (isOpen) closed.delete(node.path);
    else closed.add(node.path);
  }

  function choose(item: Item | undefined): void {
    if (item === undefined) return;
    if (current !== undefined) current.element.tabIndex = -1;
    current = item;
    item.element.tabIndex = 0;
    item.element.focus();
  }

  function act(item: Item): void {
    const { node } = item;
    if (node.children.length > 0) setOpen(item, closed.has(node.path));
    else if (node.row?.opens === true) open(node.path);
  }

  function isVisible({ parent }: Item): boolean {
    return parent === undefined || (!closed.has(parent.node.path) && isVisible(parent));
  }

  /** Whether the key means something in a tree. */
  function press(key: string, item: Item): boolean {
    const visible = items.filter(isVisible);
    const at = visible.indexOf(item);
    const isFolder = item.node.children.length > 0;
    const isClosed = closed.has(item.node.path);
    switch (key) {
      case "ArrowDown":
        choose(visible[at + 1]);
        return true;
      case "ArrowUp":
        choose(visible[at - 1]);
        return true;
      case "Home":
        choose(visible[0]);
        return true;
      case "End":
        choose(visible.at(-1));
        return true;
      case "ArrowRight":
        if (isFolder && isClosed) setOpen(item, true);
        else if (isFolder) choose(visible[at + 1]);
        return true;
      case "ArrowLeft":
        if (isFolder && !isClosed) setOpen(item, false);
        else choose(item.parent);
        return true;
      case "Enter":
      case " ":
        act(item);
        return true;
      default:
        return false;
    }
  }

  list.addEventListener("keydown", (event) => {
    if (current === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (press(event.key, current)) event.preventDefault();
  });

  return {
    draw(nodes) {
      const hadFocus = list.contains(document.activeElement);
      const path = current?.node.path;
      items = [];
      list.replaceChildren(...itemsOf(nodes, undefined, 1));
      current = items.find(({ node }) => node.path === path) ?? items[0];
      if (current === undefined) return;
      current.element.tabIndex = 0;
      if (hadFocus) current.element.focus();
    },
  };
}
