// `sysext check` on definitions of systemd-sysupdate as a user runs it: by themselves, in folders, in roots and in trees.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { buildInMemory } from "../images/memory-image.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const source = "[Source]\nType=regular-file\nPath=/srv/updates\nMatchPattern=demo_@v.raw\n";
const target = "[Target]\nType=regular-file\nPath=/var/lib/demo\nMatchPattern=demo_@v.raw\n";
const good = `${source}\n${target}`;
const bad = `${source}\n${target}InstancesMax=1\n`;
const refused = `${source.replace("@v", "1")}\n${target}`;
const folder = "usr/lib/sysupdate.demo.d";

/** Places and checks of what was found, a line each. */
function shown(json: string): string[] {
  const findings: { file: string; line: number; column: number; severity: string; code: string }[] = JSON.parse(json);
  return findings.map(({ file, line, column, severity, code }) => `${file}:${line}:${column} ${severity} ${code}`);
}

test("a transfer is checked by itself, wherever it lies and whatever it is called", async (t) => {
  const cwd = makeFolder(t, {
    "demo.transfer": bad,
    "fine/fine.transfer": good,
    "old/old.conf": refused,
    "noise.conf": "a=b\n",
  });
  const { status, stdout, stderr } = await runCli(["check", "demo.transfer"], { cwd });
  assert.equal(status, 0);
  assert.match(stdout, /^demo\.transfer:10:14: warning: "1" leaves no room .* \[transfer\/instances-max\]\n$/);
  assert.equal(stderr, "checked 1 file: 1 warning\n");
  assert.equal((await runCli(["check", "fine/fine.transfer"], { cwd })).stderr, "checked 1 file: no findings\n");
  const old = await runCli(["check", "old/old.conf", "--json", "--systemd", "252"], { cwd });
  assert.deepEqual([old.status, shown(old.stdout)], [1, ["old/old.conf:4:14 error transfer/pattern-no-version"]]);
  const noise = await runCli(["check", "noise.conf"], { cwd });
  assert.equal(noise.status, 2);
  assert.match(noise.stderr, /files of this type are not checked/);
});

test("a folder of definitions is a set", async (t) => {
  const cwd = makeFolder(t, {
    "sysupdate.d/10-demo.transfer": `[Transfer]\nFeatures=tools\n\n${good}`,
    "sysupdate.d/20-other.conf": good.replaceAll("demo", "other"),
    "sysupdate.d/10-demo.transfer.d/more.conf": "[Target]\nInstancesMax=1\n",
    "sysupdate.d/tools.feature": "[Feature]\nDescription=Tools\n",
    "sysupdate.d/login.feature": "Feature: log in\n  Scenario: [Feature] files of other tools\n",
  });
  const expected = [
    "sysupdate.d/10-demo.transfer.d/more.conf:2:14 warning transfer/instances-max",
    "sysupdate.d/20-other.conf:1:1 error transfer/mixed-suffix",
  ];
  const whole = await runCli(["check", "sysupdate.d", "--json"], { cwd });
  assert.deepEqual([whole.status, shown(whole.stdout).sort()], [1, expected]);
  for (const line of expected) {
    const [file = ""] = line.split(":");
    assert.deepEqual(shown((await runCli(["check", file, "--json"], { cwd })).stdout), [line]);
  }
});

test("transfers that only their text tells, in a folder of any name, count with none but their own twins", async (t) => {
  const cwd = makeFolder(t, { "samples/a.transfer": good, "samples/b.conf": good, "samples/a.conf": good });
  for (const target of ["samples", "samples/b.conf"]) {
    const { stdout } = await runCli(["check", target, "--json"], { cwd });
    assert.deepEqual(
      shown(stdout).filter((line) => line.includes("mixed-suffix")),
      [],
    );
  }
});

test("the definitions of a root count together by systemd's folders, and one hides another", async (t) => {
  const cwd = makeFolder(t, {
    [`rootfs/${folder}/10-demo.transfer`]: `[Transfer]\nFeatures=tools\n\n${good}`,
    [`rootfs/${folder}/20-hidden.transfer`]: refused,
    "rootfs/etc/sysupdate.demo.d/20-hidden.transfer": "",
    "rootfs/etc/sysupdate.demo.d/10-demo.transfer.d/10-keep.conf": "[Target]\nInstancesMax=1\n",
  });
  const { stdout } = await runCli(["check", ".", "--json"], { cwd });
  assert.deepEqual(shown(stdout).sort(), [
    "rootfs/etc/sysupdate.demo.d/10-demo.transfer.d/10-keep.conf:2:14 warning transfer/instances-max",
    `rootfs/${folder}/10-demo.transfer:2:10 warning transfer/feature-undefined`,
    `rootfs/${folder}/20-hidden.transfer:4:14 error transfer/pattern-no-version`,
  ]);
});

test("the definitions of a tree and those inside of an image have the same findings", async (t) => {
  const files = { "usr/lib/extension-release.d/extension-release.demo": "ID=_any\n", [`${folder}/demo.transfer`]: bad };
  const cwd = makeFolder(t, Object.fromEntries(Object.entries(files).map(([file, text]) => [`demo/${file}`, text])));
  writeFileSync(path.join(cwd, "demo.raw"), await buildInMemory(files));
  const expected = `demo/${folder}/demo.transfer:10:14 warning transfer/instances-max`;
  assert.deepEqual(shown((await runCli(["check", "demo", "--json"], { cwd })).stdout), [expected]);
  assert.deepEqual(shown((await runCli(["check", `demo/${folder}/demo.transfer`, "--json"], { cwd })).stdout), [
    expected,
  ]);
  assert.deepEqual(shown((await runCli(["check", "demo.raw", "--json"], { cwd })).stdout), [
    expected.replace("demo/", "demo.raw/"),
  ]);
});

test("the lowest version of systemd decides what is too new and what is too old", async (t) => {
  const cwd = makeFolder(t, { "demo.transfer": good, "demo.conf": good });
  assert.deepEqual(shown((await runCli(["check", "demo.transfer", "--json", "--systemd", "256"], { cwd })).stdout), []);
  const alone = makeFolder(t, { "demo.transfer": good, "old/demo.conf": good });
  const codes = async (file: string, systemd: string) =>
    shown((await runCli(["check", file, "--json", "--systemd", systemd], { cwd: alone })).stdout).map((line) =>
      line.replace(/^.* /, ""),
    );
  assert.deepEqual(await codes("demo.transfer", "256"), ["transfer/too-new"]);
  assert.deepEqual(await codes("demo.transfer", "257"), []);
  assert.deepEqual(await codes("old/demo.conf", "256"), []);
  assert.deepEqual(await codes("old/demo.conf", "257"), ["transfer/conf-suffix"]);
});

test("bytes that are no text, and a file that is gone, end in a sentence", async (t) => {
  const cwd = makeFolder(t, { "demo.transfer": "" });
  writeFileSync(path.join(cwd, "demo.transfer"), Buffer.from([0x5b, 0xff, 0x00, 0x5d, 0x0a, 0x80, 0x3d, 0x00]));
  const { status } = await runCli(["check", "demo.transfer"], { cwd });
  assert.notEqual(status, null);
  const gone = await runCli(["check", "gone.transfer"], { cwd });
  assert.equal(gone.status, 2);
  assert.match(gone.stderr, /^sysext: gone\.transfer: /);
});
