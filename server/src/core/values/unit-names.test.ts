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

test("repairs names", () => {
  for (const [setting, wrong, right] of [
    ["Unit.After", "docker", "docker.service"],
    ["Unit.After", "a.service docker.io", "a.service docker.io.service"],
    ["Unit.After", "a.Target", "a.target"],
    ["Unit.After", "a.service,b.target;", "a.service b.target"],
    ["Unit.After", '"a.service"', "a.service"],
    ["Unit.After", "/usr/lib/systemd/system/a.service", "a.service"],
    ["Service.Sockets", "demo", "demo.socket"],
    ["Service.Slice", "demo", "demo.slice"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("names the sign that a name cannot have", () => {
  assert.match(readSetting("Unit.After", "a+b.service").faults[0]?.message ?? "", /contains "\+"/);
});

test("speaks of a name with specifiers as it is written", () => {
  assert.match(readSetting("Unit.After", "%p-demo").faults[0]?.message ?? "", /^"%p-demo" does not end/);
  assert.deepEqual(readSetting("Unit.After", "%p-demo.%i %j").faults, []);
});

test("keeps to the names of a slice only in Slice=", () => {
  assert.equal(readSetting("Service.Slice", "a--b.slice").faults.length, 1);
  assert.deepEqual(readSetting("Unit.After", "a--b.slice").faults, []);
});

test("offers units of the tree and those that everybody has, of the wanted types only", () => {
  const after = offerAt("Unit.After", "a.service netw‸");
  assert.deepEqual([after?.replaced, after?.around], ["netw", { units: [] }]);
  assert.ok(textsOf(after).includes("network-online.target"));
  assert.ok(textsOf(after).includes("dbus.service"));
  const sockets = offerAt("Service.Sockets", "‸");
  assert.deepEqual(sockets?.around, { units: ["socket"] });
  assert.ok(textsOf(sockets).every((text) => text.endsWith(".socket")));
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Unit.Requires", {
    "a.service": ["unit a.service"],
    "a.service b.socket": ["unit a.service", "unit b.socket"],
    a: [
      '0-1 unit/dependency-without-suffix: "a" does not end in a unit type, so systemd ignores it; did you mean "a.service"? → a.service',
    ],
    "a.Service": ['0-9 unit/invalid-unit-name: the unit type must be in lowercase; use "a.service" → a.service'],
    "a.SERVICE b": [
      '0-9 unit/invalid-unit-name: the unit type must be in lowercase; use "a.service" → a.service',
      '10-11 unit/dependency-without-suffix: "b" does not end in a unit type, so systemd ignores it; did you mean "b.service"? → b.service',
    ],
    "a.service,b.service": [
      '0-19 unit/invalid-unit-name: "a.service,b.service" is not a valid unit name; separate unit names with spaces: "a.service b.service" → a.service b.service',
    ],
    "a.service;b.service": [
      '0-19 unit/invalid-unit-name: "a.service;b.service" is not a valid unit name; separate unit names with spaces: "a.service b.service" → a.service b.service',
    ],
    "a.service,x": [
      '0-11 unit/invalid-unit-name: "a.service,x" contains ",", which is not valid in unit names; escape it with systemd-escape',
    ],
    "a.b.Service": ['0-11 unit/invalid-unit-name: the unit type must be in lowercase; use "a.b.service" → a.b.service'],
    "/lib/a.service": [
      '0-14 unit/invalid-unit-name: "/lib/a.service" is a path; use the unit name "a.service" → a.service',
    ],
    "/lib/a": ['0-6 unit/invalid-unit-name: "/lib/a" is a path; use the unit name "a"'],
    "@.service": ['0-9 unit/invalid-unit-name: "@.service" has nothing before its "@"; use the full unit name'],
    ".service": ['0-8 unit/invalid-unit-name: ".service" has nothing before its "."; use the full unit name'],
    "@x": ['0-2 unit/invalid-unit-name: "@x" has nothing before its "@"; use the full unit name'],
    "a b.service": [
      "unit b.service",
      '0-1 unit/dependency-without-suffix: "a" does not end in a unit type, so systemd ignores it; did you mean "a.service"? → a.service',
    ],
    "a$.service": [
      '0-10 unit/invalid-unit-name: "a$.service" contains "$", which is not valid in unit names; escape it with systemd-escape',
    ],
    "a@%i.service": ["unit a@%i.service", "specifier %i = `%i`: …"],
    "%i": ["specifier %i = `%i`: …", "unit %i"],
    "%i.service": ["specifier %i = `%i`: …", "unit %i.service"],
    "%i.Service": [
      "specifier %i = `%i`: …",
      '0-10 unit/invalid-unit-name: the unit type must be in lowercase; use "%i.service"',
    ],
    "%n": ["specifier %n = `%n`: …", "unit %n"],
    "a%%.service": [
      "specifier %% = `%%`: …",
      '0-11 unit/invalid-unit-name: "a%%.service" contains "%", which is not valid in unit names; escape it with systemd-escape',
    ],
    "a$%i.service": [
      "specifier %i = `%i`: …",
      '0-12 unit/invalid-unit-name: "a$%i.service" contains "$", which is not valid in unit names; escape it with systemd-escape',
    ],
    "a.%i": ["unit a.%i", "specifier %i = `%i`: …"],
    '"a.service"': [
      '0-11 unit/quotes-literal: the quotes around "a.service" are part of the value here; remove them, spaces do not need quotes → a.service',
    ],
    "a@b.service": ["unit a@b.service"],
    "a.bogus": [
      '0-7 unit/dependency-without-suffix: "a.bogus" does not end in a unit type, so systemd ignores it; did you mean "a.bogus.service"? → a.bogus.service',
    ],
    "a@.service": ["unit a@.service"],
    "-.slice": ["unit -.slice = …"],
    "x@": [
      '0-2 unit/dependency-without-suffix: "x@" does not end in a unit type, so systemd ignores it; did you mean "x@.service"? → x@.service',
    ],
    "%p@%i": ["specifier %p = `%p`: …", "unit %p@%i", "specifier %i = `%i`: …"],
  });
  assertReadings("Service.Sockets", {
    "a.socket": ["unit a.socket"],
    "a.service": [
      '0-9 unit/invalid-unit-name: "Sockets=" requires units whose names end in ".socket"; "a.service" does not',
    ],
    a: [
      '0-1 unit/dependency-without-suffix: "a" does not end in a unit type, so systemd ignores it; did you mean "a.socket"? → a.socket',
    ],
    "%i.service": [
      "specifier %i = `%i`: …",
      '0-10 unit/invalid-unit-name: "Sockets=" requires units whose names end in ".socket"; "%i.service" does not',
    ],
    "a.Socket": ['0-8 unit/invalid-unit-name: the unit type must be in lowercase; use "a.socket" → a.socket'],
  });
  assertReadings("Socket.Service", {
    "a.service": ["unit a.service"],
    "a@.service": [
      "unit a@.service",
      '0-10 unit/invalid-unit-name: "a@.service" is a template, but "Service=" requires an instance; add a name after the "@"',
    ],
    "a@b.service": ["unit a@b.service"],
    "a.socket": [
      '0-8 unit/invalid-unit-name: "Service=" requires units whose names end in ".service"; "a.socket" does not',
    ],
    "": ['0-0 unit/invalid-unit-name: "Service=" requires a unit name; add one, or remove the setting'],
    "%i.service": ["specifier %i = `%i`: …", "unit %i.service"],
    "a@%i.service": ["unit a@%i.service", "specifier %i = `%i`: …"],
    a: [
      '0-1 unit/dependency-without-suffix: "a" does not end in a unit type, so systemd ignores it; did you mean "a.service"? → a.service',
    ],
  });
  assertReadings("Service.Slice", {
    "a.slice": ["unit a.slice"],
    "a-b.slice": ["unit a-b.slice"],
    "-.slice": ["unit -.slice = …"],
    "-a.slice": [
      "unit -a.slice",
      '0-8 unit/invalid-unit-name: "-a.slice" has a dash without a name on each side; use "a-b.slice" for the slice b within a',
    ],
    "a-.slice": [
      "unit a-.slice",
      '0-8 unit/invalid-unit-name: "a-.slice" has a dash without a name on each side; use "a-b.slice" for the slice b within a',
    ],
    "a--b.slice": [
      "unit a--b.slice",
      '0-10 unit/invalid-unit-name: "a--b.slice" has a dash without a name on each side; use "a-b.slice" for the slice b within a',
    ],
    "a@b.slice": [
      "unit a@b.slice",
      '0-9 unit/invalid-unit-name: "a@b.slice" contains "@", which is not valid in slice names; use a plain name',
    ],
    "a@.slice": [
      "unit a@.slice",
      '0-8 unit/invalid-unit-name: "a@.slice" is a template, but "Slice=" requires an instance; add a name after the "@"',
    ],
    "a.service": [
      '0-9 unit/invalid-unit-name: "Slice=" requires units whose names end in ".slice"; "a.service" does not',
    ],
    "%i.slice": ["specifier %i = `%i`: …", "unit %i.slice"],
    "a-%i.slice": ["unit a-%i.slice", "specifier %i = `%i`: …"],
  });
  assertReadings("Timer.Unit", {
    "a@.service": ["unit a@.service"],
    "a.service": ["unit a.service"],
    a: [
      '0-1 unit/dependency-without-suffix: "a" does not end in a unit type, so systemd ignores it; did you mean "a.service"? → a.service',
    ],
    "": ['0-0 unit/invalid-unit-name: "Unit=" requires a unit name; add one, or remove the setting'],
    "-a.slice": ["unit -a.slice"],
    "a.timer": ["unit a.timer"],
  });
  assertReadings("Install.Alias", {
    "a.service": ["unit a.service"],
    "b.wants/a.service": ["unit a.service"],
    "b.requires/a.service": ["unit a.service"],
    "b.upholds/a.service": ["unit a.service"],
    "b.x/a.service": [
      '0-13 unit/invalid-unit-name: "b.x/a.service" contains "/", which is not valid in unit names; escape it with systemd-escape',
    ],
    "b/c.wants/a.service": [
      '0-19 unit/invalid-unit-name: "b/c.wants/a.service" contains "/", which is not valid in unit names; escape it with systemd-escape',
    ],
    "b.wants/": [
      '0-8 unit/invalid-unit-name: "b.wants/" contains "/", which is not valid in unit names; escape it with systemd-escape',
    ],
    '"a.service"': ['unit "a.service"'],
    "b.wants/a": [
      '8-9 unit/dependency-without-suffix: "a" does not end in a unit type, so systemd ignores it; did you mean "a.service"? → a.service',
    ],
  });
  assertReadings("Install.Also", {
    "a.service": ["unit a.service"],
    '"a.service"': [
      '0-11 unit/quotes-literal: the quotes around "a.service" are part of the value here; remove them, spaces do not need quotes → a.service',
    ],
    "b.wants/a.service": [
      '0-17 unit/invalid-unit-name: "b.wants/a.service" contains "/", which is not valid in unit names; escape it with systemd-escape',
    ],
  });
  assertReadings("Install.WantedBy", {
    "multi-user.target": ["unit multi-user.target = …"],
    "b.wants/a.service": [
      '0-17 unit/invalid-unit-name: "b.wants/a.service" contains "/", which is not valid in unit names; escape it with systemd-escape',
    ],
  });
  assertReadings("Install.DefaultInstance", {
    a: ["unit a"],
    "a b": [
      '0-3 unit/invalid-unit-name: "a b" contains " ", which is not valid in unit names; escape it with systemd-escape',
    ],
    "a/b": [
      '0-3 unit/invalid-unit-name: "a/b" contains "/", which is not valid in unit names; escape it with systemd-escape',
    ],
    "%i": ["specifier %i = `%i`: …"],
    "a@b:c_.\\-9": ["unit a@b:c_.\\-9"],
    ä: [
      '0-1 unit/invalid-unit-name: "ä" contains "ä", which is not valid in unit names; escape it with systemd-escape',
    ],
    "": [],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Unit.Requires", {
    "‸": '""; -.mount = … | basic.target = … | boot-complete.target = … | …; units',
    "a.service ‸": '""; -.mount = … | basic.target = … | boot-complete.target = … | …; units',
    "net‸": '"net"; -.mount = … | basic.target = … | boot-complete.target = … | …; units',
  });
  assertOffers("Service.Sockets", {
    "‸": '""; dbus.socket = … | syslog.socket = …; units socket',
  });
  assertOffers("Socket.Service", {
    "‸": '""; dbus.service = … | display-manager.service = … | system-update-cleanup.service = …; units service',
  });
  assertOffers("Service.Slice", {
    "‸": '""; -.slice = … | machine.slice = … | capsule.slice = … | system.slice = … | user.slice = … | app.slice = … | session.slice = … | background.slice = …; units slice',
  });
  assertOffers("Timer.Unit", {
    "‸": '""; -.mount = … | basic.target = … | boot-complete.target = … | …; units',
  });
  assertOffers("Install.Alias", {
    "‸": '""; -.mount = … | basic.target = … | boot-complete.target = … | …; units',
  });
  assertOffers("Install.DefaultInstance", {
    "‸": "nothing",
  });
});
