import assert from "node:assert/strict";
import { test } from "node:test";
import { readClass, readOverrides, readSystemd } from "./match-options.ts";

test("what options say of a host is read, and what they leave out stays out", () => {
  assert.deepEqual(readOverrides({}), {});
  assert.deepEqual(readOverrides({ scope: "initrd", arch: "arm64", systemd: "255" }), {
    ...{ scope: "initrd", architecture: "arm64", systemd: 255 },
  });
});

test("the first systemd with extensions is 248", () => {
  assert.equal(readSystemd("248"), 248);
  assert.equal(readSystemd(undefined), undefined);
  for (const written of ["247", "24", "0255", "2555", "25x", "", "v255"]) {
    assert.throws(() => readSystemd(written), { name: "Failure", message: /248/ });
  }
});

test("classes and scopes that do not exist are told with those that do", () => {
  assert.deepEqual([undefined, "sysext", "confext"].map(readClass), [undefined, "sysext", "confext"]);
  assert.throws(() => readClass("Sysext"), { name: "Failure", message: /"Sysext".*sysext.*confext/ });
  assert.throws(() => readOverrides({ scope: "all" }), { name: "Failure", message: /"all".*system, initrd, portable/ });
  assert.throws(() => readOverrides({ arch: "amd64" }), { name: "Failure", message: /"amd64"/ });
});
