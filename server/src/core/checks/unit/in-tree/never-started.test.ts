// What counts as starting a unit of an extension, and the repairs that are offered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOfCheck, placesOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import type { ExampleTree } from "../../check.ts";

const units = "usr/lib/systemd/system";
const service = "[Service]\nExecStart=/usr/bin/demo\n";
const release = "usr/lib/extension-release.d/extension-release.demo";
const lonely: ExampleTree = { [`${units}/demo.service`]: service };
const check = "unit/never-started";

/** What keeps the check silent about demo.service. */
const startedBy: Readonly<Record<string, ExampleTree>> = {
  "a drop-in with Wants=": { [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nWants=other.service demo.service\n" },
  "a drop-in of a host's service": { [`${units}/sshd.service.d/a.conf`]: "[Unit]\nRequires=demo.service\n" },
  "a link in .upholds": { [`${units}/multi-user.target.upholds/demo.service`]: { target: "../demo.service" } },
  "a link in .wants": { [`${units}/multi-user.target.wants/demo.service`]: { target: "../demo.service" } },
  "a link in .requires": { [`${units}/multi-user.target.requires/demo.service`]: { target: "../demo.service" } },
  "another name of it": {
    [`${units}/alias.service`]: { target: "demo.service" },
    [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nUpholds=alias.service\n",
  },
  "its socket": {
    [`${units}/sockets.target.d/a.conf`]: "[Unit]\nUpholds=demo.socket\n",
    [`${units}/demo.socket`]: "[Socket]\nListenStream=/run/demo\n",
  },
  "a timer that names it": {
    [`${units}/timers.target.d/a.conf`]: "[Unit]\nUpholds=other.timer\n",
    [`${units}/other.timer`]: "[Timer]\nOnCalendar=daily\nUnit=demo.service\n",
  },
  "a path unit": {
    [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nUpholds=demo.path\n",
    [`${units}/demo.path`]: "[Path]\nPathExists=/run/x\n",
  },
  "another service, over a target of its own": {
    [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nUpholds=demo.target\n",
    [`${units}/demo.target`]: "[Unit]\nWants=first.service\n",
    [`${units}/first.service`]: `[Unit]\nBindsTo=demo.service\n${service}`,
  },
  "a failure of the host's": { [`${units}/sshd.service.d/a.conf`]: "[Unit]\nOnFailure=demo.service\n" },
  "an instance of a template of the tree": {
    [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nUpholds=one@x.service\n",
    [`${units}/one@.service`]: `[Unit]\nWants=demo.service\n${service}`,
  },
  "the release file": { [release]: "ID=_any\nEXTENSION_RESTART_UNITS=demo.service\n" },
  "the release file, by the other key": {
    [release]: "ID=_any\nEXTENSION_RELOAD_OR_RESTART_UNITS='a.service demo.service'\n",
  },
  "the message bus": {
    "usr/share/dbus-1/system-services/org.demo.service":
      "[D-BUS Service]\nName=org.demo\nSystemdService=demo.service\n",
  },
  "the message bus, by another name": {
    [`${units}/dbus-org.demo.service`]: { target: "demo.service" },
    "usr/share/dbus-1/system-services/org.demo.service":
      "[D-BUS Service]\nName=org.demo\nSystemdService=dbus-org.demo.service\n",
  },
  "a bus name": { [`${units}/demo.service`]: `${service}Type=dbus\nBusName=org.demo\n` },
  "a device": { "usr/lib/udev/rules.d/60-demo.rules": 'TAG+="systemd", ENV{SYSTEMD_WANTS}+="demo.service"\n' },
  "a device's command": { "usr/lib/udev/rules.d/60-demo.rules": 'RUN+="/bin/systemctl start demo"\n' },
  "a script": { "usr/bin/run": { mode: 0o755, content: "#!/bin/sh\nsystemctl start demo\n" } },
  "a generator": { "usr/lib/systemd/system-generators/demo": { mode: 0o755 } },
  "what a build makes": { "sysext.json": `{ "generated": ["${units}/multi-user.target.d/10-demo.conf"] }` },
  "what a build makes below a folder": { "sysext.json": '{ "generated": ["usr/lib/systemd/**"] }' },
};

for (const [what, files] of Object.entries(startedBy)) {
  test(`${what} starts a unit`, async () => {
    assert.deepEqual(await placesOfCheck(check, { ...lonely, ...files }), []);
  });
}

test("the host's own unit of the name, or a link of another extension, starts a unit", async () => {
  const link = { [`${units}/multi-user.target.upholds/demo.service`]: { target: "../demo.service" } };
  assert.deepEqual(await placesOfCheck(check, lonely, { base: [`${units}/demo.service`] }), []);
  assert.deepEqual(await placesOfCheck(check, lonely, { others: { other: link } }), []);
  const elsewhere = { base: [`${units}/other.service`], others: { other: { "usr/bin/other": "" } } };
  assert.deepEqual(await placesOfCheck(check, lonely, elsewhere), ["demo.service"]);
});

/** What does not start demo.service. */
const notStarted: Readonly<Record<string, ExampleTree>> = {
  "an order": { [`${units}/multi-user.target.d/a.conf`]: "[Unit]\nAfter=demo.service\n" },
  "a drop-in without its ending": { [`${units}/multi-user.target.d/a`]: "[Unit]\nUpholds=demo.service\n" },
  "its own dependencies": { [`${units}/demo.service`]: `[Unit]\nWants=demo.service\n${service}` },
  "a service of the bus without one of systemd": {
    "usr/share/dbus-1/system-services/org.demo.service": "[D-BUS Service]\nName=org.demo\nExec=/usr/bin/demo\n",
  },
  "a script that starts others": {
    "usr/bin/demo": { mode: 0o755, content: "#!/bin/sh\nsystemctl start other\nexec /usr/lib/demo\n" },
  },
  "a project file about other paths": { "sysext.json": '{ "generated": ["usr/bin/**"] }' },
  "[Install]": { [`${units}/demo.service`]: `${service}[Install]\nWantedBy=multi-user.target\n` },
};

for (const [what, files] of Object.entries(notStarted)) {
  test(`${what} starts no unit`, async () => {
    assert.deepEqual(await placesOfCheck(check, { ...lonely, ...files }), ["demo.service"]);
  });
}

test("templates, masks, units of users, slices and mounts are not said to be started by nothing", async () => {
  assert.deepEqual(
    await placesOfCheck(check, {
      [`${units}/demo@.service`]: service,
      [`${units}/masked.service`]: "",
      [`${units}/demo.slice`]: "[Slice]\nTasksMax=5\n",
      [`${units}/srv.mount`]: "[Mount]\nWhat=/dev/x\nWhere=/srv\n",
      "usr/lib/systemd/user/demo.service": service,
    }),
    [],
  );
});

test("of units that start one another only the first is reported, and of a circle one", async () => {
  assert.deepEqual(
    await placesOfCheck(check, {
      [`${units}/a.service`]: service,
      [`${units}/a.socket`]: "[Socket]\nListenStream=/run/a\n",
      [`${units}/b.service`]: `[Unit]\nWants=c.service\n${service}`,
      [`${units}/c.service`]: `[Unit]\nRequires=b.service\n${service}`,
    }),
    ["a.socket", "b.service"],
  );
});

test("a comment switches it off, and so does the release file's class", async () => {
  assert.deepEqual(
    await placesOfCheck(check, { [`${units}/demo.service`]: `# sysext: disable=${check}\n\n${service}` }),
    [],
  );
  assert.deepEqual(
    await placesOfCheck(check, {
      "etc/extension-release.d/extension-release.demo": "ID=_any\n",
      "etc/systemd/system/demo.service": service,
    }),
    [],
  );
});

test("it is worth a warning, unless Flatcar alone is meant, which starts what is enabled", async () => {
  const severity = async (hosts: readonly string[]) => (await findingsOfCheck(check, lonely, { hosts }))[0]?.severity;
  assert.equal(await severity([]), "warning");
  assert.equal(await severity(["flatcar-stable", "fedora"]), "warning");
  assert.equal(await severity(["flatcar-stable", "flatcar-lts"]), "info");
});

/** The files that the fixes of demo's finding write. */
async function fixesOf(name: string, text: string, more: ExampleTree = {}, systemd = 257) {
  const [finding] = await findingsOfCheck(check, { [`${units}/${name}`]: text, ...more }, { systemd });
  return (finding?.fixes ?? []).map(({ changes }) =>
    changes.map((change) => (change.kind === "write" ? `${change.path}: ${change.text}` : change.kind)),
  );
}

test("the repair is a drop-in of the fitting target, and a reload", async () => {
  const withReload = `${release}: ID=_any\nEXTENSION_RELOAD_MANAGER=1\n`;
  const reload = { [release]: "EXTENSION_RELOAD_MANAGER=yes\nID=_any\n" };
  const timer = "[Timer]\nOnCalendar=daily\nUnit=x.service\n";
  assert.deepEqual(await fixesOf("demo.service", service), [
    [`${units}/multi-user.target.d/10-demo.conf: [Unit]\nUpholds=demo.service\n`, withReload],
  ]);
  assert.deepEqual(await fixesOf("demo.timer", timer, reload), [
    [`${units}/timers.target.d/10-demo.conf: [Unit]\nUpholds=demo.timer\n`],
  ]);
  assert.deepEqual(await fixesOf("demo.timer", `${timer}[Install]\nWantedBy=graphical.target\n`, reload), [
    [`${units}/graphical.target.d/10-demo.conf: [Unit]\nUpholds=demo.timer\n`],
  ]);
  const other = { ...reload, [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=x.service\n" };
  assert.deepEqual(await fixesOf("demo.path", "[Path]\nPathExists=/x\nUnit=x.service\n", other), [
    [`${units}/multi-user.target.d/10-demo-path.conf: [Unit]\nUpholds=demo.path\n`],
  ]);
  const off = { [release]: 'ID=_any\nEXTENSION_RELOAD_MANAGER="no"' };
  assert.deepEqual(
    (await fixesOf("demo.service", service, off))[0]?.[1],
    `${release}: ID=_any\nEXTENSION_RELOAD_MANAGER=1`,
  );
});

test("a oneshot is to count as running, so that it is not started for ever", async () => {
  const [finding] = await findingsOfCheck(check, {
    [`${units}/demo.service`]: "[Service]\nType=oneshot\nExecStart=/usr/bin/demo",
  });
  const edit = finding?.fixes[0]?.changes.find(({ kind }) => kind === "edit");
  assert.deepEqual(edit, { kind: "edit", span: { start: 23, end: 23 }, text: "RemainAfterExit=yes\n" });
});

test("hosts with an older systemd need a service of their own as well", async () => {
  const dropIn = `${units}/multi-user.target.d/10-demo.conf: [Unit]\nUpholds=demo.service\n`;
  const [first, second, ...more] = await fixesOf("demo.service", service, {}, 252);
  assert.deepEqual(first, [dropIn]);
  assert.equal(second?.[0], dropIn);
  assert.match(second?.[1] ?? "", /^host\/etc\/systemd\/system\/sysext-reload\.service: .*daemon-reload/s);
  assert.deepEqual(more, []);
  assert.match((await fixesOf("demo.service", service, {}, 248))[0]?.[0] ?? "", /Wants=demo\.service/);
});
