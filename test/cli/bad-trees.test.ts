// Trees that are no good: every one ends in findings or one sentence, and nothing hangs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const release = "usr/lib/extension-release.d/extension-release.demo";
const files = { [`demo/${release}`]: "ID=_any\n", "demo/usr/share/demo/a": "" };

interface Found {
  readonly file: string;
  readonly code: string;
}

/** Codes of what is found in the tree, by file. */
async function findingsIn(cwd: string): Promise<readonly string[]> {
  const { stdout, stderr } = await runCli(["check", "demo", "--json"], { cwd });
  assert.doesNotMatch(stderr, /\n\s+at |should not have/);
  const found: Found[] = stdout === "" ? [] : JSON.parse(stdout);
  return found.map(({ file, code }) => `${file} ${code}`);
}

test("symlinks in a circle are a finding each", async (t) => {
  const cwd = makeFolder(t, files);
  symlinkSync("b", path.join(cwd, "demo/usr/share/demo/c"));
  symlinkSync("c", path.join(cwd, "demo/usr/share/demo/b"));
  symlinkSync(".", path.join(cwd, "demo/usr/share/demo/self"));
  assert.deepEqual(await findingsIn(cwd), [
    "demo/usr/share/demo/b tree/symlink-loop",
    "demo/usr/share/demo/c tree/symlink-loop",
  ]);
});

test("a FIFO is a finding, also where a text is expected", async (t) => {
  const cwd = makeFolder(t, files);
  const units = path.join(cwd, "demo/usr/lib/systemd/system");
  mkdirSync(units, { recursive: true });
  execFileSync("mkfifo", [path.join(cwd, "demo/usr/share/demo/pipe"), path.join(units, "pipe.service")]);
  symlinkSync("../../../share/demo/pipe", path.join(units, "linked.service"));
  symlinkSync("../../share/demo/pipe", path.join(cwd, "demo/usr/lib/extension-release.d/extension-release.other"));
  const found = await findingsIn(cwd);
  assert.ok(found.includes("demo/usr/share/demo/pipe tree/special-file"));
  assert.ok(found.includes("demo/usr/lib/systemd/system/pipe.service tree/special-file"));
});

test("names that are not UTF-8 are a finding", async (t) => {
  const cwd = makeFolder(t, files);
  writeFileSync(Buffer.concat([Buffer.from(path.join(cwd, "demo/usr/share/demo/x")), Buffer.from([0xff, 0xfe])]), "");
  const found = await findingsIn(cwd);
  assert.equal(found.filter((line) => line.endsWith("tree/odd-name")).length, 1);
});

test("a folder that may not be read is told in a sentence", async (t) => {
  if (process.platform === "win32") return t.skip("modes mean nothing on Windows");
  const cwd = makeFolder(t, files);
  chmodSync(cwd, 0o755);
  chmodSync(path.join(cwd, "demo/usr/share"), 0);
  const asUser = process.getuid?.() === 0 ? { uid: 65534 } : {};
  const { status, stderr } = await runCli(["check", "demo"], { cwd, ...asUser });
  chmodSync(path.join(cwd, "demo/usr/share"), 0o755);
  assert.equal(status, 2);
  assert.match(stderr, /^sysext: demo: [^\n]*no permission\n$/);
});

for (const [what, content] of [
  ["an empty file", ""],
  ["bytes", "\x7fELF\0\0\xff"],
  ["a page of the web", "<html><body>404</body></html>\n"],
] as const) {
  test(`${what} in place of an os-release file is told in a sentence`, async (t) => {
    const cwd = makeFolder(t, { ...files, host: content });
    const { status, stderr } = await runCli(["match", "demo", "--host", "host"], { cwd });
    assert.deepEqual(
      [status, stderr],
      [2, "sysext: host: it is not an os-release file, as it has no line such as ID=debian\n"],
    );
  });
}
