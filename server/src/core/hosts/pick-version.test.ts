import assert from "node:assert/strict";
import { test } from "node:test";
import { pickVersion, type VersionPattern } from "./pick-version.ts";

const pattern: VersionPattern = {
  name: "demo",
  suffix: ".raw",
  known: new Set(["x86-64", "arm64"]),
  architectures: ["x86-64"],
};

const order = (...names: string[]) => pickVersion(names, pattern).fitting.map(({ fileName }) => fileName);

test("the newest version comes first", () => {
  assert.deepEqual(order("demo_1.9.raw", "demo_1.10.raw", "demo_1.2.raw"), [
    "demo_1.10.raw",
    "demo_1.9.raw",
    "demo_1.2.raw",
  ]);
  assert.equal(pickVersion(["demo_2.raw", "demo_3.raw"], pattern).chosen?.version, "3");
});

test("a version without attempts left comes last, and more that are left before fewer", () => {
  assert.deepEqual(order("demo_3+0-2.raw", "demo_2+1.raw", "demo_1.raw"), [
    "demo_2+1.raw",
    "demo_1.raw",
    "demo_3+0-2.raw",
  ]);
  assert.deepEqual(order("demo_1+1.raw", "demo_1+2.raw", "demo_1.raw"), ["demo_1.raw", "demo_1+2.raw", "demo_1+1.raw"]);
  assert.deepEqual(order("demo_1+2-1.raw", "demo_1+2.raw"), ["demo_1+2.raw", "demo_1+2-1.raw"]);
});

test("the architecture stands behind the version, and another one does not fit", () => {
  const { fitting, unfit } = pickVersion(["demo_1_x86-64.raw", "demo_2_arm64.raw", "demo_3_other.raw"], pattern);
  assert.deepEqual(
    fitting.map(({ version, architecture }) => `${version} ${architecture}`),
    ["3 other", "1 x86-64"],
  );
  assert.deepEqual(
    unfit.map(({ fileName }) => fileName),
    ["demo_2_arm64.raw"],
  );
  assert.equal(pickVersion(["demo_2_arm64.raw"], { ...pattern, architectures: [] }).chosen?.version, "2");
});

test("names that do not fit have their reasons", () => {
  for (const name of ["other_1.raw", "demo_1.img", "demo_.raw", "demo_1 2.raw", "demo-1.raw"]) {
    const { chosen, unfit } = pickVersion([name], pattern);
    assert.equal(chosen, undefined, name);
    assert.equal(unfit.length, 1, name);
  }
});
