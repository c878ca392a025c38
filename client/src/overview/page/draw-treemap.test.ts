// Tiles are to scale and inside of the area, and arrow keys lead to the neighbour.
import assert from "node:assert/strict";
import { test } from "node:test";
import { layOut, nextTile } from "./draw-treemap.ts";
import { sorted } from "./draw-usage-table.ts";
import type { PageUsage } from "./messages.ts";

function item(name: string, real: number, children: readonly PageUsage[] = []): PageUsage {
  const texts = { realText: `${real}`, storedText: "", filesText: "1", share: "", spoken: name };
  const kind = name === "rest" ? "rest" : children.length > 0 ? "folder" : "file";
  return { kind, name, path: name, real, stored: 1000 - real, files: 1, children, ...texts };
}

const level = item("", 900, [item("a", 500, [item("a/b", 300), item("a/c", 200)]), item("d", 300), item("e", 100)]);

test("areas are to the scale of the sizes, and children lie in their folder", () => {
  const tiles = layOut(level, "real", 900, 400);
  const area = (name: string): number => {
    const tile = tiles.find(({ data }) => data.name === name);
    assert.ok(tile, name);
    return (tile.x1 - tile.x0) * (tile.y1 - tile.y0);
  };
  assert.ok(Math.abs(area("d") / area("e") - 3) < 0.2);
  assert.ok(Math.abs(area("a/b") / area("a/c") - 1.5) < 0.1);
  for (const { depth, parent, x0, x1, y0, y1 } of tiles) {
    assert.ok(x0 >= 0 && y0 >= 0 && x1 <= 900 && y1 <= 400);
    if (depth < 2 || parent === null) continue;
    assert.ok(x0 >= parent.x0 && x1 <= parent.x1 && y0 >= parent.y0 && y1 <= parent.y1);
  }
});

test("what has no bytes has no tile", () => {
  assert.deepEqual(layOut(item("", 0, [item("a", 0)]), "real", 900, 400), []);
  assert.deepEqual(layOut(item("", 0), "real", 900, 400).length, 0);
});

test("arrow keys lead to the neighbour in their direction, and stay where there is none", () => {
  const box = (x: number, y: number) => ({ x0: x, x1: x + 10, y0: y, y1: y + 10, depth: 1 });
  const boxes = [box(0, 0), box(10, 0), box(0, 10), box(10, 10)];
  const keys = { ArrowRight: 1, ArrowDown: 2, ArrowLeft: 0, ArrowUp: 0, Home: 0, End: 3, a: undefined };
  for (const [key, expected] of Object.entries(keys)) assert.equal(nextTile(boxes, 0, key), expected, key);
  assert.equal(nextTile([], 0, "ArrowRight"), undefined);
});

test("tables are in the order that was asked for, with the rest last", () => {
  const items = [item("b", 1), item("rest", 9), item("a", 5)];
  const names = (column: "name" | "size" | "other", descending: boolean): string =>
    sorted(items, "real", { column, descending })
      .map(({ name }) => name)
      .join(" ");
  assert.equal(names("size", true), "a b rest");
  assert.equal(names("size", false), "b a rest");
  assert.equal(names("name", false), "a b rest");
  assert.equal(names("other", true), "b a rest");
});
