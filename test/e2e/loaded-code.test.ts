// Holds what VS Code has to read before the extension is active; how long that takes is the benchmark "activation".
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { tempFolder } from "../support/tools.ts";

const dist = path.join(projectFolder, "dist");

/** Loads the extension with an API that takes everything, and prints which of its bundles that read. */
const loader = `
const Module = require("node:module");
const anything = new Proxy(function () {}, {
  get: (_, key) => (key === "prototype" ? {} : anything),
  apply: () => anything,
  construct: () => ({}),
});
const load = Module._load;
Module._load = (name, ...rest) => (name === "vscode" ? anything : load(name, ...rest));
require(process.argv[2]);
console.log(JSON.stringify(Object.keys(require.cache)));
`;

test("VS Code reads two bundles of less than 450 kB before the extension is active", (t) => {
  const script = path.join(tempFolder(t), "loader.cjs");
  writeFileSync(script, loader);
  const { stdout, stderr } = spawnSync(process.execPath, [script, path.join(dist, "extension.cjs")], {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  const loaded = (JSON.parse(stdout) as string[]).filter((file) => file !== script);
  assert.deepEqual(loaded.map((file) => path.relative(dist, file)).sort(), ["extension.cjs", "image.cjs"]);
  const bytes = loaded.reduce((total, file) => total + statSync(file).size, 0);
  t.diagnostic(`read before the extension is active: ${bytes} bytes`);
  assert.ok(bytes < 450_000, `${bytes} bytes`);
});
