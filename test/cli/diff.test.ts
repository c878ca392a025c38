// `sysext diff` as a user runs it: images and trees, before and after a change.
import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { projectFolder } from "../../scripts/project-folder.ts";
import { buildInMemory } from "../images/memory-image.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

const work = mkdtempSync(path.join(tmpdir(), "sysext-cli-"));
const tree = path.join(work, "hello");
const image = path.join(work, "hello.raw");

before(async () => {
  ensureBundles();
  cpSync(path.join(projectFolder, "examples/hello"), tree, { recursive: true });
  writeFileSync(path.join(tree, "notes.txt"), "not in the image");
  const { status, stderr } = await runCli(["build", tree, "--output", image]);
  assert.equal(status, 0, stderr);
});
after(() => rmSync(work, { recursive: true, force: true }));

test("a tree and the image that was built of it do not differ", async () => {
  for (const pair of [
    [image, tree],
    [tree, image],
    [image, image],
    [tree, tree],
  ]) {
    assert.deepEqual(await runCli(["diff", ...pair]), { status: 0, stdout: "", stderr: "no differences\n" });
  }
  assert.deepEqual(await runCli(["diff", image, tree, "--json"]), { status: 0, stdout: "[]\n", stderr: "" });
});

test("says of each path what the next build would change", async () => {
  const changed = path.join(work, "changed/hello");
  cpSync(tree, changed, { recursive: true });
  writeFileSync(path.join(changed, "usr/bin/hello"), "#!/bin/sh\necho other\n");
  chmodSync(path.join(changed, "usr/bin/hello"), 0o700);
  unlinkSync(path.join(changed, "usr/lib/extension-release.d/extension-release.hello"));
  writeFileSync(path.join(changed, "usr/bin/new\x1b[31m"), "12");
  symlinkSync("hello", path.join(changed, "usr/bin/link"));
  const { status, stdout, stderr } = await runCli(["diff", image, changed]);
  assert.equal(status, 1);
  const lines = stdout.split("\n").map((line) => line.replace(/[+-]\d+ bytes/g, "N"));
  assert.deepEqual(lines, [
    "~ usr/bin/hello  mode 0755 -> 0700 (-rwx------), content, N",
    "+ usr/bin/link  -> hello",
    "+ usr/bin/new\\x1b[31m  N",
    "- usr/lib/extension-release.d/extension-release.hello  N",
    "",
  ]);
  assert.match(stderr, /^2 added, 1 removed, 1 changed; -\d+ bytes\n$/);

  const json = JSON.parse((await runCli(["diff", image, changed, "--json"])).stdout) as Record<string, unknown>[];
  assert.deepEqual(
    json.map(({ path: at, change, type, aspects }) => [at, change, type, aspects]),
    [
      ["usr/bin/hello", "changed", "file", ["mode", "size"]],
      ["usr/bin/link", "added", "symlink", undefined],
      ["usr/bin/new\x1b[31m", "added", "file", undefined],
      ["usr/lib/extension-release.d/extension-release.hello", "removed", "file", undefined],
    ],
  );
  const ignoring = await runCli(["diff", image, changed, "--ignore", "mode,content"]);
  assert.ok(!ignoring.stdout.includes("~"), ignoring.stdout);
});

test("times count only when they are asked for", async () => {
  const later = path.join(work, "later/hello");
  cpSync(tree, later, { recursive: true, preserveTimestamps: true });
  utimesSync(path.join(later, "usr/bin/hello"), 2_000_000_000, 2_000_000_000);
  assert.equal((await runCli(["diff", image, later])).status, 0);
  const { status, stdout } = await runCli(["diff", image, later, "--times"]);
  assert.equal(status, 1);
  assert.match(stdout, /^~ usr\/bin\/hello {2}time .* -> 2033-05-18 03:33:20$/m);
});

test("says what is missing or wrong", async () => {
  const folder = path.join(work, "empty");
  cpSync(tree, folder, { recursive: true });
  rmSync(path.join(folder, "usr"), { recursive: true });
  const broken = path.join(work, "broken.raw");
  writeFileSync(broken, (await buildInMemory({ "usr/a": "a" })).subarray(0, 200));
  for (const [args, message] of [
    [["diff", image], /argument B is missing/],
    [["diff", image, path.join(work, "none")], /none: no such file or folder/],
    [["diff", image, folder], /empty: /],
    [["diff", image, tree, "--partition", "x"], /"x" is not a valid partition number/],
    [["diff", image, tree, "--partition", "1"], /has no partitions/],
    [["diff", broken, image], /broken\.raw: the image is damaged/],
    [["diff", image, tree, "--ignore", "modes"], /"modes" cannot be ignored; did you mean "mode"\?/],
  ] as const) {
    const { status, stdout, stderr } = await runCli(args);
    assert.deepEqual([status, stdout], [2, ""], args.join(" "));
    assert.match(stderr, message);
    assert.equal(stderr.split("\n").length, 2);
  }
});

test("times that a build cuts off at SOURCE_DATE_EPOCH are no difference", async () => {
  const env = { SOURCE_DATE_EPOCH: "1000000000" };
  const old = path.join(work, "old.raw");
  assert.equal((await runCli(["build", tree, "--output", old], { env })).status, 0);
  assert.equal((await runCli(["diff", old, tree, "--times"])).status, 1);
  const same = await runCli(["diff", old, tree, "--times"], { env });
  assert.deepEqual(same, { status: 0, stdout: "", stderr: "no differences\n" });
  const { status, stderr } = await runCli(["diff", old, tree], { env: { SOURCE_DATE_EPOCH: "soon" } });
  assert.equal(status, 2);
  assert.match(stderr, /variable SOURCE_DATE_EPOCH is "soon"/);
});
