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
import { readBoolean } from "./choices.ts";

test("knows every spelling of a boolean", () => {
  for (const text of ["1", "yes", "Y", "TRUE", "t", "on"]) assert.equal(readBoolean(text), true, text);
  for (const text of ["0", "no", "N", "False", "f", "off"]) assert.equal(readBoolean(text), false, text);
  for (const text of ["", "2", "enabled", "yess"]) assert.equal(readBoolean(text), undefined, text);
});

test("finds the word that was meant", () => {
  assert.equal(repair("Service.Restart", "onfailure"), "on-failure");
  assert.equal(repair("Service.Restart", "On_Failure"), "on-failure");
  assert.equal(repair("Service.Type", "onehsot"), "oneshot");
  assert.equal(repair("Service.SyslogLevel", "warn"), "warning");
  assert.equal(repair("Service.SyslogLevel", "error"), "err");
  assert.equal(repair("Service.Personality", "amd64"), "x86-64");
  assert.equal(repair("Service.ProtectHome", '"yes"'), "yes");
  // Two words are as likely.
  assert.equal(repair("Service.Restart", "on-f00"), "on-f00");
});

test("names all of a few words, and examples of many", () => {
  const messageOf = (setting: string, text: string) => readSetting(setting, text).faults[0]?.message ?? "";
  assert.match(messageOf("Service.Restart", ""), /requires a value; use "no", .*"always"$/);
  assert.match(
    messageOf("Service.SyslogFacility", "x"),
    /for example "kern", "user", "mail" or a number from 0 to 127$/,
  );
  assert.match(messageOf("Service.CPUSchedulingPolicy", "x"), /"rr" or a number$/);
});

test("a word that the target version does not know yet is a fault, unless the setting is newer itself", () => {
  const checksOf = (setting: string, text: string, systemd: number) =>
    readSetting(setting, text, systemd).faults.map(({ check }) => check);
  assert.deepEqual(checksOf("Service.Type", "notify-reload", 252), ["unit/too-new"]);
  assert.deepEqual(checksOf("Service.Type", "notify-reload", 253), []);
});

test("takes an empty value where the manager's choice may stay", () => {
  assert.deepEqual(readSetting("Service.MountAPIVFS", "").faults, []);
  assert.equal(readSetting("Service.SendSIGKILL", "").faults.length, 1);
});

test("offers both answers and what else there is", () => {
  assert.deepEqual(textsOf(offerAt("Service.SendSIGKILL", "‸")), ["yes", "no"]);
  assert.deepEqual(textsOf(offerAt("Service.ProtectSystem", "‸")).toSorted(), ["full", "no", "strict", "yes"]);
});

