import assert from "node:assert/strict";
import { test } from "node:test";
import { assertReadings, readSetting } from "../../../../test/support/value-reading.ts";
import { isBusName, isFdName } from "./identifiers.ts";

test("knows names on the bus", () => {
  for (const name of ["org.example", "org.example.Demo_1", ":1.42", "a-b.c"]) assert.ok(isBusName(name), name);
  for (const name of [
    "",
    "org",
    "org.",
    ".org",
    "org..a",
    "org.1a",
    ":1",
    ":1.4/2",
    ":1.",
    "org.a b",
    "a.".repeat(200),
  ]) {
    assert.ok(!isBusName(name), name);
  }
});

test("knows names of file descriptors", () => {
  for (const name of ["", "demo", "a b", "x".repeat(255)]) assert.ok(isFdName(name), name);
  for (const name of ["a:b", "ä", "a\tb", "x".repeat(256)]) assert.ok(!isFdName(name), name);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.BusName", {
    "org.example.Demo": ["string org.example.Demo"],
    org: [
      '0-3 unit/invalid-value: "org" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    ":1.2": ["string :1.2"],
    ":1": [
      '0-2 unit/invalid-value: ":1" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    ":": [
      '0-1 unit/invalid-value: ":" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    "org.1x": [
      '0-6 unit/invalid-value: "org.1x" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    "1org.x": [
      '0-6 unit/invalid-value: "1org.x" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    "org.-x_y": ["string org.-x_y"],
    "org..x": [
      '0-6 unit/invalid-value: "org..x" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    ".org": [
      '0-4 unit/invalid-value: ".org" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    "org.": [
      '0-4 unit/invalid-value: "org." is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    "-a._b": ["string -a._b"],
    "": [
      '0-0 unit/invalid-value: "" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    '"a.b"': [
      '0-5 unit/quotes-literal: the quotes around "a.b" are part of the value here; remove them, spaces do not need quotes → a.b',
    ],
    "%i": ["specifier %i = `%i`: …"],
    "a.b:c": [
      '0-5 unit/invalid-value: "a.b:c" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    "x:1.2": [
      '0-5 unit/invalid-value: "x:1.2" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
    ":1.2:": [
      '0-5 unit/invalid-value: ":1.2:" is not a valid name of a D-Bus service; use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
    ],
  });
  assertReadings("Socket.FileDescriptorName", {
    a: ["string a"],
    "": [],
    "a:b": [
      '0-3 unit/invalid-value: "a:b" is not a valid name of a file descriptor; use ASCII characters, without colons',
    ],
    "a b": ["string a b"],
    "~": ["string ~"],
    ä: ['0-1 unit/invalid-value: "ä" is not a valid name of a file descriptor; use ASCII characters, without colons'],
    "\t": [
      '0-1 unit/invalid-value: "\t" is not a valid name of a file descriptor; use ASCII characters, without colons',
    ],
    "%i": ["specifier %i = `%i`: …"],
    '"a"': ['string "a"'],
  });
  assertReadings("Unit.RebootArgument", {
    "a b": ["string a b"],
    ä: ['0-1 unit/invalid-value: "ä" is not a valid name of what to boot into; use ASCII characters'],
    "": [],
    "a:b": ["string a:b"],
  });
  assertReadings("Service.LogNamespace", {
    a: ["string a"],
    "a:b-c_d.e@f9": ["string a:b-c_d.e@f9"],
    "a b": [
      '0-3 unit/invalid-value: "a b" is not a valid name of a journal namespace; use letters, digits and ":", "-", "_", "." only',
    ],
    "": [
      '0-0 unit/invalid-value: "" is not a valid name of a journal namespace; use letters, digits and ":", "-", "_", "." only',
    ],
    ä: [
      '0-1 unit/invalid-value: "ä" is not a valid name of a journal namespace; use letters, digits and ":", "-", "_", "." only',
    ],
    "a/b": [
      '0-3 unit/invalid-value: "a/b" is not a valid name of a journal namespace; use letters, digits and ":", "-", "_", "." only',
    ],
  });
});

test("takes names up to the length that fits, and none above it", () => {
  const isWrong = (setting: string, text: string) => readSetting(setting, text).faults.length > 0;
  for (const [setting, max] of [
    ["Service.BusName", 255],
    ["Socket.FileDescriptorName", 255],
    ["Unit.RebootArgument", 255],
    ["Service.LogNamespace", 187],
  ] as const) {
    const longest = `a.${"b".repeat(max - 2)}`;
    assert.deepEqual([isWrong(setting, longest), isWrong(setting, `${longest}b`)], [false, true], setting);
    assert.match(readSetting(setting, "c".repeat(256)).faults[0]?.message ?? "", /use a shorter one/);
  }
});
