// The treemap: tiles drawn to scale that are buttons; arrow keys move to the neighbour in their direction.
import { type HierarchyRectangularNode, hierarchy, treemap, treemapSquarify } from "d3-hierarchy";
import { makeElement, shown } from "../../pages/browser/make-element.ts";
import type { PageMeasure, PageUsage } from "./messages.ts";

export interface TreemapActions {
  /** A tile was chosen; `within` is the tile of the folder around it, if it has one. */
  readonly choose: (item: PageUsage, within: PageUsage | undefined) => void;
  readonly zoomOut: () => void;
}

type Tile = HierarchyRectangularNode<PageUsage>;

/** Pixels. */
const titleHeight = 20;
const gap = 2;
const smallest = 3;
const minForName = { width: 34, height: 17 };
const minForSize = { width: 60, height: 36 };

/** Places the children and grandchildren of `level` on an area of so many pixels. */
export function layOut(level: PageUsage, measure: PageMeasure, width: number, height: number): readonly Tile[] {
  const root = hierarchy(level, ({ children }) => (children.length === 0 ? undefined : [...children])).sum((item) =>
    item.children.length === 0 ? item[measure] : 0,
  );
  const laid = treemap<PageUsage>()
    .tile(treemapSquarify)
    .size([width, height])
    .round(true)
    .paddingInner(gap)
    .paddingTop((node) => (node.depth === 1 && node.children !== undefined ? titleHeight : 0))
    .paddingRight((node) => (node.depth === 1 ? gap : 0))
    .paddingLeft((node) => (node.depth === 1 ? gap : 0))
    .paddingBottom((node) => (node.depth === 1 ? gap : 0))(root);
  return laid
    .descendants()
    .filter(({ depth, x0, x1, y0, y1 }) => depth > 0 && x1 - x0 >= smallest && y1 - y0 >= smallest);
}

/** Draws the tiles of `level` into `area`; `focused` is the path of the tile that had the focus. */
export function drawTreemap(
  area: HTMLElement,
  level: PageUsage,
  measure: PageMeasure,
  actions: TreemapActions,
  focused: string | undefined,
): void {
  const tiles = layOut(level, measure, area.clientWidth, area.clientHeight);
  const top = level.children;
  const buttons = tiles.map((tile) => {
    const within = tile.depth > 1 ? tile.parent?.data : undefined;
    const hue = top.indexOf(within ?? tile.data) % 6;
    return { tile, button: tileButton(tile, measure, hue, () => actions.choose(tile.data, within)) };
  });
  const had = area.contains(document.activeElement);
  const current = buttons.find(({ tile }) => keyOf(tile.data) === focused) ?? buttons[0];
  if (current !== undefined) current.button.tabIndex = 0;
  area.replaceChildren(...buttons.map(({ button }) => button));
  if (had) (current?.button ?? area).focus({ preventScroll: true });
  area.onkeydown = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape" || event.key === "Backspace") actions.zoomOut();
    else {
      const at = buttons.findIndex(({ button }) => button === document.activeElement);
      const next = nextTile(
        buttons.map(({ tile }) => tile),
        at,
        event.key,
      );
      if (next === undefined) return;
      for (const { button } of buttons) button.tabIndex = -1;
      const target = buttons[next]?.button;
      if (target === undefined) return;
      target.tabIndex = 0;
      target.focus();
    }
    event.preventDefault();
  };
}

/** Identifies a tile; the path alone does not, since the rest of a folder has the folder's path. */
export function keyOf({ kind, path }: PageUsage): string {
  return `${kind} ${path}`;
}

function tileButton(tile: Tile, measure: PageMeasure, hue: number, choose: () => void): HTMLButtonElement {
  const { data, depth, x0, x1, y0, y1 } = tile;
  const [width, height] = [x1 - x0, y1 - y0];
  const isGroup = depth === 1 && tile.children !== undefined;
  const button = makeElement(
    "button",
    `tile ${data.kind} hue-${hue} ${isGroup ? "group" : depth === 1 ? "" : "inner"}`,
  );
  button.type = "button";
  button.tabIndex = -1;
  button.dataset["key"] = keyOf(data);
  button.setAttribute("aria-label", shown(data.spoken));
  button.title = shown(data.spoken);
  button.style.left = `${x0}px`;
  button.style.top = `${y0}px`;
  button.style.width = `${width}px`;
  button.style.height = `${height}px`;
  if (width >= minForName.width && height >= minForName.height) {
    button.append(makeElement("span", "name", data.kind === "folder" && !isGroup ? `${data.name}/` : data.name));
    const size = measure === "stored" ? data.storedText : data.realText;
    if (isGroup ? width >= 110 : width >= minForSize.width && height >= minForSize.height) {
      button.append(makeElement("span", "size", size));
    }
  }
  button.addEventListener("click", choose);
  return button;
}

interface Box {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly children?: unknown;
  readonly depth: number;
}

/** The index of the tile that a key leads to from the one at `at`; undefined for a key that does not move. */
export function nextTile(tiles: readonly Box[], at: number, key: string): number | undefined {
  if (tiles.length === 0) return undefined;
  if (key === "Home") return 0;
  if (key === "End") return tiles.length - 1;
  const direction = directions[key];
  const from = tiles[at];
  if (direction === undefined) return undefined;
  if (from === undefined) return 0;
  const [dx, dy] = direction;
  const [fromX, fromY] = middleOf(from);
  let best: { index: number; cost: number } | undefined;
  tiles.forEach((tile, index) => {
    if (index === at) return;
    const [x, y] = middleOf(tile);
    const ahead = (x - fromX) * dx + (y - fromY) * dy;
    const aside = Math.abs((x - fromX) * dy) + Math.abs((y - fromY) * dx);
    if (ahead <= 0) return;
    const cost = ahead + 2 * aside;
    if (best === undefined || cost < best.cost) best = { index, cost };
  });
  return best?.index ?? at;
}

const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** The middle of a tile; for a folder whose entries have tiles, the middle of its title. */
function middleOf({ x0, x1, y0, y1, children, depth }: Box): [number, number] {
  const bottom = depth === 1 && children !== undefined ? Math.min(y1, y0 + titleHeight) : y1;
  return [(x0 + x1) / 2, (y0 + bottom) / 2];
}
