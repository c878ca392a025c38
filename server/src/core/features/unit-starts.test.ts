// What is said of units that something starts, and of those that nothing does.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/index.ts";
import { readTreeFacts } from "../model/tree-facts.ts";
import { unitStarts } from "./unit-starts.ts";

const system = "usr/lib/systemd/system";
const service = "[Service]\nExecStart=/usr/bin/demo\n";

/** How the unit of a name is started in a tree that has its file and the others. */
async function startsOf(name: string, files: Parameters<typeof memoryTree>[0]): Promise<readonly string[]> {
  const tree = memoryTree({ [`${system}/${name}`]: service, ...files });
  const found = unitStarts(await readTreeFacts(tree, { folder: "demo" })).find((unit) => unit.name === name);
  assert.ok(found);
  return found.startedBy;
}

for (const [what, name, files, said] of [
  ["nothing", "a.service", {}, []],
  ["a preset", "a.service", { "usr/lib/systemd/system-preset/10-a.preset": "enable a.service\n" }, []],
  ["[Install]", "a.service", { [`${system}/a.service`]: `${service}[Install]\nWantedBy=multi-user.target\n` }, []],
  [
    "a drop-in of a target",
    "a.service",
    { [`${system}/multi-user.target.d/10-a.conf`]: "[Unit]\nUpholds=a.service\n" },
    ['pulled in by "multi-user.target" with Upholds='],
  ],
  [
    "a link",
    "a.service",
    { [`${system}/multi-user.target.wants/a.service`]: { target: "../a.service" } },
    ['pulled in by "multi-user.target" through "multi-user.target.wants"'],
  ],
  [
    "a link to an instance",
    "a@.service",
    { [`${system}/multi-user.target.wants/a@x.service`]: { target: "../a@.service" } },
    ['pulled in by "multi-user.target" through "multi-user.target.wants", as "a@x.service"'],
  ],
  [
    "its socket and its timer",
    "a.service",
    { [`${system}/a.socket`]: "[Socket]\nListenStream=/run/a\n", [`${system}/a.timer`]: "[Timer]\nOnBootSec=1min\n" },
    ['started by "a.socket" when a client connects', 'started by "a.timer" at its time'],
  ],
  [
    "a path under another name",
    "a.service",
    { [`${system}/b.path`]: "[Path]\nPathExists=/run/a\nUnit=a.service\n" },
    ['started by "b.path" when its path changes'],
  ],
  [
    "another unit that fails",
    "a.service",
    { [`${system}/b.service`]: `[Unit]\nOnFailure=a.service\n${service}` },
    ['started by "b.service" when that fails'],
  ],
  [
    "the bus",
    "a.service",
    { "usr/share/dbus-1/system-services/org.a.service": "[D-BUS Service]\nName=org.a\nSystemdService=a.service\n" },
    ['started by D-Bus for "org.a"'],
  ],
  [
    "a device",
    "a.service",
    { "usr/lib/udev/rules.d/10-a.rules": '# b.service\nTAG+="systemd", ENV{SYSTEMD_WANTS}+="a.service"\n' },
    ['started by a device, according to "10-a.rules"'],
  ],
  [
    "the release file",
    "a.service",
    { "usr/lib/extension-release.d/extension-release.demo": "ID=_any\nEXTENSION_RESTART_UNITS=a.service\n" },
    ["restarted after the merge, as set in the release file"],
  ],
] as const) {
  test(`${what} starts ${name}`, async () => assert.deepEqual(await startsOf(name, files), said));
}
