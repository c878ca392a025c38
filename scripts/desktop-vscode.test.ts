// Holds which desktop VS Code `npm start` picks, with stand-ins for the program.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { tempFolder } from "../test/support/tools.ts";
import { type DesktopOptions, findInstalled, hasDisplay } from "./desktop-vscode.ts";

const posixOnly = { skip: process.platform === "win32" && "the stand-in is a shell script" };

/** A folder with a `code` that prints what the real one prints for --version, or fails. */
function folderWithCode(t: TestContext, script: string): string {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "code"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}

function options(env: Record<string, string>): DesktopOptions & { said: string[] } {
  const said: string[] = [];
  return { platform: "linux", env, minimum: "1.101.0", base: ["--no-sandbox"], say: (line) => said.push(line), said };
}

test("code on PATH is taken when it is new enough, and asked with the arguments that root needs", posixOnly, (t) => {
  const folder = folderWithCode(t, '[ "$1 $2" = "--no-sandbox --version" ] && printf "1.101.2\\nabc\\nx64\\n"');
  const asked = options({ PATH: `/nowhere:${folder}` });
  assert.equal(findInstalled(asked), path.join(folder, "code"));
  assert.deepEqual(asked.said, []);
});

test("an older or broken code is skipped with a reason", posixOnly, (t) => {
  const old = folderWithCode(t, "echo 1.99.3");
  const broken = folderWithCode(t, "exit 3");
  const asked = options({ PATH: `${old}:${broken}` });
  assert.equal(findInstalled(asked), undefined);
  assert.equal(asked.said.length, 2);
  assert.match(asked.said[0] ?? "", /is VS Code 1\.99\.3; the extension needs 1\.101\.0 or newer/);
  assert.match(asked.said[1] ?? "", /code is not used/);
});

test("$VSCODE goes before PATH", posixOnly, (t) => {
  const named = folderWithCode(t, "echo 1.110.0");
  const other = folderWithCode(t, "echo 1.120.0");
  assert.equal(findInstalled(options({ VSCODE: path.join(named, "code"), PATH: other })), path.join(named, "code"));
});

test("on Windows the program beside the batch file is started", (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "bin"));
  writeFileSync(path.join(folder, "bin", "code.cmd"), "");
  writeFileSync(path.join(folder, "Code.exe"), "");
  const asked: DesktopOptions = { ...options({ Path: path.join(folder, "bin") }), platform: "win32" };
  assert.equal(findInstalled(asked), path.join(folder, "Code.exe"));
});

test("only Linux can be without a display", () => {
  assert.equal(hasDisplay({ platform: "linux", env: {} }), false);
  assert.equal(hasDisplay({ platform: "linux", env: { WAYLAND_DISPLAY: "wayland-0" } }), true);
  assert.equal(hasDisplay({ platform: "darwin", env: {} }), true);
});
