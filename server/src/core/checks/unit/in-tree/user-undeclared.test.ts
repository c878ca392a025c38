// Users and groups that somebody declares, and those that nobody does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findingsOfCheck } from "../../../../../../test/support/findings-of-check.ts";
import type { ExampleTree } from "../../check.ts";
import { readSysusers } from "../../system-users.ts";
import { startedDemo } from "./example-trees.ts";

const check = "unit/user-undeclared";
const units = "usr/lib/systemd/system";

async function namesIn(settings: string, files: ExampleTree = {}): Promise<string[]> {
  const findings = await findingsOfCheck(check, {
    ...startedDemo(`[Service]\nExecStart=/usr/bin/demo\n${settings}\n`),
    ...files,
  });
  return findings.map(({ message }) => /the (\w+ "[^"]*")/.exec(message)?.[1] ?? message);
}

test("sysusers.d declares users with their groups, groups, and both by membership", () => {
  const text = `# users\nu one - "One" /var/lib/one\nu! two 500:600\ng 'three' -\nm four five\nr - 5-9\n\n  u six\n`;
  const { users, groups } = readSysusers([text]);
  assert.deepEqual([...users], ["one", "two", "four", "six"]);
  assert.deepEqual([...groups], ["one", "two", "three", "five", "six"]);
});

test("each name that nobody declares is reported once", async () => {
  assert.deepEqual(await namesIn("User=demo\nGroup=demo\nSupplementaryGroups=docker video"), [
    'user "demo"',
    'group "docker"',
  ]);
  assert.deepEqual(await namesIn("User=demo\nDynamicUser=yes\nSupplementaryGroups=docker"), ['group "docker"']);
  const socket = "[Socket]\nListenStream=/run/demo\nSocketUser=root\nSocketGroup=docker\n";
  assert.deepEqual(await namesIn("", { [`${units}/demo.socket`]: socket }), ['group "docker"']);
});

test("nothing is said of a name that is there, or may be", async () => {
  const declared = { "usr/lib/sysusers.d/x.conf": "u demo -\n" };
  const fine: readonly (readonly [settings: string, files?: ExampleTree])[] = [
    ["User=root"],
    ["User=1000"],
    ["User=nobody\nGroup=nogroup"],
    ["User=systemd-network"],
    ["User=%i"],
    ["User=demo\nUser=root"],
    ["User=demo\nUser="],
    ["User=demo\nGroup=demo", declared],
    ["Group=demo", { "usr/lib/sysusers.d/x.conf": "g demo -\n" }],
    ["User=demo", { "usr/lib/userdb/demo.user": "{}" }],
    ["User=demo", { "usr/bin/setup": { mode: 0o755, content: "#!/bin/sh\nuseradd --system demo\n" } }],
    ["User=demo", { "sysext.json": '{ "generated": ["usr/lib/sysusers.d/demo.conf"] }' }],
  ];
  for (const [settings, files] of fine) assert.deepEqual(await namesIn(settings, files), [], settings);
  assert.deepEqual(await namesIn("User=demo", { "usr/lib/sysusers.d/x.conf": "g demo -\n" }), ['user "demo"']);
  assert.deepEqual(await namesIn("User=demo", { "usr/lib/sysusers.d/README": "u demo -\n" }), ['user "demo"']);
});

test("the repair adds a line to the sysusers.d file that is there", async () => {
  const files = startedDemo("[Service]\nExecStart=/usr/bin/demo\nUser=demo\n");
  const change = async (more: ExampleTree) =>
    (await findingsOfCheck(check, { ...files, ...more }))[0]?.fixes[0]?.changes;
  assert.deepEqual(await change({}), [{ kind: "write", path: "usr/lib/sysusers.d/demo.conf", text: "u demo -\n" }]);
  const path = "usr/lib/sysusers.d/10-x.conf";
  assert.deepEqual(await change({ [path]: "g other -" }), [{ kind: "write", path, text: "g other -\nu demo -\n" }]);
});
