// Trees are found by what is in them and around them, in the shapes that other tools use.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemoryFiles, memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { checkTree } from "../checks/check-tree.ts";
import { findTrees } from "./find-trees.ts";
import { subtree } from "./tree.ts";
import { nameOf } from "./tree-files.ts";
import { findMaker, type TreeMaker } from "./tree-maker.ts";

const shapes: readonly (readonly [what: string, files: MemoryFiles, tree: string, maker: TreeMaker])[] = [
  [
    "a recipe of the sysext bakery",
    { "bird.sysext/create.sh": "populate_sysext_root() {\n:\n}\n", "bird.sysext/files/usr/bin/x": "" },
    "bird.sysext/files",
    "sysext-bakery",
  ],
  [
    "an image of mkosi",
    { "mkosi.images/demo/mkosi.conf": "[Output]\nFormat=sysext\n", "mkosi.images/demo/mkosi.extra/usr/bin/x": "" },
    "mkosi.images/demo/mkosi.extra",
    "mkosi",
  ],
  [
    "a folder of Fedora's sysexts",
    { "demo/justfile": "name := \"demo\"\nimport '../sysext.just'\n", "demo/usr/bin/x": "" },
    "demo",
    "fedora-sysexts",
  ],
  [
    "a root folder that a script builds from",
    {
      "demo/build.sh": "echo ID=_any > rootfs/usr/lib/extension-release.d/extension-release.demo\n",
      "demo/rootfs/usr/x": "",
    },
    "demo/rootfs",
    "script",
  ],
  [
    "a folder with usr and a recipe",
    {
      "demo/Makefile": "all:\n\techo ID=_any > usr/lib/extension-release.d/extension-release.demo\n",
      "demo/usr/x": "",
    },
    "demo",
    "script",
  ],
];

for (const [what, files, tree, maker] of shapes) {
  test(`${what} is a tree, and its release file is not missed`, async () => {
    const all = memoryTree({ ...files, "other/README.md": "" });
    assert.deepEqual(await findTrees(all), [tree]);
    const folder = nameOf(tree);
    const parent = subtree(all, tree.slice(0, Math.max(0, tree.lastIndexOf("/"))));
    assert.equal(await findMaker(parent, folder), maker);
    const findings = await checkTree(subtree(all, tree), { folder, parent: "demo", maker });
    assert.deepEqual(
      findings.filter(({ check }) => check === "er/missing"),
      [],
    );
  });
}

const others: readonly (readonly [what: string, files: MemoryFiles])[] = [
  [
    "a root folder of something else",
    { "app/rootfs/usr/bin/x": "", "app/Dockerfile": "FROM scratch\nCOPY rootfs /\n" },
  ],
  ["an image of mkosi that is no extension", { "mkosi.conf": "[Output]\nFormat=disk\n", "mkosi.extra/usr/bin/x": "" }],
  ["a folder that only has usr", { "demo/usr/bin/x": "" }],
  ["a recipe without files", { "bird.sysext/create.sh": "populate_sysext_root() { :; }\n" }],
];

for (const [what, files] of others) {
  test(`${what} is no tree`, async () => assert.deepEqual(await findTrees(memoryTree(files)), []));
}
