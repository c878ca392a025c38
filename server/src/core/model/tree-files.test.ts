// The files of a tree, read at once and renewed path by path, which has to come to the same.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemoryFiles, memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { readTreeFiles, renewTreeFiles, type TreeFiles } from "./tree-files.ts";

function shown({ all }: TreeFiles): string[] {
  return all.map(({ path, type, size, target }) => `${path} ${type} ${size} ${target ?? ""}`);
}

const start: MemoryFiles = {
  "usr/bin/a": "1",
  "usr/bin.d/x": "1",
  "usr/bin-x": "1",
  "usr/lib/deep/er/file": "1",
  "usr/share/link": { target: "../bin/a" },
  "usr/share/round": { target: "round2" },
  "usr/share/round2": { target: "round" },
  "usr/share/abs": { target: "/usr/lib" },
  "usr/share/gone": { target: "nothing" },
};

test("folders come before what is in them, and names in their order", async () => {
  const files = await readTreeFiles(memoryTree(start));
  const paths = files.all.map(({ path }) => path);
  assert.ok(paths.indexOf("usr/bin") < paths.indexOf("usr/bin/a"));
  assert.deepEqual(
    files.children("usr").map(({ path }) => path),
    ["usr/bin", "usr/bin-x", "usr/bin.d", "usr/lib", "usr/share"],
  );
  assert.deepEqual(
    files.children("").map(({ path }) => path),
    ["usr"],
  );
  assert.deepEqual(
    files.below("usr/lib").map(({ path }) => path),
    ["usr/lib/deep", "usr/lib/deep/er", "usr/lib/deep/er/file"],
  );
  assert.deepEqual([files.children("usr/bin/a"), files.children("nothing"), files.below("usr/bin/a")], [[], [], []]);
});

test("paths are followed through links, within the tree", async () => {
  const files = await readTreeFiles(memoryTree(start));
  const at = (path: string) => {
    const found = files.resolve(path);
    return found.kind === "file" ? found.file.path : found.kind;
  };
  assert.equal(at("usr/share/link"), "usr/bin/a");
  assert.equal(at("/usr/share/abs/deep/er/file"), "usr/lib/deep/er/file");
  assert.equal(at("usr/share/../../../usr/bin/a"), "usr/bin/a");
  assert.equal(at("usr/share/round"), "loop");
  assert.deepEqual(files.resolve("usr/share/gone"), { kind: "missing", path: "usr/share/nothing" });
});

test("links that were made to take long to follow lead nowhere, soon", async () => {
  const climb = "../".repeat(1360);
  const links = Array.from({ length: 100 }, (_, at) => [`usr/l${at}`, { target: `${climb}usr/l${(at + 1) % 100}` }]);
  const files = await readTreeFiles(memoryTree(Object.fromEntries(links)));
  for (const { path } of files.below("usr")) assert.equal(files.resolve(path).kind, "loop");
});

const changes: readonly (readonly [what: string, paths: readonly string[], after: MemoryFiles])[] = [
  ["a file changed", ["usr/bin/a"], { ...start, "usr/bin/a": "12" }],
  ["a file came", ["usr/bin/b"], { ...start, "usr/bin/b": "1" }],
  ["a file came with folders above it", ["usr/new/er/b"], { ...start, "usr/new/er/b": "1" }],
  [
    "a folder became a file",
    ["usr/lib"],
    Object.fromEntries([...Object.entries(start).filter(([path]) => !path.startsWith("usr/lib/")), ["usr/lib", "1"]]),
  ],
  ["a file went", ["usr/bin-x"], Object.fromEntries(Object.entries(start).filter(([path]) => path !== "usr/bin-x"))],
  [
    "a folder went",
    ["usr/lib"],
    Object.fromEntries(Object.entries(start).filter(([path]) => !path.startsWith("usr/lib/"))),
  ],
  [
    "a file became a folder",
    ["usr/bin-x"],
    Object.fromEntries([...Object.entries(start).filter(([path]) => path !== "usr/bin-x"), ["usr/bin-x/y", "1"]]),
  ],
  ["a link changed", ["usr/share/gone"], { ...start, "usr/share/gone": { target: "link" } }],
  ["nothing that is known", ["usr/nothing"], start],
  ["all of it", [""], { "opt/x": "1" }],
  [
    "several at once",
    ["usr/bin/b", "usr/bin-x", "opt/x"],
    { ...start, "usr/bin/b": "2", "usr/bin-x": "33", "opt/x": "" },
  ],
];

for (const [what, paths, after] of changes) {
  test(`${what}: the same as reading all anew`, async () => {
    const before = await readTreeFiles(memoryTree(start));
    const tree = memoryTree(after);
    const renewed = await renewTreeFiles(before, tree, paths);
    const anew = await readTreeFiles(tree);
    assert.deepEqual(shown(renewed), shown(anew));
    for (const { path } of anew.all) {
      assert.equal(renewed.get(path)?.size, anew.get(path)?.size);
      assert.deepEqual(
        renewed.children(path).map((file) => file.path),
        anew.children(path).map((file) => file.path),
      );
    }
  });
}
