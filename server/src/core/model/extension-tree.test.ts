import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemoryFiles, memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { checkTree } from "../checks/check-tree.ts";
import type { TreePlace } from "./extension-name.ts";
import { describeTree } from "./extension-tree.ts";
import { findTrees } from "./find-trees.ts";

const release = "usr/lib/extension-release.d/extension-release.";

async function describe(files: MemoryFiles, place: TreePlace = { folder: "demo" }) {
  const { name, class: extensionClass, hierarchies, leftOut, problem } = await describeTree(memoryTree(files), place);
  return { name, class: extensionClass, hierarchies, leftOut, ...(problem === undefined ? {} : { problem }) };
}

test("a sysext's usr and opt go into the image, the rest stays out", async () => {
  const files = {
    [`${release}demo`]: "ID=_any\n",
    "opt/x": "",
    "README.md": "",
    "sysext.json": "{}",
    ".git/config": "",
    "etc/x": "",
  };
  assert.deepEqual(await describe(files), {
    name: "demo",
    class: "sysext",
    hierarchies: ["opt", "usr"],
    leftOut: [".git", "README.md", "etc", "sysext.json"],
  });
});

test("a confext is known by where its release file is", async () => {
  const files = { "etc/extension-release.d/extension-release.conf": "ID=_any\n", "usr/x": "" };
  assert.deepEqual(await describe(files, { folder: "conf" }), {
    name: "conf",
    class: "confext",
    hierarchies: ["etc"],
    leftOut: ["usr"],
  });
});

test("the name is that of the project file, else of the folder, without the class", async () => {
  const files = { [`${release}demo`]: "ID=_any\n" };
  const nameOf = async (place: TreePlace, project?: string) =>
    (await describe(project === undefined ? files : { ...files, "sysext.json": project }, place)).name;
  assert.equal(await nameOf({ folder: "docker" }), "docker");
  assert.equal(await nameOf({ folder: "docker.sysext" }), "docker");
  assert.equal(await nameOf({ folder: "files", parent: "docker.sysext" }), "docker");
  assert.equal(await nameOf({ folder: "mkosi.extra", parent: "docker" }), "docker");
  assert.equal(await nameOf({ folder: "work" }, '{ "name": "docker" }'), "docker");
  assert.equal(await nameOf({ folder: "work" }, '{ "name": 7 }'), "work");
  assert.equal(await nameOf({ folder: "work" }, "no json"), "work");
});

test("a tree that no host would merge says why, and what to do", async () => {
  const { problem } = await describe({ "usr/bin/tool": "" });
  assert.match(
    problem ?? "",
    /the release file is missing.*create "usr\/lib\/extension-release\.d\/extension-release\.demo"/,
  );
  assert.match((await describe({ README: "" })).problem ?? "", /there is no directory "usr" or "opt"/);
});

test("a release file that is missing is a finding where it should be, with the file as its fix", async () => {
  const [finding, ...others] = await checkTree(memoryTree({ "usr/bin/tool": "" }), { folder: "demo" });
  assert.equal(others.length, 0);
  assert.equal(finding?.check, "er/missing");
  assert.equal(finding?.path, `${release}demo`);
  assert.deepEqual(finding?.fixes[0]?.changes, [{ kind: "write", path: `${release}demo`, text: "ID=_any\n" }]);
});

test("severities of the project file count, and off means off", async () => {
  const tree = memoryTree({
    [`${release}demo`]: "ID=fedora\nID = _any\n",
    "usr/share/demo": "",
    "sysext.json": '{ "checks": { "er/duplicate-key": "off", "er/space-around-equals": "error" } }',
  });
  const findings = await checkTree(tree, { folder: "demo" });
  assert.deepEqual(
    findings.map(({ check, severity }) => [check, severity]),
    [["er/space-around-equals", "error"]],
  );
});

test("trees are found in a folder, not inside of each other, and not in folders of other programs", async () => {
  const tree = memoryTree({
    [`a/${release}a`]: "",
    [`a/nested/${release}b`]: "",
    [`deep/er/b/${release}b`]: "",
    "c/etc/extension-release.d/extension-release.c": "",
    [`node_modules/d/${release}d`]: "",
    "e/usr/bin/tool": "",
    "f/sysext.json": "{}",
    "f/usr/bin/tool": "",
    "g/sysext.json": "{}",
  });
  assert.deepEqual(await findTrees(tree), ["a", "c", "deep/er/b", "f"]);
  assert.deepEqual(await findTrees(memoryTree({ [`${release}x`]: "" })), [""]);
});
