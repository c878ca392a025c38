import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

const setting = "Service.SystemCallFilter";

test("colours groups, calls and what a refused one gives", () => {
  assert.deepEqual(piecesIn(setting, "~@clock:EPERM read"), [
    "operator ~",
    "keyword @clock",
    "operator :",
    "keyword EPERM",
    "string read",
  ]);
});

test("says what is in a group, and in which groups a call is", () => {
  const [group, call] = readSetting(setting, "@swap read").pieces.map(({ meaning }) =>
    typeof meaning === "function" ? meaning() : meaning,
  );
  assert.equal(group, "`swapoff`, `swapon`");
  assert.match(call ?? "", /`@basic-io`/);
});

test("leaves a call that no table has to the library that may know it, unless it is nearly another", () => {
  assert.equal(readSetting(setting, "quite_new_call").faults[0]?.severity, "info");
  assert.equal(readSetting(setting, "opneat").faults[0]?.severity, undefined);
  assert.equal(readSetting(setting, "Read").faults[0]?.severity, undefined);
});

test("repairs names, groups and errors", () => {
  assert.equal(repair(setting, "opneat @system-services"), "openat @system-service");
  assert.equal(repair(setting, "read:EPERM"), "read");
  assert.equal(repair(setting, "~read:EPREM"), "~read:EPERM");
  assert.equal(repair(setting, "read,write"), "read write");
  assert.equal(repair("Service.SystemCallErrorNumber", "EACESS"), "EACCES");
});

