// The service for hosts with an older systemd, held against systemd itself.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { requireTool, tempFolder } from "../../../../../../test/support/tools.ts";
import { parseUnitFile } from "../../../model/unit-file.ts";
import { checkUnit } from "../check-units.ts";
import { reloadService, reloadServicePath } from "./reload-service.ts";

test("systemd has nothing to say against the reload service", (t) => {
  if (!requireTool(t, "systemd-analyze")) return;
  const file = path.join(tempFolder(t), path.basename(reloadServicePath));
  writeFileSync(file, reloadService());
  const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });
  // Units of this machine that it pulls in may have faults of their own.
  assert.deepEqual(
    stderr.split("\n").filter((line) => line.includes("sysext-reload")),
    [],
  );
  assert.equal(status, 0, stderr);
});

test("nor have we, for any systemd with extensions", () => {
  for (const systemd of [249, 254, 262]) {
    assert.deepEqual(checkUnit(reloadService(), "etc/systemd/system/sysext-reload.service", { systemd }), []);
  }
});

test("it is bound to the merge, reloads before it restarts, and waits for nothing", () => {
  const values = parseUnitFile(reloadService(), { type: "service" }).entries.map(
    ({ node }) => `${node.name}=${node.value.text}`,
  );
  assert.ok(values.includes("BindsTo=systemd-sysext.service"));
  assert.ok(values.includes("After=systemd-sysext.service"));
  assert.deepEqual(
    values.filter((value) => value.startsWith("ExecStart=")),
    [
      "ExecStart=/usr/bin/systemctl daemon-reload",
      "ExecStart=/usr/bin/systemctl restart --no-block sockets.target timers.target multi-user.target",
    ],
  );
});
