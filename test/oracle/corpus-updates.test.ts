// Transfers and features of the world that work: by themselves and together nothing of them is called an error or a warning.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { memoryTree } from "../../image/src/tree/memory-tree.ts";
import {
  checkTreeUpdates,
  checkUpdate,
  type Finding,
  locateUpdate,
  parseUnitFile,
  readTreeUpdates,
  updateContext,
} from "../../server/src/core/index.ts";

const corpus = process.env["SYSEXT_CORPUS"];
const skip = corpus === undefined ? "SYSEXT_CORPUS names no folder with files of the world" : false;

interface CorpusFile {
  readonly name: string;
  /** The repository that it is from. */
  readonly root: string;
  /** Where it lies on a host; for examples in texts where these say that it belongs. */
  readonly path: string;
  readonly text: string;
}

function readCorpus(): CorpusFile[] {
  return ["transfer", "feature"].flatMap((kind) => {
    const folder = path.join(corpus ?? "", kind);
    return readdirSync(folder).map((name): CorpusFile => {
      const [, root, inTree] = /^(.*?)__((?:usr__lib|etc)__sysupdate.*)$/.exec(name) ?? [];
      const text = readFileSync(path.join(folder, name), "utf8");
      if (root !== undefined && inTree !== undefined) return { name, root, path: inTree.replaceAll("__", "/"), text };
      const ending = name.endsWith(".tmpl") ? ".conf.tmpl" : path.extname(name);
      const isNoop = text.includes("invalid@v");
      return {
        name,
        root: name,
        path: `etc/sysupdate${isNoop ? "" : ".EXTNAME"}.d/${isNoop ? "noop" : "EXTNAME"}${ending}`,
        text,
      };
    });
  });
}

const grave = ({ severity }: Finding) => severity === "error" || severity === "warning";
const line = (file: string, { check, message }: Finding) => `${file}: ${check}: ${message}`;

test("the corpus has transfers, features and templates", { skip }, () => {
  const files = readCorpus();
  for (const ending of [".transfer", ".feature", ".conf", ".tmpl"]) {
    assert.ok(
      files.some(({ name }) => name.endsWith(ending)),
      `there is no "${ending}" in it`,
    );
  }
  for (const { path: place } of files) assert.ok(locateUpdate(place), `"${place}" is no definition`);
});

// Files with the new endings are for 257 and later; the others work with both ways.
for (const [systemd, endings] of [
  [262, /./],
  [257, /./],
  [254, /\.(?:conf|tmpl)$/],
] as const) {
  test(`each by itself has no error and no warning, with systemd ${systemd}`, { skip }, () => {
    const found = readCorpus()
      .filter(({ name }) => endings.test(name))
      .flatMap(({ name, path: place, text }) => {
        const location = locateUpdate(place);
        const file = parseUnitFile(text, { type: location?.kind ?? "transfer", template: location?.template ?? false });
        return checkUpdate(file, place, updateContext(location, { systemd }))
          .filter(grave)
          .map((finding) => line(name, finding));
      });
    assert.deepEqual(found, []);
  });

  test(`those of a repository together have no error and no warning, with systemd ${systemd}`, { skip }, async () => {
    const byRoot = Map.groupBy(
      readCorpus().filter(({ name }) => endings.test(name)),
      ({ root }) => root,
    );
    const found: string[] = [];
    for (const [root, files] of byRoot) {
      const tree = memoryTree(Object.fromEntries(files.map(({ path: place, text }) => [place, text])));
      const findings = checkTreeUpdates(await readTreeUpdates(tree), { systemd });
      found.push(...findings.filter(grave).map((finding) => line(`${root}/${finding.path}`, finding)));
    }
    assert.deepEqual(found, []);
  });
}
