// Holds the order of core's folders, and that no two modules import each other, however long the way round.
import assert from "node:assert/strict";
import { test } from "node:test";
import { importsOf, productFiles } from "./imports.ts";

/** Folders of core from the ground up: each imports from those before it, and itself. */
const floors = ["text", "syntax", "tables", "model", "values", "hosts", "updates", "checks", "features"];

type Imports = ReadonlyMap<string, readonly string[]>;

const imports: Imports = new Map(productFiles.map((file) => [file, importsOf(file)]));

/** The folder of core that a module is in; -1 for all others, core's index among them. */
function floorOf(file: string): number {
  return floors.indexOf(/^server\/src\/core\/(\w+)\//.exec(file)?.[1] ?? "");
}

/** The ways from a module back to itself, the shortest only, for each module that has one. */
function circlesIn(graph: Imports): string[][] {
  return [...graph.keys()].flatMap((file) => {
    const wayBack = shortestWay(graph, file, file);
    return wayBack === undefined ? [] : [wayBack];
  });
}

function shortestWay(graph: Imports, from: string, to: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const open = [from];
  for (const file of open) {
    for (const next of graph.get(file) ?? []) {
      if (next === to) {
        const way = [to];
        for (let at: string | undefined = file; at !== undefined; at = cameFrom.get(at)) way.unshift(at);
        return way;
      }
      if (cameFrom.has(next) || !graph.has(next)) continue;
      cameFrom.set(next, file);
      open.push(next);
    }
  }
  return undefined;
}

test("core's folders import only from those below", () => {
  const folders = new Set(productFiles.flatMap((file) => /^server\/src\/core\/(\w+)\//.exec(file)?.[1] ?? []));
  folders.delete("index"); // the parts of the public seam, which stands above all
  assert.deepEqual([...folders].sort(), [...floors].sort(), "each folder of core has its floor");
  const up = [...imports].flatMap(([file, imported]) =>
    floorOf(file) < 0
      ? []
      : imported.filter((each) => floorOf(each) > floorOf(file)).map((each) => `${file} → ${each}`),
  );
  assert.deepEqual(up, [], `the order is ${floors.join(", ")}`);
});

test("no modules import each other in a circle", () => {
  const circles = circlesIn(imports).map((way) => way.join(" → "));
  assert.deepEqual(circles, [], "move what both need into a module of its own");
});

test("a circle is found, be it long, of types, or of a module with itself", () => {
  const graph: Imports = new Map([
    ["a", ["b", "x"]],
    ["b", ["c", "package"]],
    ["c", ["b", "d"]],
    ["d", ["a"]],
    ["x", ["y"]],
    ["y", []],
    ["z", ["z"]],
  ]);
  assert.deepEqual(circlesIn(graph), [
    ["a", "b", "c", "d", "a"],
    ["b", "c", "b"],
    ["c", "b", "c"],
    ["d", "a", "b", "c", "d"],
    ["z", "z"],
  ]);
});

test("the imports of types count", () => {
  assert.ok(importsOf("server/src/core/checks/check.ts").includes("server/src/core/model/severity.ts"));
});