test("repairs a word that is a part of one other", () => {
  assert.equal(repair("Target.Type", "file"), "regular-file");
  assert.equal(repair("Source.Type", "file"), "file");
  assert.equal(repair("Service.KillMode", "group"), "control-group");
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Unit.StopWhenUnneeded", {
    yes: ["keyword yes = …"],
    Yes: ["keyword Yes = …"],
    on: ["keyword on = …"],
    "1": ["keyword 1 = …"],
    y: ["keyword y = …"],
    t: ["keyword t = …"],
    true: ["keyword true = …"],
    no: ["keyword no = …"],
    off: ["keyword off = …"],
    "0": ["keyword 0 = …"],
    n: ["keyword n = …"],
    f: ["keyword f = …"],
    false: ["keyword false = …"],
    "": ['0-0 unit/invalid-value: "StopWhenUnneeded=" requires a value; use "yes", "no"'],
    ja: ['0-2 unit/invalid-value: "ja" is not a valid value for "StopWhenUnneeded="; use "yes", "no"'],
    ye: ['0-2 unit/invalid-value: "ye" is not a valid value for "StopWhenUnneeded="; did you mean "yes"? → yes'],
    "2": ['0-1 unit/invalid-value: "2" is not a valid value for "StopWhenUnneeded="; use "yes", "no"'],
    '"yes"': [
      '0-5 unit/quotes-literal: the quotes around "yes" are part of the value here; remove them, spaces do not need quotes → yes',
    ],
    "%i": ['0-2 unit/invalid-value: "%i" is not a valid value for "StopWhenUnneeded="; use "yes", "no"'],
  });
  assertReadings("Service.PrivateMounts", {
    "": [],
    yes: ["keyword yes = …"],
    x: ['0-1 unit/invalid-value: "x" is not a valid value for "PrivateMounts="; use "yes", "no"'],
  });
  assertReadings("Service.ProtectSystem", {
    yes: ["keyword yes = …"],
    full: ["keyword full = …"],
    strict: ["keyword strict = …"],
    ful: ['0-3 unit/invalid-value: "ful" is not a valid value for "ProtectSystem="; did you mean "full"? → full'],
    FULL: ['0-4 unit/invalid-value: "FULL" is not a valid value for "ProtectSystem="; did you mean "full"? → full'],
    str: ['0-3 unit/invalid-value: "str" is not a valid value for "ProtectSystem="; did you mean "strict"? → strict'],
    strictly: [
      '0-8 unit/invalid-value: "strictly" is not a valid value for "ProtectSystem="; did you mean "strict"? → strict',
    ],
    bogus: [
      '0-5 unit/invalid-value: "bogus" is not a valid value for "ProtectSystem="; use "yes", "no", "full", "strict"',
    ],
    "": ['0-0 unit/invalid-value: "ProtectSystem=" requires a value; use "yes", "no", "full", "strict"'],
    '"full"': [
      '0-6 unit/quotes-literal: the quotes around "full" are part of the value here; remove them, spaces do not need quotes → full',
    ],
    "%i": ['0-2 unit/invalid-value: "%i" is not a valid value for "ProtectSystem="; use "yes", "no", "full", "strict"'],
  });
  assertReadings(
    "Service.ProtectSystem",
    {
      full: ["keyword full = …"],
      strict: ["keyword strict = …"],
    },
    213,
  );
  assertReadings("Service.Type", {
    simple: ["keyword simple = …"],
    exec: ["keyword exec = …"],
    "notify-reload": ["keyword notify-reload = …"],
    notify_reload: [
      '0-13 unit/invalid-value: "notify_reload" is not a valid value for "Type="; did you mean "notify-reload"? → notify-reload',
    ],
    reload: [
      '0-6 unit/invalid-value: "reload" is not a valid value for "Type="; did you mean "notify-reload"? → notify-reload',
    ],
    notify: ["keyword notify = …"],
    sim: ['0-3 unit/invalid-value: "sim" is not a valid value for "Type="; did you mean "simple"? → simple'],
    re: [
      '0-2 unit/invalid-value: "re" is not a valid value for "Type="; use "simple", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle", "exec"',
    ],
    x: [
      '0-1 unit/invalid-value: "x" is not a valid value for "Type="; use "simple", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle", "exec"',
    ],
    "": [
      '0-0 unit/invalid-value: "Type=" requires a value; use "simple", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle", "exec"',
    ],
    "%i": [
      '0-2 unit/invalid-value: "%i" is not a valid value for "Type="; use "simple", "forking", "oneshot", "dbus", "notify", "notify-reload", "idle", "exec"',
    ],
  });
  assertReadings(
    "Service.Type",
    {
      exec: [
        "keyword exec = …",
        '0-4 unit/too-new: "exec" in "Type=" requires systemd 240 or later, but the extension also targets systemd 239, which ignores the setting; raise the target version, or use another value',
      ],
      "notify-reload": [
        "keyword notify-reload = …",
        '0-13 unit/too-new: "notify-reload" in "Type=" requires systemd 253 or later, but the extension also targets systemd 239, which ignores the setting; raise the target version, or use another value',
      ],
    },
    239,
  );
  assertReadings("Service.KillMode", {
    none: [
      "keyword none = …",
      '0-4 warning unit/deprecated-value: "KillMode=none" leaves the unit\'s processes running when it stops, and is deprecated; use "mixed" or "control-group" → mixed | control-group',
    ],
    mixed: ["keyword mixed = …"],
    non: ['0-3 unit/invalid-value: "non" is not a valid value for "KillMode="; did you mean "none"? → none'],
  });
  assertReadings("Service.SyslogLevel", {
    debug: ["keyword debug = …"],
    "0": ["number 0"],
    "7": ["number 7"],
    "8": [
      '0-1 unit/invalid-value: "8" is not a valid value for "SyslogLevel="; use "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug" or a number from 0 to 7',
    ],
    "-1": [
      '0-2 unit/invalid-value: "-1" is not a valid value for "SyslogLevel="; use "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug" or a number from 0 to 7',
    ],
    dbg: [
      '0-3 unit/invalid-value: "dbg" is not a valid value for "SyslogLevel="; use "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug" or a number from 0 to 7',
    ],
    warn: ['0-4 unit/invalid-value: "warn" is not a valid value for "SyslogLevel="; did you mean "warning"? → warning'],
    x: [
      '0-1 unit/invalid-value: "x" is not a valid value for "SyslogLevel="; use "emerg", "alert", "crit", "err", "warning", "notice", "info", "debug" or a number from 0 to 7',
    ],
  });
  assertReadings("Service.IOSchedulingClass", {
    idle: ["keyword idle = …"],
    "8": ["number 8"],
    "9": [
      '0-1 unit/invalid-value: "9" is not a valid value for "IOSchedulingClass="; use "none", "realtime", "best-effort", "idle" or a number from 0 to 8',
    ],
    "0": ["number 0"],
  });
  assertReadings("Service.CPUSchedulingPolicy", {
    fifo: ["keyword fifo = …"],
    "2147483647": ["number 2147483647"],
    "2147483648": [
      '0-10 unit/invalid-value: "2147483648" is not a valid value for "CPUSchedulingPolicy="; use "other", "batch", "idle", "fifo", "ext", "rr" or a number',
    ],
    bogus: [
      '0-5 unit/invalid-value: "bogus" is not a valid value for "CPUSchedulingPolicy="; use "other", "batch", "idle", "fifo", "ext", "rr" or a number',
    ],
  });
  assertReadings("Service.Personality", {
    "x86-64": ["keyword x86-64 = …"],
    x86_64: [
      '0-6 unit/invalid-value: "x86_64" is not a valid value for "Personality="; did you mean "x86-64"? → x86-64',
    ],
    amd64: ['0-5 unit/invalid-value: "amd64" is not a valid value for "Personality="; did you mean "x86-64"? → x86-64'],
    i686: ['0-4 unit/invalid-value: "i686" is not a valid value for "Personality="; did you mean "x86"? → x86'],
    arm64: ["keyword arm64 = …"],
    aarch64: [
      '0-7 unit/invalid-value: "aarch64" is not a valid value for "Personality="; did you mean "arm64"? → arm64',
    ],
    bogus: [
      '0-5 unit/invalid-value: "bogus" is not a valid value for "Personality="; use for example "arm64", "arm64-be", "arm"',
    ],
  });
  assertReadings("Service.MemoryPressureWatch", {
    auto: ["keyword auto = …"],
    skip: ["keyword skip = …"],
    yes: ["keyword yes = …"],
    aut: ['0-3 unit/invalid-value: "aut" is not a valid value for "MemoryPressureWatch="; did you mean "auto"? → auto'],
  });
  assertReadings("Source.Type", {
    "url-file": ["keyword url-file = …"],
    file: [
      '0-4 unit/invalid-value: "file" is not a valid value for "Type="; use "url-file", "url-tar", "tar", "regular-file", "directory", "subvolume"',
    ],
    "regular-file": ["keyword regular-file = …"],
    url: [
      '0-3 unit/invalid-value: "url" is not a valid value for "Type="; use "url-file", "url-tar", "tar", "regular-file", "directory", "subvolume"',
    ],
    tar: ["keyword tar = …"],
    x: [
      '0-1 unit/invalid-value: "x" is not a valid value for "Type="; use "url-file", "url-tar", "tar", "regular-file", "directory", "subvolume"',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Unit.StopWhenUnneeded", {
    "‸": '""; yes | no',
  });
  assertOffers("Service.PrivateMounts", {
    "‸": '""; yes | no',
  });
  assertOffers("Service.ProtectSystem", {
    "‸": '""; no = … | yes = … | full = … | strict = …',
  });
  assertOffers("Service.Type", {
    "‸": '""; simple = … | forking = … | oneshot = … | dbus = … | notify = … | notify-reload = … | idle = … | exec = …',
  });
  assertOffers("Service.KillMode", {
    "‸": '""; control-group = … | process = … | mixed = … | none = …',
  });
  assertOffers("Service.SyslogLevel", {
    "‸": '""; emerg = … | alert = … | crit = … | err = … | warning = … | notice = … | info = … | debug = …',
  });
  assertOffers("Service.MemoryPressureWatch", {
    "‸": '""; no = … | yes = … | auto = … | skip = …',
  });
  assertOffers("Source.Type", {
    "‸": '""; url-file = … | url-tar = … | tar = … | regular-file = … | directory = … | subvolume = …',
  });
});
