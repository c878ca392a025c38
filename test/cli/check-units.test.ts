// `sysext check` on unit files as a user runs it: by themselves, in folders, in trees and inside of images.
import assert from "node:assert/strict";
import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { buildInMemory } from "../images/memory-image.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const good = "[Service]\nExecStart=/usr/bin/demo\n";
const bad = "[Service]\nExecStart=/usr/bin/demo\nRestart=onfailure\n";
const units = "usr/lib/systemd/system";
const release = { "usr/lib/extension-release.d/extension-release.demo": "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n" };
const upholds = { [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\n" };

/** Places and checks of what was found, a line each. */
function shown(json: string): string[] {
  const findings: { file: string; line: number; column: number; severity: string; code: string }[] = JSON.parse(json);
  return findings.map(({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`);
}

test("a unit file is checked by itself, wherever it lies", async (t) => {
  const cwd = makeFolder(t, { "demo.service": bad, "fine.service": good });
  const { status, stdout, stderr } = await runCli(["check", "demo.service"], { cwd });
  assert.equal(status, 0);
  assert.equal(
    stdout,
    'demo.service:3:9: warning: "onfailure" is not a valid value for "Restart="; did you mean "on-failure"? [unit/invalid-value]\n',
  );
  assert.equal(stderr, "checked 1 file: 1 warning\n");
  assert.deepEqual(await runCli(["check", "fine.service"], { cwd }), {
    status: 0,
    stdout: "",
    stderr: "checked 1 file: no findings\n",
  });
});

test("a unit that systemd refuses gives status 1", async (t) => {
  const cwd = makeFolder(t, { "demo.service": "[Service]\nType=simple\n" });
  const { status, stdout } = await runCli(["check", "demo.service", "--json"], { cwd });
  assert.deepEqual([status, shown(stdout)], [1, ["demo.service:2:6 error unit/no-command"]]);
});

test("a folder is searched for unit files that lie in no tree, and other files are left alone", async (t) => {
  const cwd = makeFolder(t, {
    "a/demo.service": bad,
    "b/login.feature": "Feature: log in\n",
    "b/org.demo.service": "[D-BUS Service]\nName=org.demo\n",
    [`rootfs/${units}/fine.service`]: good,
    [`rootfs/${units}/fine.service.d/10-x.conf`]: "[Service]\nExecStart=/usr/bin/other\n",
    [`node_modules/x/${units}/bad.service`]: bad,
  });
  symlinkSync("demo.service", path.join(cwd, "a/alias.service"));
  const { stdout } = await runCli(["check", ".", "--json"], { cwd });
  assert.deepEqual(shown(stdout), [
    "a/demo.service:3:9 warning unit/invalid-value",
    `rootfs/${units}/fine.service.d/10-x.conf:2:11 error unit/several-commands`,
  ]);
});

test("a drop-in is judged with its unit", async (t) => {
  const cwd = makeFolder(t, {
    [`rootfs/${units}/demo.service`]: good,
    [`rootfs/${units}/demo.service.d/10-x.conf`]: "[Service]\nExecStart=/usr/bin/other\n",
    [`rootfs/${units}/demo.service.d/20-y.conf`]: bad,
  });
  const { stdout } = await runCli(["check", `rootfs/${units}/demo.service.d/10-x.conf`, "--json"], { cwd });
  assert.deepEqual(shown(stdout), [`rootfs/${units}/demo.service.d/10-x.conf:2:11 error unit/several-commands`]);
});

test("the units of a tree and those inside of an image have the same findings", async (t) => {
  const files = { ...release, ...upholds, [`${units}/demo.service`]: bad };
  const cwd = makeFolder(t, Object.fromEntries(Object.entries(files).map(([file, text]) => [`demo/${file}`, text])));
  writeFileSync(path.join(cwd, "demo.raw"), await buildInMemory(files));
  const expected = `demo/${units}/demo.service:3:9 warning unit/invalid-value`;
  assert.deepEqual(shown((await runCli(["check", "demo", "--json"], { cwd })).stdout), [expected]);
  assert.deepEqual(shown((await runCli(["check", "demo.raw", "--json"], { cwd })).stdout), [
    expected.replace("demo/", "demo.raw/"),
  ]);
});

test("the target version is the option's, else the tree's", async (t) => {
  const text = "[Unit]\nUpholds=other.service\n[Service]\nExecStart=/usr/bin/demo\n";
  const cwd = makeFolder(t, { "demo.service": text });
  assert.deepEqual(shown((await runCli(["check", "demo.service", "--json"], { cwd })).stdout), []);
  assert.deepEqual(shown((await runCli(["check", "demo.service", "--json", "--systemd", "248"], { cwd })).stdout), [
    "demo.service:2:1 warning unit/too-new",
  ]);
});

test("severities of a project file count for the units beside it", async (t) => {
  const cwd = makeFolder(t, {
    [`rootfs/${units}/demo.service`]: bad,
    "rootfs/sysext.json": JSON.stringify({
      checks: { "unit/invalid-value": "error", "unit/never-started": "off", "er/missing": "off" },
    }),
  });
  const { status, stdout } = await runCli(["check", "rootfs", "--json"], { cwd });
  assert.deepEqual([status, shown(stdout)], [1, [`rootfs/${units}/demo.service:3:9 error unit/invalid-value`]]);
});

test("a file that cannot be read ends in a sentence and status 2", async (t) => {
  const cwd = makeFolder(t, { "demo.service": good, "text.service": "no unit\n" });
  chmodSync(cwd, 0o755);
  chmodSync(path.join(cwd, "demo.service"), 0);
  const refused = await runCli(["check", "demo.service"], { cwd, uid: 65_534 });
  assert.deepEqual([refused.status, refused.stdout], [2, ""]);
  assert.match(refused.stderr, /^sysext: demo\.service: .*permission.*\n$/i);
  const other = await runCli(["check", "text.service"], { cwd });
  assert.equal(other.status, 2);
  assert.match(other.stderr, /^sysext: text\.service: files of this type are not checked.*\n$/);
});

for (const [what, content] of [
  ["a line of two megabytes", `[Service]\nExecStart=/usr/bin/demo ${"x".repeat(2 << 20)}\n`],
  ["NULs", `[Service]\n${"\0".repeat(1 << 20)}`],
  ["a hundred thousand sections", "[Service]\nExecStart=/usr/bin/demo\n".repeat(100_000)],
] as const) {
  test(`${what} in a unit end in findings`, async (t) => {
    const cwd = makeFolder(t, { "demo.service": content });
    const { status, stderr } = await runCli(["check", "demo.service", "--quiet"], { cwd });
    assert.ok(status === 0 || status === 1, stderr);
    assert.equal(stderr, "");
  });
}
