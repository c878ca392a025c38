// Working unit files of distributions and of extensions have no warning and no error but those that are true.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { memoryTree } from "../../image/src/tree/memory-tree.ts";
import { checkTreeUnits, checkUnit, type Finding, readTreeUnits } from "../../server/src/core/index.ts";

function matters({ severity }: Finding): boolean {
  return severity === "error" || severity === "warning";
}

const installed = ["/usr/lib/systemd/system", "/usr/lib/systemd/user"];

/** Findings in units that packages install and that are true: file name, check, reason. */
const trueOnes: readonly (readonly [file: string, check: string, reason: string])[] = [];

for (const folder of installed) {
  test(`the units in ${folder} have no warning and no error`, {
    skip: !existsSync(folder) && "the folder is not there",
  }, (t) => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => path.join(folder, name))
      .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
    const wrong = files.flatMap((file) =>
      checkUnit(readFileSync(file, "utf8"), file)
        .filter(matters)
        .filter(({ check }) => !trueOnes.some(([name, known]) => name === path.basename(file) && known === check))
        .map(({ check, message }) => `${file}: ${check}: ${message}`),
    );
    t.diagnostic(`${files.length} files`);
    assert.deepEqual(wrong, []);
  });
}

const corpus = process.env["SYSEXT_CORPUS"];
const skip = corpus === undefined ? "SYSEXT_CORPUS names no folder with files of the world" : false;

/** What is truly wrong in the files of the world: path in its repository, check, reason. */
const trueInCorpus: readonly (readonly [file: string, check: string, reason: string])[] = [
  [
    "bird.sysext/files/usr/lib/systemd/system/multi-user.target.d/bird.service",
    "unit/dropin-suffix",
    "systemd reads only *.conf there, so that bird is never started",
  ],
];

/** The trees of the corpus: texts by path, by repository and root. */
function readCorpus(folder: string): Map<string, Record<string, string>> {
  const trees = new Map<string, Record<string, string>>();
  for (const line of readFileSync(path.join(folder, "MANIFEST.tsv"), "utf8").trimEnd().split("\n").slice(1)) {
    const [kind = "", file = "", repository = "", inRepository = ""] = line.split("\t");
    // A file .SYMLINK holds where a link leads, and no unit.
    if (!kind.startsWith("units") || file.endsWith(".SYMLINK")) continue;
    const [, root = "", inTree] = /^(.*?)((?:usr|etc)\/.*)$/.exec(inRepository) ?? [];
    if (inTree === undefined) continue;
    const key = `${repository}/${root}`;
    const tree = trees.get(key) ?? {};
    tree[inTree] = readFileSync(path.join(folder, kind, file), "utf8");
    trees.set(key, tree);
  }
  return trees;
}

test("the units of real extensions have no warning and no error but those that are true", { skip }, async (t) => {
  const trees = readCorpus(corpus ?? "");
  let count = 0;
  const found: string[] = [];
  for (const [root, files] of trees) {
    count += Object.keys(files).length;
    const findings = checkTreeUnits(await readTreeUnits(memoryTree(files)));
    for (const finding of findings.filter(matters)) {
      found.push(`${`${root}${finding.path}`.split("/").slice(2).join("/")} ${finding.check}`);
    }
  }
  t.diagnostic(`${count} files in ${trees.size} trees`);
  assert.ok(count >= 100);
  assert.deepEqual(
    found,
    trueInCorpus.map(([file, check]) => `${file} ${check}`),
  );
});

test("what is known to be wrong in the units of real extensions is found", { skip }, () => {
  const known = readFileSync(path.join(corpus ?? "", "EXPECTED.tsv"), "utf8")
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([kind, , rules]) => kind === "units" && /unit\/legacy-key/.test(rules ?? ""));
  assert.ok(known.length > 0);
  for (const [, file = ""] of known) {
    const text = readFileSync(path.join(corpus ?? "", "units", file), "utf8");
    assert.ok(
      checkUnit(text, "usr/lib/systemd/system/x.service").some(({ check }) => check === "unit/legacy-key"),
      file,
    );
  }
});
