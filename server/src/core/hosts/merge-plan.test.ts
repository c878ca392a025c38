// Which extensions of a search path take effect, in which order, and what hides what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemoryFiles, memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { readTreeFiles } from "../model/tree-files.ts";
import { findHost } from "./find-host.ts";
import { listMerged, type MergeCandidate, planMerge } from "./merge-plan.ts";
import { readImageFacts } from "./read-image.ts";

const debian = findHost("debian-13");
assert.ok(debian !== undefined);
const host = debian;

async function candidate(path: string, files: MemoryFiles, release = "ID=_any\n"): Promise<MergeCandidate> {
  const fileName = path.slice(path.lastIndexOf("/") + 1);
  const name = fileName.replace(/\.raw$/, "");
  const tree = memoryTree({ [`usr/lib/extension-release.d/extension-release.${name}`]: release, ...files });
  const kind = /\.(?:raw|txt)$/.test(fileName) ? "file" : "directory";
  return { path, files: await readTreeFiles(tree), image: { fileName, kind, ...(await readImageFacts(tree)) } };
}

test("layers are ordered by versions in their names, and the later one is seen", async () => {
  const plan = planMerge(
    [
      await candidate("var/lib/extensions/tool-10", { "usr/bin/tool": "ten", "usr/bin/ten": "" }),
      await candidate("var/lib/extensions/tool-9", { "usr/bin/tool": "nine", "usr/share/tool/a": "" }),
    ],
    "sysext",
    host,
  );
  assert.deepEqual(
    plan.layers.map(({ name }) => name),
    ["tool-9", "tool-10"],
  );
  assert.deepEqual(plan.collisions, [{ path: "usr/bin/tool", layers: ["tool-9", "tool-10"] }]);
  assert.deepEqual(
    listMerged(plan, "sysext", "usr/bin").map(({ name, layer, hides }) => [name, layer, hides]),
    [
      ["ten", "tool-10", []],
      ["tool", "tool-10", ["tool-9"]],
    ],
  );
  assert.deepEqual(
    listMerged(plan, "sysext", "").map(({ name, hides }) => [name, hides]),
    [["usr", []]],
  );
});

test("the first of a name in the search path takes it, even when it is empty", async () => {
  const plan = planMerge(
    [
      await candidate("etc/extensions/demo", {
        "usr/lib/extension-release.d/extension-release.demo": { type: "directory" },
      }),
      await candidate("var/lib/extensions/demo.raw", { "usr/bin/demo": "" }),
    ],
    "sysext",
    host,
  );
  assert.deepEqual(plan.layers, []);
  assert.deepEqual(plan.masked, [{ name: "demo", path: "var/lib/extensions/demo.raw", by: "etc/extensions/demo" }]);
  assert.deepEqual(
    plan.rejected.map(({ name, rule, stopsMerge }) => [name, rule, stopsMerge]),
    [["demo", "release-file", false]],
  );
});

test("what a host does not take comes with its reason", async () => {
  const plan = planMerge(
    [
      await candidate("a.raw", {}, "ID=fedora\nVERSION_ID=43\n"),
      await candidate("b.raw", { "usr/lib/extension-release.d/extension-release.b": "", "usr/x": "" }),
      await candidate("readme.txt", {}),
    ],
    "sysext",
    host,
  );
  assert.deepEqual(
    plan.rejected.map(({ name, rule }) => [name, rule]),
    [
      ["a", "id"],
      ["b", "release-file"],
      ["readme.txt", "name"],
    ],
  );
});

test("a file over a folder, a whiteout and an opaque folder hide what is below", async () => {
  const yes = new TextEncoder().encode("y");
  const plan = planMerge(
    [
      await candidate("a", { "usr/lib/x/one": "", "usr/bin/gone": "", "usr/share/old/a": "", "usr/share/old/b": "" }),
      await candidate("b", {
        "usr/lib/x": "a file",
        "usr/bin/gone": { type: "char", rdev: 0 },
        "usr/share/old": { type: "directory", xattrs: { "trusted.overlay.opaque": yes } },
        "usr/share/old/c": "",
      }),
    ],
    "sysext",
    host,
  );
  const names = (folder: string) => listMerged(plan, "sysext", folder).map(({ name }) => name);
  assert.deepEqual(names("usr/lib/x"), []);
  assert.deepEqual(names("usr/bin"), []);
  assert.deepEqual(names("usr/share/old"), ["c"]);
});