test("offers groups before calls", () => {
  const offered = textsOf(offerAt(setting, "~re‸"));
  assert.ok(offered.indexOf("@system-service") < offered.indexOf("read"));
  assert.ok(offered.includes("read"));
  assert.ok(textsOf(offerAt("Service.SystemCallErrorNumber", "‸")).includes("kill"));
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.SystemCallFilter", {
    read: ["string read = in `@basic-io`"],
    reax: ['0-4 unit/invalid-value: "reax" is not a valid value for "SystemCallFilter="; did you mean "read"? → read'],
    "@bogus": [
      '0-6 unit/invalid-value: "@bogus" is not a valid value for "SystemCallFilter="; use for example "@default", "@aio", "@basic-io"',
    ],
    "~read": ["operator ~ = all except these", "string read = in `@basic-io`"],
    "~read:EPERM": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      "keyword EPERM = a blocked call fails with `EPERM`",
    ],
    "~read:eperm": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      "keyword eperm = a blocked call fails with `eperm`",
    ],
    "~read:kill": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      "keyword kill = a blocked call kills the process",
    ],
    "~read:kil": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      '6-9 unit/invalid-value: "kil" is not an error; did you mean "kill"? → kill',
    ],
    "~read:0": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      "keyword 0 = a blocked call fails with `0`",
    ],
    "~read:4095": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      "keyword 4095 = a blocked call fails with `4095`",
    ],
    "~read:4096": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      '6-10 unit/invalid-value: "4096" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"',
    ],
    "~read:-1": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      '6-8 unit/invalid-value: "-1" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"',
    ],
    "~read:": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      '5-6 unit/invalid-value: the error after ":" is missing; add its name, such as "EPERM", or remove the colon → ',
    ],
    "read:EPERM": [
      "string read = in `@basic-io`",
      "operator :",
      '4-10 unit/invalid-value: ":EPERM" sets an error for blocked calls, but this list allows calls; remove it, or add "~" before the list → ',
    ],
    "read:": [
      "string read = in `@basic-io`",
      "operator :",
      '4-5 unit/invalid-value: ":" sets an error for blocked calls, but this list allows calls; remove it, or add "~" before the list → ',
    ],
    "~@clock:EPERM reax:x": [
      "operator ~ = all except these",
      "keyword @clock = `adjtimex`, `clock_adjtime`, `clock_adjtime64`, `clock_settime`, `clock_settime64`, `settimeofday`",
      "operator :",
      "keyword EPERM = a blocked call fails with `EPERM`",
      "operator :",
      '14-18 unit/invalid-value: "reax" is not a valid value for "SystemCallFilter="; did you mean "read"? → read',
      '19-20 unit/invalid-value: "x" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"',
    ],
    new_call: [
      '0-8 info unit/invalid-value: "new_call" is not a known system call, and systemd ignores unknown names; check the spelling',
    ],
    New: [
      '0-3 unit/invalid-value: "New" is not a valid value for "SystemCallFilter="; use for example "_llseek", "_newselect", "_sysctl"',
    ],
    "9new": [
      '0-4 unit/invalid-value: "9new" is not a valid value for "SystemCallFilter="; use for example "_llseek", "_newselect", "_sysctl"',
    ],
    _new: [
      '0-4 info unit/invalid-value: "_new" is not a known system call, and systemd ignores unknown names; check the spelling',
    ],
    "read ~write": [
      "string read = in `@basic-io`",
      '5-11 unit/invalid-value: "~" applies to the whole list; use it once, before the first name in "SystemCallFilter="',
    ],
    '"read"': ['0-6 unit/quotes-literal: "SystemCallFilter=" treats quotes as part of the value; remove them → read'],
    "read,write": [
      '0-10 unit/invalid-value: systemd reads "read,write" as one name; separate the names in "SystemCallFilter=" with spaces → read write',
    ],
    "@clok": [
      '0-5 unit/invalid-value: "@clok" is not a valid value for "SystemCallFilter="; did you mean "@clock"? → @clock',
    ],
    "~read:x:y": [
      "operator ~ = all except these",
      "string read = in `@basic-io`",
      "operator :",
      '6-9 unit/invalid-value: "x:y" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"',
    ],
    "~bogus1:EPERM": [
      "operator ~ = all except these",
      "operator :",
      "keyword EPERM = a blocked call fails with `EPERM`",
      '1-7 info unit/invalid-value: "bogus1" is not a known system call, and systemd ignores unknown names; check the spelling',
    ],
    fadvise64_64: ["string fadvise64_64 = in `@system-service`"],
  });
  assertReadings("Service.SystemCallLog", {
    read: ["string read = in `@basic-io`"],
    "read:EPERM": [
      '0-10 unit/invalid-value: "read:EPERM" is not a valid value for "SystemCallLog="; use for example "_llseek", "_newselect", "_sysctl"',
    ],
    "~read:kill": [
      "operator ~ = all except these",
      '1-10 unit/invalid-value: "read:kill" is not a valid value for "SystemCallLog="; use for example "_llseek", "_newselect", "_sysctl"',
    ],
  });
  assertReadings("Service.SystemCallErrorNumber", {
    EPERM: ["keyword EPERM = a blocked call fails with `EPERM`"],
    eperm: ["keyword eperm = a blocked call fails with `eperm`"],
    kill: ["keyword kill = a blocked call kills the process"],
    "1": ["number 1 = a blocked call fails with `1`"],
    "0": ['0-1 unit/invalid-value: "0" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"'],
    "4095": ["number 4095 = a blocked call fails with `4095`"],
    "4096": [
      '0-4 unit/invalid-value: "4096" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"',
    ],
    EPRM: ['0-4 unit/invalid-value: "EPRM" is not an error; did you mean "EPERM"? → EPERM'],
    "": ['0-0 unit/invalid-value: "" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"'],
    bogus: [
      '0-5 unit/invalid-value: "bogus" is not an error; use a name such as "EPERM", a number up to 4095, or "kill"',
    ],
    "+1": ["number +1 = a blocked call fails with `+1`"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.SystemCallFilter", {
    "~‸": '""; @default = 67 members | @aio = 10 members | @basic-io = 18 members | …',
  });
  assertOffers("Service.SystemCallErrorNumber", {
    "‸": '""; E2BIG | EACCES | EADDRINUSE | …',
  });
});

test("a name of a list takes the place of the one at the caret", () => {
  for (const marked of ["~re‸ad", "re‸ad", "write re‸ad", "~write re‸ad"]) {
    assert.equal(offerAt("Service.SystemCallFilter", marked)?.replaced, "read", marked);
  }
  assert.equal(offerAt("Service.SystemCallErrorNumber", "EP‸ERM")?.replaced, "EPERM");
});
