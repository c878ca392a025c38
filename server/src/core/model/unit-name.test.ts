import assert from "node:assert/strict";
import { test } from "node:test";
import { dropInFolders, escapePath, parseUnitName, templateOf, unescapeName } from "./unit-name.ts";

for (const [name, parts] of [
  ["demo.service", ["demo", undefined, "service"]],
  ["demo@.timer", ["demo", "", "timer"]],
  ["demo@a@b.socket", ["demo", "a@b", "socket"]],
  ["a.b:c_d-e\\x2d.path", ["a.b:c_d-e\\x2d", undefined, "path"]],
  ["-.mount", ["-", undefined, "mount"]],
] as const) {
  test(`"${name}" is a unit's name`, () => {
    const found = parseUnitName(name);
    assert.deepEqual([found?.prefix, found?.instance, found?.type], parts);
  });
}

test("other texts are no names of units", () => {
  const names = ["", "demo", ".service", "@a.service", "a b.service", "a/b.service", "é.service", "demo.conf"];
  assert.deepEqual(
    [...names, `${"x".repeat(250)}.service`].filter((name) => parseUnitName(name) !== undefined),
    [],
  );
  assert.ok(parseUnitName(`${"x".repeat(247)}.service`));
});

test("an instance has its template, and drop-ins of many folders", () => {
  const name = parseUnitName("a-b-c@x.service");
  assert.ok(name);
  assert.equal(templateOf(name), "a-b-c@.service");
  assert.deepEqual(dropInFolders(name), [
    "a-b-c@x.service.d",
    "a-b-c@.service.d",
    "a-b-.service.d",
    "a-.service.d",
    "service.d",
  ]);
});

for (const [path, escaped] of [
  ["/", "-"],
  ["//a//b/", "a-b"],
  ["/var/lib/x-y z", "var-lib-x\\x2dy\\x20z"],
  ["/.a/.b", "\\x2ea-.b"],
  ["/ü", "\\xc3\\xbc"],
] as const) {
  test(`the path "${path}" is "${escaped}" in a unit's name`, () => assert.equal(escapePath(path), escaped));
}

test("escaped names are read back", () => {
  assert.equal(unescapeName("var-lib-x\\x2dy\\x20z"), "var/lib/x-y z");
  assert.equal(unescapeName("\\xc3\\xbc-100%"), "ü/100%");
  assert.equal(unescapeName("\\xff"), "\\xff");
});
