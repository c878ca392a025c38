// Files that units need in /etc, and places where they cannot write.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Around, placesOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import type { ExampleTree } from "../../check.ts";
import { startedDemo } from "./example-trees.ts";

function withSettings(settings: string, files: ExampleTree = {}, unit = ""): ExampleTree {
  return { ...startedDemo(`${unit}[Service]\nExecStart=/usr/bin/demo\n${settings}\n`), ...files };
}

test("a file with variables has to be made, to be optional, or to be elsewhere than in /etc", async () => {
  const check = "unit/env-file-mandatory";
  const found = async (files: ExampleTree, around: Around = {}) => (await placesOfCheck(check, files, around)).length;
  const setting = "EnvironmentFile=/etc/demo/env";
  const tmpfiles = (line: string) => ({ "usr/lib/tmpfiles.d/demo.conf": `${line}\n` });
  assert.equal(await found(withSettings(setting)), 1);
  assert.equal(await found(withSettings(setting, tmpfiles("d /etc/demo 0755"))), 1);
  assert.equal(await found(withSettings(setting, tmpfiles("C /etc/demo/other"))), 1);
  for (const line of ["C /etc/demo/env", "f+ /etc/demo/env 0644", "L /etc/demo/env", 'C! "/etc/demo" - - -']) {
    assert.equal(await found(withSettings(setting, tmpfiles(line))), 0, line);
  }
  for (const value of ["-/etc/demo/env", "/usr/lib/demo/env", "/etc/demo/*.env", "/etc/%N"]) {
    assert.equal(await found(withSettings(`EnvironmentFile=${value}`)), 0, value);
  }
  assert.equal(await found(withSettings(`${setting}\nEnvironmentFile=`)), 0);
  assert.equal(await found(withSettings(setting, {}, "[Unit]\nConditionPathExists=/etc/demo/env\n")), 0);
  assert.equal(await found(withSettings(setting), { base: ["etc/demo/env"] }), 0);
  assert.equal(await found(withSettings(setting), { others: { config: { "etc/demo/env": "A=1\n" } } }), 0);
});

test("what is below /usr cannot be written, nor below /opt when the extension has it", async () => {
  const check = "unit/read-only-path";
  const found = async (files: ExampleTree, around: Around = {}) => (await placesOfCheck(check, files, around)).length;
  const wrong = [
    "ReadWriteDirectories=/usr/share/demo",
    "ReadWritePaths=-/usr/lib/demo /var/lib/demo",
    "PIDFile=/usr/lib/demo.pid",
    "StandardOutput=append:/usr/share/demo/log",
  ];
  for (const settings of wrong) assert.equal(await found(withSettings(settings)), 1, settings);
  const right = [
    "ReadOnlyPaths=/usr/share/demo",
    "ReadWritePaths=/var/lib/demo /usrlocal",
    "ReadWritePaths=/usr/share/demo\nReadWritePaths=",
    "StandardInput=file:/usr/share/demo/in",
    "ReadWritePaths=/usr/share/demo\nTemporaryFileSystem=/usr/share/demo",
    "ReadWritePaths=/usr/local/demo",
    "ReadWritePaths=/opt/demo",
  ];
  for (const settings of right) assert.equal(await found(withSettings(settings)), 0, settings);
  assert.equal(await found(withSettings("ReadWritePaths=/opt/demo", { "opt/other/x": "" })), 1);
  const local = withSettings("ReadWritePaths=/usr/local/demo");
  assert.equal(await found(local, { hosts: ["flatcar-stable"] }), 1);
  assert.equal(await found(local, { hosts: ["flatcar-stable", "fedora-coreos"] }), 0);
});
