// Links, [Install] sections and orders by which units of an extension come too late, or hold the host up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOfCheck, placesOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import type { ExampleTree } from "../../check.ts";
import { reloading, startedDemo, upholding } from "./example-trees.ts";

const units = "usr/lib/systemd/system";
const service = "[Service]\nExecStart=/usr/bin/demo\n";
const lonely: ExampleTree = { ...reloading, [`${units}/demo.service`]: service };
const link = (folder: string): ExampleTree => ({ [`${units}/${folder}/demo.service`]: { target: "../demo.service" } });

test("a link of a .wants folder is too late, unless nothing else counts", async () => {
  const check = "unit/wants-link";
  const files = { ...lonely, ...link("multi-user.target.wants") };
  const [finding] = await findingsOfCheck(check, files);
  assert.deepEqual(finding?.fixes[0]?.changes, [
    { kind: "remove", path: `${units}/multi-user.target.wants/demo.service` },
    { kind: "write", path: `${units}/multi-user.target.d/10-demo.conf`, text: "[Unit]\nUpholds=demo.service\n" },
  ]);
  const fine: Readonly<Record<string, ExampleTree>> = {
    "it is upheld as well": { ...files, ...upholding },
    "the target is the extension's": {
      ...lonely,
      ...link("demo.target.wants"),
      [`${units}/demo.target`]: "[Unit]\nDescription=Demo\n",
    },
    "the initrd merges it": {
      ...files,
      "usr/lib/extension-release.d/extension-release.demo": 'ID=_any\nSYSEXT_SCOPE="initrd system"\n',
    },
    "a user's manager reads it": {
      "usr/lib/systemd/user/default.target.wants/demo.service": { target: "../demo.service" },
    },
  };
  for (const [reason, tree] of Object.entries(fine)) assert.deepEqual(await placesOfCheck(check, tree), [], reason);
});

test("folders .upholds need a systemd that reads them", async () => {
  const files = { ...lonely, ...link("multi-user.target.upholds") };
  const found = async (systemd: number) => (await placesOfCheck("unit/upheld-version", files, { systemd })).length;
  assert.equal(await found(253), 1);
  assert.equal(await found(254), 0);
  assert.deepEqual(await placesOfCheck("unit/upheld-version", { ...files, ...upholding }, { systemd: 253 }), []);
});

test("a unit of the host must not require one of the extension", async () => {
  const check = "unit/required-by";
  assert.deepEqual(await placesOfCheck(check, { ...lonely, ...link("multi-user.target.requires") }), ["demo.service"]);
  const own = { [`${units}/demo.target`]: "[Unit]\nDescription=Demo\n" };
  assert.deepEqual(await placesOfCheck(check, { ...lonely, ...own, ...link("demo.target.requires") }), []);
  assert.deepEqual(
    await placesOfCheck(check, { ...startedDemo(`${service}[Install]\nRequiredBy=demo.target\n`), ...own }),
    [],
  );
});

test("a unit before sysinit.target is early, whoever says so", async () => {
  const check = "unit/early-boot";
  const early = [
    startedDemo(`[Unit]\nBefore=local-fs.target\n${service}`),
    startedDemo(`${service}[Install]\nWantedBy=sysinit.target\n`),
    { ...lonely, ...link("sysinit.target.wants") },
  ];
  for (const files of early) assert.deepEqual(await placesOfCheck(check, files), ["demo.service"]);
  const late = [
    startedDemo(`[Unit]\nBefore=multi-user.target\n${service}`),
    startedDemo(`[Unit]\nBefore=initrd-switch-root.target\nConflicts=initrd-switch-root.target\n${service}`),
    { ...reloading, [`${units}/demo@.service`]: `[Unit]\nBefore=sysinit.target\n${service}` },
    startedDemo(`[Unit]\nDefaultDependencies=no\nBefore=shutdown.target\n${service}`),
    startedDemo(`[Unit]\nBefore=sysinit.target\nAfter=systemd-sysext.service\n${service}`),
    { ...lonely, ...link("multi-user.target.wants") },
    { ...reloading, [`${units}/srv.mount`]: "[Unit]\nBefore=local-fs.target\n[Mount]\nWhat=/dev/x\nWhere=/srv\n" },
  ];
  for (const files of late) assert.deepEqual(await placesOfCheck(check, files), []);
});

test("[Install] is of use only where the extension itself or Flatcar starts the unit", async () => {
  const check = "unit/install-useless";
  const mount = "[Mount]\nWhat=/dev/x\nWhere=/srv\n[Install]\nWantedBy=local-fs.target\n";
  assert.deepEqual(await placesOfCheck(check, { [`${units}/srv.mount`]: mount }), ["srv.mount"]);
  assert.deepEqual(await placesOfCheck(check, { [`${units}/srv.mount`]: mount }, { hosts: ["flatcar-lts"] }), []);
  const fine = [
    { [`${units}/srv.mount`]: mount, [`${units}/local-fs.target.d/a.conf`]: "[Unit]\nUpholds=srv.mount\n" },
    { ...lonely, [`${units}/demo.service`]: `${service}[Install]\nWantedBy=multi-user.target\n` },
    { [`${units}/demo@.service`]: `${service}[Install]\nUpheldBy=multi-user.target\n` },
    { "usr/lib/systemd/user/demo.service": `${service}[Install]\nWantedBy=default.target\n` },
  ];
  for (const files of fine) assert.deepEqual(await placesOfCheck(check, files), []);
});

test("services that run on are reported where the hosts are known to restart units", async () => {
  const check = "unit/leaks-on-unmerge";
  const withVersion = (systemd: number) => ({ "sysext.json": `{ "systemd": ${systemd} }` });
  assert.deepEqual(await placesOfCheck(check, startedDemo()), []);
  assert.deepEqual(await placesOfCheck(check, { ...startedDemo(), ...withVersion(262) }), ["demo.service"]);
  assert.deepEqual(await placesOfCheck(check, { ...startedDemo(), ...withVersion(261) }), []);
  const oneshot = startedDemo("[Service]\nType=oneshot\nExecStart=/usr/bin/demo\n");
  assert.deepEqual(await placesOfCheck(check, { ...oneshot, ...withVersion(262) }), []);
});
