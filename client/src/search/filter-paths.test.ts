// A filtered tree has all that matches, the folders on the way to it, and nothing else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../image/src/index.ts";
import { filterPaths } from "./filter-paths.ts";
import { indexPaths, type PathIndex } from "./path-index.ts";

async function indexOf(paths: readonly string[]): Promise<PathIndex> {
  const { index, done } = indexPaths(memoryTree(Object.fromEntries(paths.map((path) => [path, ""]))));
  await done;
  return index;
}

const paths = ["usr/bin/hello", "usr/bin/other", "usr/lib/Hello.d/a.conf", "usr/lib/hello2", "usr/lib2/x", "etc/none"];

async function shown(text: string, most = 100): Promise<Record<string, string>> {
  const { folders } = await filterPaths(await indexOf(paths), text, most);
  return Object.fromEntries(
    Array.from(folders, ([folder, entries]) => [folder, entries.map(({ name }) => name).join(" ")]),
  );
}

test("matches come with the folders on the way to them", async () => {
  assert.deepEqual(await shown("HELLO"), {
    "": "usr",
    usr: "bin lib",
    "usr/bin": "hello",
    "usr/lib": "Hello.d hello2",
  });
  assert.deepEqual(await shown("a.conf"), { "": "usr", usr: "lib", "usr/lib": "Hello.d", "usr/lib/Hello.d": "a.conf" });
});

test("a text with a slash is looked for in paths, and what lies below a match does not match by it", async () => {
  assert.deepEqual(await shown("lib/hello"), { "": "usr", usr: "lib", "usr/lib": "Hello.d hello2" });
  assert.deepEqual(await shown("lib2"), { "": "usr", usr: "lib2" });
});

test("nothing matches nothing", async () => {
  const hits = await filterPaths(await indexOf(paths), "zzz", 100);
  assert.deepEqual([hits.folders.size, hits.count, hits.cut], [0, 0, false]);
});

test("no more matches than are wanted", async () => {
  const hits = await filterPaths(await indexOf(paths), "o", 2);
  assert.deepEqual([hits.count, hits.cut], [2, true]);
});

test("whoever types on does not wait", async () => {
  const control = new AbortController();
  control.abort();
  await assert.rejects(filterPaths(await indexOf(paths), "o", 2, control.signal), { name: "AbortError" });
});
