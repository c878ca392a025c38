import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

test("refuses what systemd refuses, and remarks on names that it only wonders at", () => {
  const severity = (text: string) => readSetting("Service.User", text).faults[0]?.severity;
  assert.equal(severity("a:b"), "error");
  assert.equal(severity("65535"), "error");
  assert.equal(severity("a.b"), "info");
  assert.equal(severity("demo"), undefined);
});

test("keeps the user of a user with a group", () => {
  assert.equal(repair("Service.User", "demo:adm"), "demo");
});

test("offers groups where a group is wanted", () => {
  assert.ok(textsOf(offerAt("Service.SupplementaryGroups", "root vid‸")).includes("video"));
  assert.ok(!textsOf(offerAt("Service.User", "‸")).includes("video"));
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.User", {
    root: ["string root"],
    "0": ["number 0"],
    "1000": ["number 1000"],
    "65534": ["number 65534"],
    "65535": ['0-5 error unit/user-name: "65535" is not a valid user number; use another number, or a name'],
    "65536": ["number 65536"],
    "4294967294": ["number 4294967294"],
    "4294967295": ['0-10 error unit/user-name: "4294967295" is not a valid user number; use another number, or a name'],
    "4294967296": ['0-10 error unit/user-name: "4294967296" is not a valid user number; use another number, or a name'],
    "007": ['0-3 error unit/user-name: a user number cannot have leading zeros; use "7" → 7'],
    "00": ['0-2 error unit/user-name: a user number cannot have leading zeros; use "0" → 0'],
    "a:b": [
      '0-3 error unit/user-name: "a:b" names a user and a group, but "User=" takes one user; use "a", and the group in "Group=" → a',
    ],
    "a:": ['0-2 error unit/user-name: "a:" contains a ":", which is not valid in a user name'],
    "b/c": ['0-3 error unit/user-name: "b/c" contains a "/", which is not valid in a user name'],
    ":b": ['0-2 error unit/user-name: ":b" contains a ":", which is not valid in a user name'],
    "a\tb": ['0-3 error unit/user-name: "a\tb" contains a control character, which is not valid in a user name'],
    "": ['0-0 error unit/user-name: "" is not a valid user name; use a name or a number'],
    ".": ['0-1 error unit/user-name: "." is not a valid user name; use a name or a number'],
    "..": ['0-2 error unit/user-name: ".." is not a valid user name; use a name or a number'],
    "-": ['0-1 error unit/user-name: "-" is not a valid user name; use a name or a number'],
    "-1": ['0-2 error unit/user-name: "-1" is not a valid user name; use a name or a number'],
    "-a": [
      '0-2 info unit/user-name: "-a" is an unusual user name that not every program accepts; use letters, digits, "-" and "_"',
    ],
    '"a"': [
      '0-3 warning unit/quotes-literal: the quotes around "a" are part of the value here; remove them, spaces do not need quotes → a',
    ],
    "a.b": [
      '0-3 info unit/user-name: "a.b" is an unusual user name that not every program accepts; use letters, digits, "-" and "_"',
    ],
    _a: ["string _a"],
    A1: ["string A1"],
    "1a": [
      '0-2 info unit/user-name: "1a" is an unusual user name that not every program accepts; use letters, digits, "-" and "_"',
    ],
    ä: [
      '0-1 info unit/user-name: "ä" is an unusual user name that not every program accepts; use letters, digits, "-" and "_"',
    ],
    "%i": ["specifier %i = `%i`: …"],
    "%i:x": [
      "specifier %i = `%i`: …",
      '0-4 error unit/user-name: "%i:x" names a user and a group, but "User=" takes one user; use "%i", and the group in "Group=" → %i',
    ],
    "a:b:c": [
      '0-5 error unit/user-name: "a:b:c" names a user and a group, but "User=" takes one user; use "a", and the group in "Group=" → a',
    ],
    "%i/x": [
      "specifier %i = `%i`: …",
      '0-4 error unit/user-name: "%i/x" contains a "/", which is not valid in a user name',
    ],
    "a:/b": ['0-4 error unit/user-name: "a:/b" contains a ":", which is not valid in a user name'],
  });
  assertReadings("Service.Group", {
    root: ["string root"],
    "a:b": ['0-3 error unit/user-name: "a:b" contains a ":", which is not valid in a group name'],
    "01": ['0-2 error unit/user-name: a group number cannot have leading zeros; use "1" → 1'],
    "65535": ['0-5 error unit/user-name: "65535" is not a valid group number; use another number, or a name'],
  });
  assertReadings("Service.SupplementaryGroups", {
    "a b": ["string a", "string b"],
    "a:b": ['0-3 error unit/user-name: "a:b" contains a ":", which is not valid in a group name'],
    '"a b"': [
      '0-2 warning unit/quotes-literal: the quote before "a" is part of the value here; remove it, spaces do not need quotes',
      '3-5 info unit/user-name: "b"" is an unusual group name that not every program accepts; use letters, digits, "-" and "_"',
    ],
    "0 1": ["number 0", "number 1"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.User", {
    "‸": '""; root = … | nobody = the overflow user; not for services',
  });
  assertOffers("Service.Group", {
    "‸": '""; root = the administrator\'s group | adm = may read logs | audio = may use sound devices | dialout = may use serial ports | disk = may read and write disks | input = may read input devices | kvm = may run virtual machines | render = may use GPU computing | systemd-journal = may read the journal | tty = may write to terminals | video = may use graphics and cameras',
  });
  assertOffers("Service.SupplementaryGroups", {
    "a ‸":
      '""; root = the administrator\'s group | adm = may read logs | audio = may use sound devices | dialout = may use serial ports | disk = may read and write disks | input = may read input devices | kvm = may run virtual machines | render = may use GPU computing | systemd-journal = may read the journal | tty = may write to terminals | video = may use graphics and cameras',
  });
});
