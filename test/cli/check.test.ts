// `sysext check` as a user runs it, on files, trees and images.
import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { buildInMemory } from "../images/memory-image.ts";
import { tempFolder } from "../support/tools.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const good = "ID=_any\nARCHITECTURE=x86-64\n";
const bad = "ID=_any\nARCHITECTURE=amd64\n";
const releaseFolder = "usr/lib/extension-release.d";
/** Something for the extension to bring. */
const payload = { "demo/usr/share/demo/about.txt": "About.\n" };

test("a tree without faults is told as such", async (t) => {
  const folder = makeFolder(t, { ...payload, [`demo/${releaseFolder}/extension-release.demo`]: good });
  assert.deepEqual(await runCli(["check", "demo"], { cwd: folder }), {
    status: 0,
    stdout: "",
    stderr: "checked 1 tree: no findings\n",
  });
});

test("a finding has its file, line, column, severity, sentence and check, and errors give status 1", async (t) => {
  const folder = makeFolder(t, { ...payload, [`demo/${releaseFolder}/extension-release.demo`]: bad });
  const { status, stdout, stderr } = await runCli(["check", "."], { cwd: folder });
  assert.equal(status, 1);
  assert.match(
    stdout,
    /^demo\/usr\/lib\/extension-release\.d\/extension-release\.demo:2:14: error: .*"x86-64".* \[er\/architecture-invalid\]\n$/,
  );
  assert.equal(stderr, "checked 1 tree: 1 error\n");
});

test("JSON has the place from start to end, the page about the check and the title of its fix", async (t) => {
  const folder = makeFolder(t, { ...payload, [`demo/${releaseFolder}/extension-release.demo`]: bad });
  for (const format of [["--json"], ["--format", "json"]]) {
    const { status, stdout, stderr } = await runCli(["check", "demo", ...format], { cwd: folder });
    assert.deepEqual([status, stderr], [1, ""]);
    const [{ message, fix, ...finding }] = JSON.parse(stdout);
    assert.deepEqual(finding, {
      file: `demo/${releaseFolder}/extension-release.demo`,
      line: 2,
      column: 14,
      endLine: 2,
      endColumn: 19,
      severity: "error",
      code: "er/architecture-invalid",
      url: "https://github.com/sysext-workbench/sysext-workbench/blob/main/docs/checks/er/architecture-invalid.md",
    });
    assert.match(message, /x86-64/);
    assert.match(fix, /x86-64/);
  }
});

test("SARIF and GitHub annotations name the same place", async (t) => {
  const folder = makeFolder(t, { ...payload, [`demo/${releaseFolder}/extension-release.demo`]: bad });
  const sarif = JSON.parse((await runCli(["check", "demo", "--format", "sarif"], { cwd: folder })).stdout);
  assert.equal(sarif.runs[0].results[0].ruleId, "er/architecture-invalid");
  const { stdout } = await runCli(["check", "demo", "--format", "github"], { cwd: folder });
  assert.match(stdout, /^::error file=demo\/usr\/lib\/.*,line=2,endLine=2,col=14,endColumn=19,title=er\/arch/);
});

test("all trees of a folder are checked, and --quiet shows errors only", async (t) => {
  const folder = makeFolder(t, {
    [`one/${releaseFolder}/extension-release.one`]: bad,
    "one/usr/share/one": "",
    "group/two/usr/share/two": "",
    [`group/two/${releaseFolder}/extension-release.two`]: "ID=_any\nVERSION_ID=1\n",
  });
  const all = await runCli(["check", folder]);
  assert.match(all.stdout, /^.*group\/two\/.*\n.*one\/.*\n/);
  assert.match(all.stderr, /^checked 2 trees: 1 error, /);
  const quiet = await runCli(["check", folder, "--quiet"]);
  assert.equal(quiet.status, 1);
  assert.equal(quiet.stderr, "");
  assert.match(quiet.stdout, /^[^\n]*: error: [^\n]*\n$/);
});

