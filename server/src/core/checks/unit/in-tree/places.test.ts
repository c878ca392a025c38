// Units in folders where nobody looks, scripts that enable units, and units beside those of the host.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type Around, findingsOfCheck, placesOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import { startedDemo } from "./example-trees.ts";

const units = "usr/lib/systemd/system";
const service = "[Service]\nExecStart=/usr/bin/demo\n";

test("units in wrong folders are to move, unless one is there already", async () => {
  const check = "unit/wrong-dir";
  for (const folder of [
    "usr/lib/systemd",
    "etc/systemd/system",
    "usr/share/systemd/system",
    "usr/lib64/systemd/system",
  ]) {
    const [finding] = await findingsOfCheck(check, { [`${folder}/demo.service`]: service });
    assert.deepEqual(finding?.fixes[0]?.changes, [
      { kind: "rename", from: `${folder}/demo.service`, to: `${units}/demo.service` },
    ]);
  }
  const [taken] = await findingsOfCheck(check, { ...startedDemo(), "usr/lib/systemd/demo.service": service });
  assert.deepEqual(taken?.fixes, []);
  for (const path of [`${units}/demo.service`, "usr/lib/systemd/demo-helper", "usr/share/systemd/user/demo.service"]) {
    assert.deepEqual(await placesOfCheck(check, { [path]: service }), [], path);
  }
  const confext = {
    "etc/extension-release.d/extension-release.demo": "ID=_any\n",
    "etc/systemd/system/demo.service": service,
  };
  assert.deepEqual(await placesOfCheck(check, confext), []);
});

test("scripts that enable units for all are found by their commands", async () => {
  const found = async (script: string) => {
    const files = { ...startedDemo(), "usr/bin/demo": { mode: 0o755, content: script } };
    const findings = await findingsOfCheck("unit/systemctl-in-script", files);
    return findings.map(({ span }) => script.slice(span.start, span.end));
  };
  assert.deepEqual(await found("#!/bin/bash\nif true; then systemctl --now enable a.service; fi\n"), [
    "systemctl --now enable",
  ]);
  assert.deepEqual(await found("#!/usr/bin/env sh\ntrue && /usr/bin/systemctl preset-all\n"), ["systemctl preset-all"]);
  const fine = [
    "#!/bin/sh\n# systemctl enable a.service\n",
    '#!/bin/sh\necho "Run systemctl enable a.service"\n',
    "#!/bin/sh\nsystemctl --user enable a.service\n",
    "#!/bin/sh\nsystemctl restart enable.service\n",
    "#!/bin/sh\nsystemctl is-enabled a.service\n",
    "#!/usr/bin/python3\nsystemctl enable a.service\n",
  ];
  for (const script of fine) assert.deepEqual(await found(script), [], script);
});

test("a unit takes the place of the host's only with a file of its name", async () => {
  const found = async (around: Around) => await placesOfCheck("unit/overrides-host-unit", startedDemo(), around);
  assert.deepEqual(await found({ base: [`${units}/demo.service`] }), ["demo.service"]);
  assert.deepEqual(await found({ base: [`${units}/demo@.service`] }), []);
  assert.deepEqual(await found({ base: ["etc/systemd/system/demo.service"] }), []);
  assert.deepEqual(await found({}), []);
});

test("a unit that a drop-in starts has to be somewhere", async () => {
  const check = "unit/upholds-unknown";
  const base = { base: [`${units}/getty@.service`, `${units}/sshd.service`] };
  const files = (name: string) => ({
    ...startedDemo(),
    [`${units}/multi-user.target.d/a.conf`]: `[Unit]\nUpholds=${name}\n`,
  });
  const [finding] = await findingsOfCheck(check, files("demoo.service"), base);
  assert.deepEqual(finding?.fixes[0]?.changes[0], { kind: "edit", span: { start: 15, end: 28 }, text: "demo.service" });
  assert.deepEqual(await placesOfCheck(check, files("demoo.service")), []);
  for (const name of [
    "sshd.service",
    "getty@tty1.service",
    "demo.service",
    "made-up.mount",
    "display-manager.service",
    "x@y.service",
    "%i.service",
  ]) {
    assert.deepEqual(await placesOfCheck(check, files(name), base), [], name);
  }
  const wanted = { [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nWants=late.service\n" };
  assert.equal((await findingsOfCheck(check, { ...startedDemo(), ...wanted }, base))[0]?.severity, "info");
  const target = { [`${units}/demo.target`]: "[Unit]\nWants=late.service\n" };
  assert.deepEqual(await placesOfCheck(check, { ...startedDemo(), ...target }, base), []);
  const others = { other: { [`${units}/other.service`]: service } };
  assert.deepEqual(await placesOfCheck(check, files("other.service"), { ...base, others }), []);
  const made = { ...files("late.service"), "sysext.json": `{ "generated": ["${units}/late.service"] }` };
  assert.deepEqual(await placesOfCheck(check, made, base), []);
});
