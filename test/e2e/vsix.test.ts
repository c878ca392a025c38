// What users install holds all that the extension needs, nothing else, and stays small.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import { pageNames } from "../../client/src/pages/page-names.ts";
import { projectFolder } from "../../scripts/project-folder.ts";
import { isPreRelease, largestVsix, makeVsix, packageVersion } from "../../scripts/vsix.ts";
import { requireTool, tempFolder } from "../support/tools.ts";

test("the VSIX holds these files and no others", async () => {
  const files = await listFiles({ cwd: projectFolder, packageManager: PackageManager.None });
  assert.deepEqual(files.map((file) => file.split(path.sep).join("/")).sort(), [
    ...["CHANGELOG.md", "LICENSE", "README.md"],
    ...["build-worker", "cli-main", "cli", "core", "encode-worker", "extension", "extract-worker", "image"].map(
      (name) => `dist/${name}.cjs`,
    ),
    "dist/language-client.cjs",
    ...[...pageNames].sort().flatMap((name) => [`dist/pages/${name}.css`, `dist/pages/${name}.js`]),
    ...["dist/server.cjs", "dist/third-party-notices.txt"],
    ...["media/activity-bar.svg", "media/icon.png"],
    ...["package.json", "package.nls.json"],
    "schemas/sysext.schema.json",
    "syntaxes/sysext-feature.tmLanguage.json",
    ...["sysext-os-release", "sysext-release", "sysext-transfer", "sysext-unit"].flatMap((language) => [
      `syntaxes/${language}.language-configuration.json`,
      `syntaxes/${language}.tmLanguage.json`,
    ]),
  ]);
});

test("the VSIX has the version of package.json, and the licenses of all that is bundled", async (t) => {
  if (!requireTool(t, "bsdtar")) return;
  const file = path.join(tempFolder(t), "extension.vsix");
  await makeVsix(file);
  const read = (name: string) => execFileSync("bsdtar", ["-xOf", file, name], { encoding: "utf8" });
  const { version } = packageVersion();
  const manifest = read("extension.vsixmanifest");
  assert.match(manifest, new RegExp(`<Identity [^>]*Version="${version.replaceAll(".", "\\.")}"`));
  assert.equal(/Id="Microsoft.VisualStudio.Code.PreRelease" Value="true"/.test(manifest), isPreRelease(version));
  const notices = read("extension/dist/third-party-notices.txt");
  for (const name of ["vscode-languageclient", "vscode-languageserver", "d3-hierarchy"]) {
    assert.match(notices, new RegExp(`^${name} \\d[\\d.]* \\(`, "m"));
  }
});

test("odd minor versions are pre-releases", () => {
  assert.deepEqual(["0.6.0", "0.7.2", "1.10.0", "2.11.3"].map(isPreRelease), [false, true, false, true]);
});

test("the VSIX is under 1 MB", async (t) => {
  const bytes = await makeVsix(path.join(tempFolder(t), "extension.vsix"));
  t.diagnostic(`VSIX: ${bytes} bytes`);
  assert.ok(bytes < largestVsix);
});