test("one release file is checked with what its tree says of it", async (t) => {
  const folder = makeFolder(t, {
    ...payload,
    [`demo/${releaseFolder}/extension-release.other`]: good,
    "demo/sysext.json": '{ "name": "demo", }',
  });
  const file = `demo/${releaseFolder}/extension-release.other`;
  const { status, stdout } = await runCli(["check", file], { cwd: folder });
  assert.equal(status, 1);
  assert.ok(stdout.startsWith(`${file}:1:1: error: `), stdout);
  const project = await runCli(["check", "demo/sysext.json"], { cwd: folder });
  assert.match(project.stdout, /^demo\/sysext\.json:1:1: error: .*\[project\/syntax\]\n$/);
});

test("a release file that lies anywhere is checked by itself", async (t) => {
  const folder = makeFolder(t, { "extension-release.loose": bad });
  const { status, stdout } = await runCli(["check", "extension-release.loose"], { cwd: folder });
  assert.equal(status, 1);
  assert.match(stdout, /^extension-release\.loose:2:14: error: /);
});

test("a tree without a release file is told what is missing where", async (t) => {
  const folder = makeFolder(t, { "demo/usr/bin/tool": "" });
  const { status, stdout } = await runCli(["check", "demo"], { cwd: folder });
  assert.equal(status, 1);
  assert.match(
    stdout,
    /^demo\/usr\/lib\/extension-release\.d\/extension-release\.demo:1:1: error: .* \[er\/missing\]\n$/,
  );
});

test("an image is checked as the tree it was built from, under the name of its file", async (t) => {
  const folder = tempFolder(t);
  const image = await buildInMemory({ [`${releaseFolder}/extension-release.demo`]: bad, "usr/share/demo": "" });
  writeFileSync(path.join(folder, "demo.raw"), image);
  const { status, stdout } = await runCli(["check", "demo.raw"], { cwd: folder });
  assert.equal(status, 1);
  assert.match(stdout, /^demo\.raw\/usr\/lib\/extension-release\.d\/extension-release\.demo:2:14: error: [^\n]*\n$/);
  writeFileSync(path.join(folder, "renamed.raw"), image);
  assert.match((await runCli(["check", "renamed.raw"], { cwd: folder })).stdout, /\[er\/name-mismatch\]/);
});

test("what cannot be checked is told in one sentence with status 2", async (t) => {
  const folder = makeFolder(t, { "notes.txt": "text", "cut.raw": "hsqs", "empty/README": "" });
  for (const [args, sentence] of [
    [["missing"], /^sysext: missing: no such file or folder\n$/],
    [["notes.txt"], /^sysext: notes\.txt: files of this type are not checked; .*\n$/],
    [["cut.raw"], /^sysext: cut\.raw: the image is damaged: .*\n$/],
    [["empty"], /^sysext: empty: it contains no extension tree .*\n$/],
    [["empty", "--format", "jsno"], /^sysext: unknown format "jsno"; did you mean "json"\?\n$/],
    [["empty", "--systemd", "new"], /^sysext: "new" is not a systemd version with extensions; .*\n$/],
    [[], /^sysext: argument PATH… is missing: .*\n$/],
  ] as const) {
    const { status, stdout, stderr } = await runCli(["check", ...args], { cwd: folder });
    assert.deepEqual([status, stdout], [2, ""]);
    assert.match(stderr, sentence);
  }
});

test("a release file that may not be read is no missing one", async (t) => {
  if (process.platform === "win32") return t.skip("modes mean nothing on Windows");
  const folder = makeFolder(t, { ...payload, [`demo/${releaseFolder}/extension-release.demo`]: good });
  chmodSync(folder, 0o755);
  chmodSync(path.join(folder, `demo/${releaseFolder}/extension-release.demo`), 0);
  const asUser = process.getuid?.() === 0 ? { uid: 65534 } : {};
  const { status, stdout, stderr } = await runCli(["check", "demo"], { cwd: folder, ...asUser });
  assert.deepEqual([status, stdout], [2, ""]);
  assert.match(stderr, /^sysext: demo: cannot read ".*extension-release\.demo": no permission\n$/);
});
