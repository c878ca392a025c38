// Trees of extensions of the world, put together from their units: what is known to be wrong is found, and what works is not blamed.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { type MemoryFile, memoryTree } from "../../image/src/tree/memory-tree.ts";
import { checkTree, type TreeFinding } from "../../server/src/core/index.ts";

const corpus = process.env["SYSEXT_CORPUS"];
const skip = corpus === undefined ? "SYSEXT_CORPUS names no folder with files of the world" : false;
const linkEnding = ".SYMLINK";

interface CorpusTree {
  /** Name of the extension. */
  readonly name: string;
  readonly files: Record<string, string | MemoryFile>;
}

/** A file name of the corpus as the tree's root and the path in it; undefined for what is in no tree. */
function placeOf(file: string): { root: string; inTree: string } | undefined {
  const whole = file.replaceAll("__", "/");
  const [, root, inTree] = /^(.*?\/)((?:usr|etc)\/.*)$/.exec(whole) ?? [];
  return root === undefined || inTree === undefined ? undefined : { root, inTree };
}

/** The name of the extension whose tree is at a path, such as `bird` of `bird.sysext/files/`. */
function nameOf(root: string): string {
  const folders = root.split("/").filter((folder) => folder !== "" && folder !== "files" && folder !== "mkosi.extra");
  return (folders.at(-1) ?? "demo").replace(/\.sysext$/, "");
}

/** All trees of a part of the corpus by their roots, each with a release file as its build tool writes it. */
function readTrees(folder: string, release: (name: string) => string): Map<string, CorpusTree> {
  const trees = new Map<string, CorpusTree>();
  for (const file of readdirSync(folder)) {
    const place = placeOf(file);
    if (place === undefined) continue;
    const name = nameOf(place.root);
    const tree = trees.get(place.root) ?? {
      name,
      files: { [`usr/lib/extension-release.d/extension-release.${name}`]: release(name) },
    };
    const text = readFileSync(path.join(folder, file), "utf8");
    const isLink = file.endsWith(linkEnding);
    tree.files[isLink ? place.inTree.slice(0, -linkEnding.length) : place.inTree] = isLink
      ? { type: "symlink", target: text.trim().split("\n")[0] ?? "" }
      : text;
    trees.set(place.root, tree);
  }
  return trees;
}

/** These recipes of the bakery are built without a reload. */
const withoutReload = ["cilium", "nvidia-runtime"];

function releaseText(name: string): string {
  return withoutReload.includes(name) ? "ID=_any\n" : "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n";
}

async function findingsByRoot(folder: string): Promise<Map<string, TreeFinding[]>> {
  const found = new Map<string, TreeFinding[]>();
  for (const [root, { name, files }] of readTrees(folder, releaseText)) {
    found.set(root, await checkTree(memoryTree(files), { folder: name }));
  }
  return found;
}

interface Expected {
  readonly file: string;
  readonly rule: string;
  readonly confidence: string;
}

function readExpected(folder: string): Expected[] {
  return readFileSync(path.join(folder, "EXPECTED.tsv"), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .filter(([kind]) => kind === "units")
    .flatMap(([, file = "", rules = "", confidence = ""]) =>
      rules.split(",").map((rule) => ({ file, rule, confidence })),
    );
}

test("what is known to be wrong in the trees of real extensions is found, and nothing that is right", {
  skip,
}, async () => {
  const folder = corpus ?? "";
  const findings = await findingsByRoot(path.join(folder, "units"));
  const expected = readExpected(folder);
  assert.ok(expected.length >= 10);
  for (const { file, rule, confidence } of expected) {
    const { root, inTree } = placeOf(file) ?? { root: "", inTree: "" };
    const ofTree = (findings.get(root) ?? []).filter(({ check }) => check === rule);
    // One finding about the release file speaks for all units of the tree.
    const found = rule.startsWith("er/") ? ofTree : ofTree.filter((finding) => finding.path === inTree);
    if (confidence === "must-not") assert.deepEqual(found, [], `${file}: ${rule}`);
    else assert.ok(found.length > 0, `${file} lacks ${rule}`);
  }
});
