import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aliasTypes,
  dropInFolders,
  escapePath,
  isTemplate,
  parseUnitName,
  sectionOfType,
  templateOf,
  templateTypes,
  unescapeName,
  unitTypes,
} from "./unit-name.ts";

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

test("names are as long as systemd takes them, and may have any sign that it takes", () => {
  const nameOf = (length: number) => `${"x".repeat(length - ".service".length)}.service`;
  assert.deepEqual([parseUnitName(nameOf(255))?.type, parseUnitName(nameOf(256))], ["service", undefined]);
  for (const name of ["a.", ".slice", "a.xservice", "a.servicex", "$a.service", "a$.service", "a.Service"]) {
    assert.equal(parseUnitName(name), undefined, name);
  }
  assert.equal(parseUnitName("Az0:_.\\@-.scope")?.instance, "-");
  assert.deepEqual(
    unitTypes.map(sectionOfType).join(" "),
    "Service Socket Target Device Mount Automount Swap Timer Path Slice Scope",
  );
});

test("drop-ins come from the folders of all shorter names that end in a dash, and of a template", () => {
  const folders: Readonly<Record<string, string>> = {
    "a.service": "a.service.d service.d",
    "a-b.service": "a-b.service.d a-.service.d service.d",
    "-a.service": "-a.service.d service.d",
    "a-.service": "a-.service.d service.d",
    "a--b.service": "a--b.service.d a--.service.d a-.service.d service.d",
    "-.slice": "-.slice.d slice.d",
    "a-b@.service": "a-b@.service.d a-.service.d service.d",
    "a-b@c-d.timer": "a-b@c-d.timer.d a-b@.timer.d a-.timer.d timer.d",
  };
  for (const [name, expected] of Object.entries(folders)) {
    const parsed = parseUnitName(name);
    assert.ok(parsed);
    assert.equal(dropInFolders(parsed).join(" "), expected);
    assert.equal(isTemplate(parsed), name.includes("@."), name);
    assert.equal(templateOf(parsed), name === "a-b@c-d.timer" ? "a-b@.timer" : undefined, name);
  }
});

test("each byte of a path that no name can have is escaped, and read back", () => {
  const escaped: Readonly<Record<string, string>> = {
    "a.b:c_9/Z": "a.b:c_9-Z",
    ".a": "\\x2ea",
    "a~\u007f": "a\\x7e\\x7f",
    "\u0001\u0080": "\\x01\\xc2\\x80",
    "ü€😀": "\\xc3\\xbc\\xe2\\x82\\xac\\xf0\\x9f\\x98\\x80",
  };
  for (const [path, name] of Object.entries(escaped)) {
    assert.equal(escapePath(path), name);
    assert.equal(unescapeName(name), path);
  }
  for (const half of ["\ud800", "\ud83d", "\udfff"]) assert.equal(escapePath(half), "\\xef\\xbf\\xbd");
  assert.deepEqual(["\\x2", "\\xg0-", "%-\\xC3\\xBC"].map(unescapeName), ["\\x2", "\\xg0/", "%/ü"]);
});

test("some types of units may have other names, and templates", () => {
  assert.equal(aliasTypes.join(" "), "service socket target device timer path");
  assert.equal(templateTypes.join(" "), "service socket target timer path");
});
