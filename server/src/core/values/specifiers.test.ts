import assert from "node:assert/strict";
import { test } from "node:test";
import { findUnitSetting } from "../tables/find-unit-setting.ts";
import { findSpecifier, hasSpecifier, specifierContext, specifiersIn } from "./specifiers.ts";

function contextOf(section: string, name: string, grammar?: string) {
  const setting = findUnitSetting(section, name);
  assert.ok(setting, name);
  return specifierContext(grammar === undefined ? setting : { ...setting, grammar });
}

test("the setting decides which specifiers count", () => {
  assert.equal(contextOf("Service", "ExecStart"), "unit-full");
  assert.equal(contextOf("Unit", "Wants"), "unit-name");
  assert.equal(contextOf("Socket", "Service"), "unit-name");
  assert.equal(contextOf("Install", "Alias"), "install");
  assert.equal(contextOf("Source", "Path"), "sysupdate");
  assert.equal(contextOf("Service", "Type"), undefined);
});

test("only grammars of names of units have the specifiers of names", () => {
  for (const grammar of ["unit", "units", "unit slice", "units socket"]) {
    assert.equal(contextOf("Service", "ExecStart", grammar), "unit-name", grammar);
  }
  for (const grammar of ["install-units", "unit-x", "unitsx", "a unit"]) {
    assert.equal(contextOf("Service", "ExecStart", grammar), "unit-full", grammar);
  }
});

test("a context knows its own letters", () => {
  assert.equal(findSpecifier("unit-full", "t")?.letter, "t");
  assert.equal(findSpecifier("unit-name", "t"), undefined);
  assert.equal(findSpecifier("install", "i")?.letter, "i");
  assert.equal(findSpecifier("install", "t"), undefined);
  assert.equal(findSpecifier("sysupdate", "w")?.letter, "w");
  assert.deepEqual(
    specifiersIn("sysupdate").map(({ letter }) => findSpecifier("sysupdate", letter)),
    specifiersIn("sysupdate"),
  );
  assert.ok(specifiersIn("unit-full").length > specifiersIn("unit-name").length);
});

test("a percent sign and a letter, a digit or another percent sign are replaced", () => {
  for (const text of ["%i", "a%Z", "%%", "%0"]) assert.equal(hasSpecifier(text), true, text);
  for (const text of ["", "%", "% i", "i%", "%-"]) assert.equal(hasSpecifier(text), false, text);
});
