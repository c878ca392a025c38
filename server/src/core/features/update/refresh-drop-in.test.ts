// What makes a host update and merge: what it says, held against systemd itself.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { requireTool, tempFolder } from "../../../../../test/support/tools.ts";
import { checkUnit } from "../../checks/unit/check-units.ts";
import { parseUnitFile } from "../../model/unit-file.ts";
import { type RefreshAfterUpdate, refreshAfterUpdate } from "./refresh-drop-in.ts";

function write(wanted: Partial<RefreshAfterUpdate> = {}) {
  const files = refreshAfterUpdate({
    components: ["demo"],
    systemSet: false,
    classes: ["sysext"],
    systemd: 257,
    ...wanted,
  });
  return "fault" in files ? assert.fail(files.fault) : files;
}

function commands(wanted: Partial<RefreshAfterUpdate>): string[] {
  const [service] = write(wanted);
  return parseUnitFile(service?.text ?? "", undefined)
    .entries.filter(({ node }) => node.name.startsWith("Exec"))
    .map(({ node }) => `${node.name}=${node.value.text}`);
}

const refresh = "ExecStartPost=/usr/bin/systemctl reload-or-restart systemd-sysext.service";

test("components are updated in place of an empty set of the system, and before one that is there", () => {
  assert.deepEqual(commands({ components: ["a", "b"] }), [
    "ExecStart=",
    "ExecStart=/usr/lib/systemd/systemd-sysupdate --component=a update",
    "ExecStart=/usr/lib/systemd/systemd-sysupdate --component=b update",
    refresh,
  ]);
  assert.deepEqual(commands({ systemSet: true }), [
    "ExecStartPre=/usr/lib/systemd/systemd-sysupdate --component=demo update",
    refresh,
  ]);
  assert.deepEqual(commands({ components: [], systemSet: true }), [refresh]);
});

test("from systemd 262 on the service has another name, and updates all components by itself", () => {
  assert.deepEqual(commands({ systemd: 262 }), [refresh]);
  const paths = (systemd: number) => write({ systemd }).map((file) => file.path);
  assert.deepEqual(paths(261), [
    "etc/systemd/system/systemd-sysupdate.service.d/50-refresh-extensions.conf",
    "etc/systemd/system/timers.target.d/50-update-extensions.conf",
  ]);
  assert.match(paths(262)[0] ?? "", /systemd-sysupdate-update\.service\.d/);
});

test("each class is merged by its own service", () => {
  assert.deepEqual(commands({ classes: ["sysext", "confext"] }).slice(-2), [
    refresh,
    refresh.replace("sysext", "confext"),
  ]);
});

test("a systemd without systemd-sysupdate and a component that is no argument are refused", () => {
  const ask = (wanted: Partial<RefreshAfterUpdate>) =>
    refreshAfterUpdate({ components: [], systemSet: true, classes: ["sysext"], systemd: 257, ...wanted });
  assert.ok("fault" in ask({ systemd: 250 }));
  assert.ok("fault" in ask({ components: ["a b"] }));
  assert.ok("fault" in ask({ components: ["%n\nExecStart=/bin/sh"] }));
});

test("we have nothing to say against the files", () => {
  for (const systemd of [251, 257, 262]) {
    for (const systemSet of [true, false]) {
      for (const { path: place, text } of write({ systemd, systemSet })) {
        assert.deepEqual(checkUnit(text, place, { systemd }), [], place);
      }
    }
  }
});

test("nor has systemd, together with its own service", (t) => {
  if (!requireTool(t, "systemd-analyze")) return;
  const folder = tempFolder(t);
  const unit = path.join(folder, "systemd-sysupdate.service");
  writeFileSync(unit, "[Service]\nType=simple\nNotifyAccess=main\nExecStart=/bin/true update\n");
  writeFileSync(path.join(folder, "systemd-sysupdate.timer"), "[Timer]\nOnBootSec=15min\n");
  const components = ["demo", "de.mo-2"];
  for (const systemSet of [true, false]) {
    for (const { path: place, text } of write({ components, systemSet, classes: ["sysext", "confext"] })) {
      const file = path.join(folder, place.replace("etc/systemd/system/", ""));
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text.replaceAll("/usr/lib/systemd/systemd-sysupdate", "/bin/true"));
    }
    const env = { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` };
    const names = [unit, "timers.target"];
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...names], { encoding: "utf8", env });
    assert.deepEqual(
      stderr.split("\n").filter((line) => /sysupdate|extensions\.conf|timers\.target/.test(line)),
      [],
    );
  }
});
