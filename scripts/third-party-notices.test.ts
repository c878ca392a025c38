import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../test/support/tools.ts";
import { bundledPackages, noticesText } from "./third-party-notices.ts";

/** A folder with packages: their manifests and license files by the folder that they are in. */
function installed(t: TestContext, packages: Record<string, { manifest: object; files?: Record<string, string> }>) {
  const root = tempFolder(t);
  for (const [folder, { manifest, files = {} }] of Object.entries(packages)) {
    mkdirSync(path.join(root, folder), { recursive: true });
    writeFileSync(path.join(root, folder, "package.json"), JSON.stringify(manifest));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(root, folder, name), text);
  }
  return root;
}

const mit = { version: "1.0.0", license: "MIT" };

test("each package in a bundle is listed once, with its version and license; the project's own files are not", (t) => {
  const root = installed(t, {
    "node_modules/b": { manifest: { name: "b", ...mit }, files: { LICENSE: "Copyright B" } },
    "node_modules/@scope/a": { manifest: { name: "@scope/a", ...mit }, files: { "License.txt": "Copyright A" } },
    "node_modules/b/node_modules/@scope/a": {
      manifest: { name: "@scope/a", version: "2.0.0", license: "ISC" },
      files: { "LICENSE-MIT": "Copyright A2" },
    },
  });
  const packages = bundledPackages(root, [
    "node_modules/b/lib/x.js",
    "node_modules/b/lib/y.js",
    "node_modules/@scope/a/index.js",
    "node_modules/b/node_modules/@scope/a/index.js",
    "client/src/main.ts",
  ]);
  assert.deepEqual(
    packages.map(({ name, version, license, text }) => [name, version, license, text]),
    [
      ["@scope/a", "1.0.0", "MIT", "Copyright A"],
      ["@scope/a", "2.0.0", "ISC", "Copyright A2"],
      ["b", "1.0.0", "MIT", "Copyright B"],
    ],
  );
  const text = noticesText(packages);
  for (const words of ["@scope/a 2.0.0 (ISC)\n\nCopyright A2\n", "b 1.0.0 (MIT)\n\nCopyright B\n"]) {
    assert.ok(text.includes(words), words);
  }
});

test("a package whose license is unknown stops the build", (t) => {
  const root = installed(t, {
    "node_modules/nameless": { manifest: { name: "nameless", version: "1.0.0" }, files: { LICENSE: "text" } },
    "node_modules/textless": { manifest: { name: "textless", ...mit }, files: { "license-checker.js": "" } },
  });
  assert.throws(() => bundledPackages(root, ["node_modules/nameless/x.js"]), /nameless names no license/);
  assert.throws(() => bundledPackages(root, ["node_modules/textless/x.js"]), /textless has no license file/);
});
