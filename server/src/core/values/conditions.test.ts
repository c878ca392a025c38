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

test("repairs words", () => {
  for (const [setting, wrong, right] of [
    ["Unit.ConditionVirtualization", "!kwm", "!kvm"],
    ["Unit.ConditionArchitecture", "x86_64", "x86-64"],
    ["Unit.ConditionCapability", "|sys_admin", "|CAP_SYS_ADMIN"],
    ["Unit.AssertSecurity", "SELinux", "selinux"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("only remarks on words that a newer systemd could know, and never calls a condition an error", () => {
  const severity = (setting: string, text: string) => readSetting(setting, text).faults[0]?.severity;
  assert.equal(severity("Unit.ConditionSecurity", "novel"), "info");
  assert.equal(severity("Unit.ConditionACPower", "novel"), "warning");
});

test("takes the numbers that capabilities have", () => {
  const faults = (text: string) => readSetting("Unit.ConditionCapability", text).faults.length;
  assert.deepEqual([faults("0"), faults("62"), faults("63"), faults("1x")], [0, 0, 1, 1]);
});

test("says that a word is too new", () => {
  const faults = readSetting("Unit.ConditionSecurity", "measured-uki", 252).faults;
  assert.deepEqual(
    faults.map(({ check, start, end }) => [check, start, end]),
    [["unit/too-new", 0, 12]],
  );
});

test("colours signs, operators and numbers", () => {
  assert.deepEqual(piecesIn("Unit.ConditionMemory", "|! >= 4G"), [
    "operator |",
    "operator !",
    "operator >=",
    "number 4G",
  ]);
  assert.deepEqual(piecesIn("Unit.ConditionKernelVersion", ">=4 < 9"), [
    "operator >=",
    "number 4",
    "operator <",
    "number 9",
  ]);
  assert.deepEqual(piecesIn("Unit.ConditionOSRelease", "ID=debian"), ["property ID", "operator ="]);
});

test("offers words behind the signs", () => {
  const offer = offerAt("Unit.ConditionVirtualization", "|!v‸");
  assert.equal(offer?.replaced, "v");
  assert.ok(textsOf(offer).includes("container"));
  assert.equal(offerAt("Unit.ConditionHost", "‸"), undefined);
});

test("takes any text for a kind that it does not know", () => {
  assert.deepEqual(readSetting("Unit.ConditionFraction", "anything at all").faults, []);
  assert.deepEqual(readSetting("Unit.ConditionMachineTag", "anything at all").faults, []);
});

test("a field of os-release has to be compared with something", () => {
  const faults = (text: string) => readSetting("Unit.ConditionOSRelease", text).faults.length;
  for (const text of ["ID=", "=x", "ID", "ID>="]) assert.equal(faults(text), 1, text);
  for (const text of ["ID=x", "VERSION_ID>=1"]) assert.equal(faults(text), 0, text);
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Unit.ConditionVirtualization", {
    yes: ["keyword yes"],
    vm: ["keyword vm = …"],
    kvm: ["keyword kvm = …"],
    container: ["keyword container = …"],
    "private-users": ["keyword private-users = …"],
    "!vm": ["operator ! = `!`: negates the condition", "keyword vm = …"],
    "|vm": ["operator | = `|`: at least one of the conditions with this prefix must be true", "keyword vm = …"],
    bogus: [
      '0-5 info unit/invalid-value: "bogus" is not a known kind of virtualization; did you mean "bochs"? → bochs',
    ],
    kwm: ['0-3 info unit/invalid-value: "kwm" is not a known kind of virtualization; did you mean "kvm"? → kvm'],
    "%i": ["specifier %i = `%i`: …"],
    VM: ['0-2 info unit/invalid-value: "VM" is not a known kind of virtualization; did you mean "vm"? → vm'],
  });
  assertReadings("Unit.ConditionArchitecture", {
    native: ["keyword native = …"],
    "x86-64": ["keyword x86-64 = …"],
    x86_64: ['0-6 info unit/invalid-value: "x86_64" is not a known architecture; did you mean "x86-64"? → x86-64'],
    yes: ['0-3 info unit/invalid-value: "yes" is not a known architecture, so it never matches'],
    bogus: ['0-5 info unit/invalid-value: "bogus" is not a known architecture, so it never matches'],
  });
  assertReadings("Unit.ConditionSecurity", {
    selinux: ["keyword selinux = …"],
    novel: ['0-5 info unit/invalid-value: "novel" is not a known security technology, so it never matches'],
    "uefi-secureboot": ["keyword uefi-secureboot = …"],
    "measured-uki": ["keyword measured-uki = …"],
  });
  assertReadings("Unit.ConditionCapability", {
    CAP_KILL: ["keyword CAP_KILL = …"],
    cap_kill: ["keyword cap_kill = …"],
    "0": ["number 0"],
    "62": ["number 62"],
    "63": [
      '0-2 warning unit/invalid-value: "63" is not a capability, so the condition is never true; use a name such as "CAP_NET_ADMIN"',
    ],
    KILL: [
      '0-4 warning unit/invalid-value: "KILL" is not a capability, so the condition is never true; did you mean "CAP_KILL"? → CAP_KILL',
    ],
    "1x": [
      '0-2 warning unit/invalid-value: "1x" is not a capability, so the condition is never true; use a name such as "CAP_NET_ADMIN"',
    ],
    x1: [
      '0-2 warning unit/invalid-value: "x1" is not a capability, so the condition is never true; use a name such as "CAP_NET_ADMIN"',
    ],
    bogus: [
      '0-5 warning unit/invalid-value: "bogus" is not a capability, so the condition is never true; use a name such as "CAP_NET_ADMIN"',
    ],
    CAP_KIL: [
      '0-7 warning unit/invalid-value: "CAP_KIL" is not a capability, so the condition is never true; did you mean "CAP_KILL"? → CAP_KILL',
    ],
  });
  assertReadings("Unit.ConditionACPower", {
    yes: ["keyword yes"],
    no: ["keyword no"],
    x: ['0-1 warning unit/invalid-value: "x" is not a boolean, so the condition is never true; use "yes" or "no"'],
    true: ["keyword true"],
  });
  assertReadings("Unit.ConditionControlGroupController", {
    cpu: ["keyword cpu"],
    v1: ["keyword v1"],
    v2: ["keyword v2"],
    "cpu memory": ["keyword cpu", "keyword memory"],
    cpuu: ['0-4 info unit/invalid-value: "cpuu" is not a known controller; did you mean "cpu"? → cpu'],
    bogus: ['0-5 info unit/invalid-value: "bogus" is not a known controller, so systemd ignores it'],
  });
  assertReadings("Unit.ConditionMemory", {
    "4G": ["number 4G"],
    ">=4G": ["operator >=", "number 4G"],
    ">= 4G": ["operator >=", "number 4G"],
    "<> 1": ["operator <>", "number 1"],
    "== 1": ["operator ==", "number 1"],
    "=1": ["operator =", "number 1"],
    "!=1": ["operator ! = `!`: negates the condition", "operator =", "number 1"],
    "$=1": [
      '0-3 warning unit/invalid-value: "$=1" is not a comparison with a number, so the condition is never true; use for example ">=4G"',
    ],
    "20%": ["number 20%"],
    ">=20%": ["operator >=", "number 20%"],
    x: [
      '0-1 warning unit/invalid-value: "x" is not a comparison with a number, so the condition is never true; use for example ">=4G"',
    ],
    "": [
      '0-0 warning unit/invalid-value: "" is not a comparison with a number, so the condition is never true; use for example ">=4G"',
    ],
    ">=": [
      "operator >=",
      '0-2 warning unit/invalid-value: ">=" is not a comparison with a number, so the condition is never true; use for example ">=4G"',
    ],
    "<1K x": [
      "operator <",
      '0-5 warning unit/invalid-value: "<1K x" is not a comparison with a number, so the condition is never true; use for example ">=4G"',
    ],
  });
  assertReadings("Unit.ConditionCPUs", {
    "4": ["number 4"],
    ">=4": ["operator >=", "number 4"],
    "+4": ["number +4"],
    "0x4": ["number 0x4"],
    "0X1f": ["number 0X1f"],
    "-1": [
      '0-2 warning unit/invalid-value: "-1" is not a comparison with a number, so the condition is never true; use for example ">=4"',
    ],
    x4: [
      '0-2 warning unit/invalid-value: "x4" is not a comparison with a number, so the condition is never true; use for example ">=4"',
    ],
    "4x": [
      '0-2 warning unit/invalid-value: "4x" is not a comparison with a number, so the condition is never true; use for example ">=4"',
    ],
    ">4.5": [
      "operator >",
      '0-4 warning unit/invalid-value: ">4.5" is not a comparison with a number, so the condition is never true; use for example ">=4"',
    ],
  });
  assertReadings("Unit.ConditionKernelVersion", {
    ">=6": ["operator >=", "number 6"],
    "6.*": ["number 6.*"],
    ">= 6 <7": ["operator >=", "number 6", "operator <", "number 7"],
    "> ": [
      "operator >",
      '0-1 warning unit/invalid-value: ">" is not followed by a version, so the condition is never true; add one',
    ],
    "!=6": ["operator ! = `!`: negates the condition", "operator =", "number 6"],
    "$=6*": ["operator $=", "number 6*"],
    "!$=6": ["operator ! = `!`: negates the condition", "operator $=", "number 6"],
    ">=6 <": [
      "operator >=",
      "number 6",
      "operator <",
      '4-5 warning unit/invalid-value: "<" is not followed by a version, so the condition is never true; add one',
    ],
    '"6': [
      '0-2 unit/unbalanced-quotes: the quote in "6" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "==6 x": ["operator ==", "number 6", "number x"],
    "<>6": ["operator <>", "number 6"],
    "<=6": ["operator <=", "number 6"],
  });
  assertReadings("Unit.ConditionVersion", {
    "systemd >=250": ["keyword systemd = …", "operator >=", "number 250"],
    systemd: ["keyword systemd = …"],
    "glibc >= 2": ["keyword glibc = …", "operator >=", "number 2"],
    "kernel<6": ["number kernel<6"],
    "systemdx >=1": ["number systemdx", "operator >=", "number 1"],
    ">=6": ["operator >=", "number 6"],
  });
  assertReadings("Unit.ConditionOSRelease", {
    "ID=debian": ["property ID", "operator ="],
    "ID=debian VERSION_ID>=12": ["property ID", "operator =", "property VERSION_ID", "operator >="],
    "ID =debian": [
      '0-2 warning unit/invalid-value: "ID" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
      '3-10 warning unit/invalid-value: "=debian" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
    ],
    ID: [
      '0-2 warning unit/invalid-value: "ID" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
    ],
    "=x": [
      '0-2 warning unit/invalid-value: "=x" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
    ],
    "ID=": [
      '0-3 warning unit/invalid-value: "ID=" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
    ],
    "9D=x": [
      '0-4 warning unit/invalid-value: "9D=x" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
    ],
    "_A9$=x": ["property _A9", "operator $="],
    '"ID=a b"': ['property "ID=a b"', 'operator "ID=a b"'],
    '"ID=a': [
      '0-5 unit/unbalanced-quotes: the quote in "ID=a" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "ID!=x ID": [
      "property ID",
      "operator !=",
      '6-8 warning unit/invalid-value: "ID" is not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
    ],
  });
  assertReadings("Unit.ConditionMemoryPressure", {
    "20%": ["number 20%"],
    "a.slice:20%": ["unit a.slice", "number 20%"],
    "20%/1min": ["number 20%"],
    "20%/10sec": ["number 20%"],
    "20%/5min": ["number 20%"],
    "20%/2min": [
      "number 20%",
      '4-8 warning unit/invalid-value: "2min" is not an interval that the kernel reports; use "10sec", "1min" or "5min"',
    ],
    "20": [
      '0-2 warning unit/invalid-value: "20" is not a percentage, so the condition is never true; use for example "20%"',
    ],
    "a:b:20%": ["unit a:b", "number 20%"],
    "20% / 1min ": ["number 20% "],
    ":20%": ["number 20%"],
    "20%/": [
      "number 20%",
      '4-4 warning unit/invalid-value: "" is not an interval that the kernel reports; use "10sec", "1min" or "5min"',
    ],
    "a.slice:x": [
      "unit a.slice",
      '8-9 warning unit/invalid-value: "x" is not a percentage, so the condition is never true; use for example "20%"',
    ],
    "20%/1min/x": ["number 20%"],
  });
  assertReadings("Unit.ConditionFirmware", {
    uefi: ["keyword uefi"],
    "device-tree": ["keyword device-tree"],
    "device-tree-compatible(x)": ["keyword device-tree-compatible"],
    "smbios-field(a = b)": ["keyword smbios-field"],
    "smbios-field(a)": [
      "keyword smbios-field",
      '0-15 warning unit/invalid-value: "smbios-field(a)" is missing a comparison; use for example "smbios-field(board_vendor = ACME)"',
    ],
    "smbios-field(": ['0-13 warning unit/invalid-value: "smbios-field(" is missing its closing parenthesis; add it'],
    "device-tree-compatible(": [
      '0-23 warning unit/invalid-value: "device-tree-compatible(" is missing its closing parenthesis; add it',
    ],
    bogus: ['0-5 info unit/invalid-value: "bogus" is not a known firmware type; use "uefi" or "device-tree"'],
    "xdevice-tree-compatible(x)": [
      '0-26 info unit/invalid-value: "xdevice-tree-compatible(x)" is not a known firmware type; use "uefi" or "device-tree"',
    ],
    "smbios-field(a=b)x": [
      '0-18 warning unit/invalid-value: "smbios-field(a=b)x" is missing its closing parenthesis; add it',
    ],
    "smbios-field(a $= b)": ["keyword smbios-field"],
  });
  assertReadings("Unit.ConditionUser", {
    root: [],
    "@system": [],
  });
  assertReadings("Unit.ConditionGroup", {
    x: [],
  });
  assertReadings("Unit.ConditionHost", {
    x: [],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Unit.ConditionVirtualization", {
    "‸": '""; yes | no | none = … | …',
    "|!v‸": '"v"; yes | no | none = … | …',
    "!‸": '""; yes | no | none = … | …',
    "‸!": "nothing",
  });
  assertOffers("Unit.ConditionSecurity", {
    "‸": '""; selinux = … | smack = … | apparmor = … | audit = … | ima = … | tomoyo = … | uefi-secureboot = … | tpm2 = … | cvm = … | measured-uki = … | measured-os = …',
  });
  assertOffers("Unit.ConditionACPower", {
    "‸": '""; yes | no',
  });
  assertOffers("Unit.ConditionControlGroupController", {
    "‸": '""; v1 | v2 | cpu = … | …',
  });
  assertOffers("Unit.ConditionVersion", {
    "‸": '""; systemd = … | glibc = … | kernel = …',
  });
  assertOffers("Unit.ConditionOSRelease", {
    "‸": '""; ID= | ID_LIKE= | VERSION_ID>= | VARIANT_ID= | IMAGE_ID= | IMAGE_VERSION>=',
  });
  assertOffers("Unit.ConditionFirmware", {
    "‸": '""; uefi | device-tree | device-tree-compatible( | smbios-field(',
  });
  assertOffers("Unit.ConditionUser", {
    "‸": '""; root = … | @system = …',
  });
  assertOffers("Unit.ConditionGroup", {
    "‸": '""',
  });
  assertOffers("Unit.ConditionHost", {
    "‸": "nothing",
  });
});
