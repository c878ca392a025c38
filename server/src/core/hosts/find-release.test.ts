import assert from "node:assert/strict";
import { test } from "node:test";
import { findRelease, type NamedRelease } from "./find-release.ts";

const folder = "usr/lib/extension-release.d/extension-release.";
const find = (name: string, releases: readonly NamedRelease[], systemd = 257) =>
  findRelease(name, "sysext", releases, systemd);

test("the release file that is called as the image goes before all others", () => {
  const releases = [{ suffix: "other", strict: "0" }, { suffix: "demo" }];
  assert.deepEqual(find("demo", releases), { kind: "found", path: `${folder}demo`, by: "name" });
  assert.deepEqual(findRelease("demo", "confext", [{ suffix: "demo" }], 257), {
    kind: "found",
    path: "etc/extension-release.d/extension-release.demo",
    by: "name",
  });
  assert.deepEqual(find("demo", [{ suffix: "other" }]), { kind: "none" });
});

test("what stands before the version counts since systemd 256", () => {
  assert.deepEqual(find("demo_1.2", [{ suffix: "demo" }], 256), { kind: "found", path: `${folder}demo`, by: "base" });
  assert.deepEqual(find("demo_1.2", [{ suffix: "demo" }], 255), { kind: "none" });
});

test("another name counts by its attribute, since systemd 250 and only when it is false", () => {
  const named = (strict: string, systemd = 250) => find("demo", [{ suffix: "other", strict }], systemd).kind;
  for (const value of ["0", "no", "N", "false", "f", "OFF"]) assert.equal(named(value), "found", value);
  for (const value of ["1", "", "00", "nope", "xno"]) assert.equal(named(value), "none", value);
  assert.equal(named("0", 249), "none");
  assert.equal(find("demo", [{ suffix: "other", strict: "0", symlink: true }]).kind, "none");
});

test("of several that may be called otherwise none counts", () => {
  const releases = [
    { suffix: "a", strict: "0" },
    { suffix: "b", strict: "0" },
  ];
  assert.deepEqual(find("demo", releases), { kind: "ambiguous", paths: [`${folder}a`, `${folder}b`] });
});
