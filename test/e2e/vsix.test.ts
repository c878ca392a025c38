// What users install holds all that the extension needs, nothing else, and stays small.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { listFiles, PackageManager } from "@vscode/vsce";
import { projectFolder } from "../../scripts/project-folder.ts";
import { largestVsix, makeVsix } from "../../scripts/vsix.ts";
import { tempFolder } from "../support/tools.ts";

test("the VSIX holds these files and no others", async () => {
  const files = await listFiles({ cwd: projectFolder, packageManager: PackageManager.None });
  assert.deepEqual(files.map((file) => file.split(path.sep).join("/")).sort(), [
    ...["CHANGELOG.md", "LICENSE", "README.md"],
    ...["build-worker", "cli-main", "cli", "core", "encode-worker", "extension", "extract-worker", "image"].map(
      (name) => `dist/${name}.cjs`,
    ),
    "dist/language-client.cjs",
    ...["dist/overview-page.js", "dist/server.cjs"],
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

test("the VSIX is under 1 MB", async (t) => {
  const bytes = await makeVsix(path.join(tempFolder(t), "extension.vsix"));
  t.diagnostic(`VSIX: ${bytes} bytes`);
  assert.ok(bytes < largestVsix);
});
