// From ".conf" to ".transfer": what is renamed, what is left alone, and when nothing is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { planMigration } from "./migration.ts";

test("transfers and folders of their drop-ins are renamed, in all folders of the set", () => {
  const { renames, warnings, fault } = planMigration(
    [
      "usr/lib/sysupdate.d/10-a.conf",
      "usr/lib/sysupdate.d/x.feature",
      "etc/sysupdate.d/10-a.conf.d",
      "etc/sysupdate.d/b.conf",
      "etc/sysupdate.d/x.feature.d",
      "etc/sysupdate.d/README",
    ],
    257,
  );
  assert.deepEqual(renames, [
    { from: "etc/sysupdate.d/10-a.conf.d", to: "etc/sysupdate.d/10-a.transfer.d" },
    { from: "etc/sysupdate.d/b.conf", to: "etc/sysupdate.d/b.transfer" },
    { from: "usr/lib/sysupdate.d/10-a.conf", to: "usr/lib/sysupdate.d/10-a.transfer" },
  ]);
  assert.deepEqual(warnings, []);
  assert.equal(fault, undefined);
});

test("nothing is renamed when a name is taken", () => {
  const { renames, fault } = planMigration(
    ["etc/sysupdate.d/a.conf", "etc/sysupdate.d/a.transfer", "etc/sysupdate.d/b.conf"],
    257,
  );
  assert.deepEqual(renames, []);
  assert.match(fault ?? "", /"etc\/sysupdate\.d\/a\.transfer" already exists/);
});

test("what changes beside the names is said", () => {
  const { warnings } = planMigration(
    ["etc/sysupdate.d/a.conf", "etc/sysupdate.d/b.transfer", "etc/sysupdate.d/c.conf.in"],
    256,
  );
  assert.equal(warnings.length, 3);
  assert.match(warnings[0] ?? "", /systemd 256, .* does not read "\.transfer"/);
  assert.match(warnings[1] ?? "", /"etc\/sysupdate\.d\/a\.conf" was ignored/);
  assert.match(warnings[2] ?? "", /"etc\/sysupdate\.d\/c\.conf\.in" is not renamed/);
});

test("a set without old names has nothing to do", () => {
  assert.deepEqual(planMigration(["etc/sysupdate.d/a.transfer", "etc/other.d/a.conf"], 250), {
    renames: [],
    warnings: [],
  });
});
