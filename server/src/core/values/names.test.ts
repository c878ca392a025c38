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

const severityOf = (setting: string, text: string) => readSetting(setting, text).faults[0]?.severity ?? "as usual";

test("is certain only where no newer kernel can know the name", () => {
  assert.equal(severityOf("Service.RestrictAddressFamilies", "AF_SOMETHING"), "info");
  assert.equal(severityOf("Service.CapabilityBoundingSet", "CAP_SOMETHING"), "info");
  assert.equal(severityOf("Service.RestrictFileSystems", "somethingfs"), "info");
  // What is nearly a known name is a slip, and what has the wrong shape is no name at all.
  assert.equal(severityOf("Service.RestrictAddressFamilies", "AF_UNIXX"), "as usual");
  assert.equal(severityOf("Service.CapabilityBoundingSet", "something"), "as usual");
  assert.equal(severityOf("Service.RestrictFileSystems", "@something"), "as usual");
});

test("repairs signs between names, quotes around them and prefixes that are missing", () => {
  assert.equal(repair("Service.CapabilityBoundingSet", "CAP_KILL,CAP_CHOWN"), "CAP_KILL CAP_CHOWN");
  assert.equal(repair("Service.CapabilityBoundingSet", "CAP_KILL,CAP_NOTHING"), "CAP_KILL,CAP_NOTHING");
  assert.equal(repair("Service.DisableControllers", "\"cpu\" 'memory'"), "cpu memory");
  assert.equal(repair("Service.Delegate", '"cpu memory"'), "cpu memory");
  assert.equal(repair("Service.RestrictAddressFamilies", "UNIX inet6"), "AF_UNIX AF_INET6");
  assert.equal(repair("Service.AmbientCapabilities", "net_admin"), "CAP_NET_ADMIN");
});

test("says which part of systemd's history a name belongs to", () => {
  const [fault] = readSetting("Service.DisableControllers", "cpu bpf-bind-network-interface", 252).faults;
  assert.equal(fault?.check, "unit/too-new");
  assert.match(fault?.message ?? "", /requires systemd 260/);
});

test("offers names behind the tilde, and nothing before it", () => {
  assert.ok(textsOf(offerAt("Service.RestrictNamespaces", "~ne‸")).includes("net"));
  assert.equal(offerAt("Service.RestrictNamespaces", "~ne‸")?.replaced, "ne");
  assert.equal(offerAt("Service.RestrictNamespaces", "‸~net"), undefined);
});

test("reports the first of very many wrong names, and is soon done", () => {
  const values = {
    "Service.SystemCallFilter": "reax ",
    "Service.RestrictFileSystems": "extx ",
    "Service.CapabilityBoundingSet": "CAP_KILX ",
    "Service.SystemCallLog": "~x:y ",
    "Service.CoredumpFilter": "1 ",
  };
  for (const [setting, word] of Object.entries(values)) {
    const { faults } = readSetting(setting, word.repeat(200_000));
    assert.ok(faults.length <= 100, setting);
  }
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.CapabilityBoundingSet", {
    CAP_KILL: ["keyword CAP_KILL = …"],
    cap_kill: ["keyword cap_kill = …"],
    "~CAP_KILL CAP_CHOWN": ["operator ~ = all except these", "keyword CAP_KILL = …", "keyword CAP_CHOWN = …"],
    "CAP_KILL ~CAP_CHOWN": [
      "keyword CAP_KILL = …",
      '9-19 unit/invalid-value: "~" applies to the whole list; use it once, before the first name in "CapabilityBoundingSet="',
    ],
    KILL: [
      '0-4 unit/invalid-value: "KILL" is not a valid value for "CapabilityBoundingSet="; did you mean "CAP_KILL"? → CAP_KILL',
    ],
    "62": ["number 62"],
    "63": [
      '0-2 unit/invalid-value: "63" is not a valid value for "CapabilityBoundingSet="; use for example "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"',
    ],
    "0": ["number 0"],
    "-1": [
      '0-2 unit/invalid-value: "-1" is not a valid value for "CapabilityBoundingSet="; use for example "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"',
    ],
    CAP_NEW_ONE: [
      '0-11 info unit/invalid-value: "CAP_NEW_ONE" is not a known capability, and systemd ignores unknown names; check the spelling',
    ],
    CAP_: [
      '0-4 unit/invalid-value: "CAP_" is not a valid value for "CapabilityBoundingSet="; use for example "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"',
    ],
    xCAP_NEW: [
      '0-8 unit/invalid-value: "xCAP_NEW" is not a valid value for "CapabilityBoundingSet="; use for example "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"',
    ],
    CAP_KIL: [
      '0-7 unit/invalid-value: "CAP_KIL" is not a valid value for "CapabilityBoundingSet="; did you mean "CAP_KILL"? → CAP_KILL',
    ],
    '"CAP_KILL"': ['keyword "CAP_KILL" = …'],
    '"CAP_KILL': [
      '0-9 unit/unbalanced-quotes: the quote in "CAP_KILL" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "CAP_KILL,CAP_CHOWN": [
      '0-18 unit/invalid-value: systemd reads "CAP_KILL,CAP_CHOWN" as one name; separate the names in "CapabilityBoundingSet=" with spaces → CAP_KILL CAP_CHOWN',
    ],
    "CAP_KILL,x": [
      '0-10 unit/invalid-value: "CAP_KILL,x" is not a valid value for "CapabilityBoundingSet="; did you mean "CAP_KILL"? → CAP_KILL',
    ],
    "%i": [
      '0-2 unit/invalid-value: "%i" is not a valid value for "CapabilityBoundingSet="; use for example "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"',
    ],
    '~"CAP_KILL" CAP_x1': [
      "operator ~ = all except these",
      'keyword "CAP_KILL" = …',
      '12-18 unit/invalid-value: "CAP_x1" is not a valid value for "CapabilityBoundingSet="; use for example "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH"',
    ],
  });
  assertReadings("Service.RestrictAddressFamilies", {
    none: ["keyword none = no sockets of any address family"],
    AF_UNIX: ["keyword AF_UNIX = …"],
    af_unix: ["keyword af_unix = …"],
    "~AF_INET": ["operator ~ = all except these", "keyword AF_INET = …"],
    "none AF_UNIX": [
      "keyword AF_UNIX = …",
      '0-4 unit/invalid-value: "none" is not a valid value for "RestrictAddressFamilies="; use for example "AF_ALG", "AF_APPLETALK", "AF_ASH"',
    ],
    AF_UNSPEC: [
      '0-9 unit/invalid-value: "AF_UNSPEC" is not a valid value for "RestrictAddressFamilies="; use for example "AF_ALG", "AF_APPLETALK", "AF_ASH"',
    ],
    AF_NEW9: [
      '0-7 info unit/invalid-value: "AF_NEW9" is not a known address family, and systemd ignores unknown names; check the spelling',
    ],
    xAF_NEW: [
      '0-7 unit/invalid-value: "xAF_NEW" is not a valid value for "RestrictAddressFamilies="; use for example "AF_ALG", "AF_APPLETALK", "AF_ASH"',
    ],
    unix: [
      '0-4 unit/invalid-value: "unix" is not a valid value for "RestrictAddressFamilies="; did you mean "AF_UNIX"? → AF_UNIX',
    ],
    "AF_NEW-9": [
      '0-8 unit/invalid-value: "AF_NEW-9" is not a valid value for "RestrictAddressFamilies="; use for example "AF_ALG", "AF_APPLETALK", "AF_ASH"',
    ],
  });
  assertReadings("Service.RestrictNamespaces", {
    yes: ["keyword yes = …"],
    no: ["keyword no = …"],
    "net mnt": ["keyword net = …", "keyword mnt = …"],
    "~net": ["operator ~ = all except these", "keyword net = …"],
    nett: ['0-4 unit/invalid-value: "nett" is not a valid value for "RestrictNamespaces="; did you mean "net"? → net'],
    "~": ["operator ~ = all except these"],
    user: ["keyword user = …"],
    "net,mnt": [
      '0-7 unit/invalid-value: systemd reads "net,mnt" as one name; separate the names in "RestrictNamespaces=" with spaces → net mnt',
    ],
  });
  assertReadings("Service.DelegateNamespaces", {
    user: [
      '0-4 unit/invalid-value: "user" is not a valid value for "DelegateNamespaces="; use "cgroup", "ipc", "net", "mnt", "pid", "uts", "time"',
    ],
    net: ["keyword net = …"],
  });
  assertReadings("Service.RestrictFileSystems", {
    ext4: ["keyword ext4 = …"],
    "@basic-api": ["keyword @basic-api = cgroup, cgroup2, devpts, devtmpfs, mqueue, proc, sysfs"],
    "@bogus": [
      '0-6 unit/invalid-value: "@bogus" is not a valid value for "RestrictFileSystems="; use for example "@basic-api", "@anonymous", "@application"',
    ],
    newfs: [
      '0-5 unit/invalid-value: "newfs" is not a valid value for "RestrictFileSystems="; did you mean "efs"? → efs',
    ],
    "~ext4": ["operator ~ = all except these", "keyword ext4 = …"],
    Ext4: [
      '0-4 unit/invalid-value: "Ext4" is not a valid value for "RestrictFileSystems="; did you mean "ext4"? → ext4',
    ],
    "-x": [
      '0-2 unit/invalid-value: "-x" is not a valid value for "RestrictFileSystems="; use for example "@basic-api", "@anonymous", "@application"',
    ],
    "9p": [
      '0-2 info unit/invalid-value: "9p" is not a known file system, and systemd ignores unknown names; check the spelling',
    ],
    ext5: [
      '0-4 unit/invalid-value: "ext5" is not a valid value for "RestrictFileSystems="; did you mean "ext2"? → ext2',
    ],
  });
  assertReadings("Service.CoredumpFilter", {
    all: ["keyword all = …"],
    default: ["keyword default = …"],
    "private-anonymous": ["keyword private-anonymous = …"],
    "0x33": ["number 0x33"],
    "33": ["number 33"],
    "+7f": ["number +7f"],
    ffffffffffffffff: ["number ffffffffffffffff"],
    "10000000000000000": [
      '0-17 unit/invalid-value: "10000000000000000" is not a valid value for "CoredumpFilter="; use for example "private-anonymous", "shared-anonymous", "private-file-backed"',
    ],
    "00ffffffffffffffff": ["number 00ffffffffffffffff"],
    g: [
      '0-1 unit/invalid-value: "g" is not a valid value for "CoredumpFilter="; use for example "private-anonymous", "shared-anonymous", "private-file-backed"',
    ],
    "0x": [
      '0-2 unit/invalid-value: "0x" is not a valid value for "CoredumpFilter="; use for example "private-anonymous", "shared-anonymous", "private-file-backed"',
    ],
    private_anonymous: [
      '0-17 unit/invalid-value: "private_anonymous" is not a valid value for "CoredumpFilter="; did you mean "private-anonymous"? → private-anonymous',
    ],
  });
  assertReadings("Service.Delegate", {
    yes: ["keyword yes = …"],
    no: ["keyword no = …"],
    "cpu memory": ["keyword cpu = …", "keyword memory = …"],
    cpuu: ['0-4 unit/invalid-value: "cpuu" is not a valid value for "Delegate="; did you mean "cpu"? → cpu'],
    "memory,cpu": [
      '0-10 unit/invalid-value: systemd reads "memory,cpu" as one name; separate the names in "Delegate=" with spaces → memory cpu',
    ],
  });
  assertReadings("Service.BPFDelegateCommands", {
    any: ["keyword any = …"],
    "BPFProgLoad,BPFMapCreate": ["keyword BPFProgLoad", "keyword BPFMapCreate"],
    BPFNewThing: [
      '0-11 info unit/invalid-value: "BPFNewThing" is not a known part of BPF, and systemd ignores unknown names; check the spelling',
    ],
    "BPF-x": [
      '0-5 unit/invalid-value: "BPF-x" is not a valid value for "BPFDelegateCommands="; use for example "BPFMapCreate", "BPFMapLookupElem", "BPFMapUpdateElem"',
    ],
    xBPFNew: [
      '0-7 unit/invalid-value: "xBPFNew" is not a valid value for "BPFDelegateCommands="; use for example "BPFMapCreate", "BPFMapLookupElem", "BPFMapUpdateElem"',
    ],
    anny: ['0-4 unit/invalid-value: "anny" is not a valid value for "BPFDelegateCommands="; did you mean "any"? → any'],
  });
  assertReadings("Service.DisableControllers", {
    cpu: ["keyword cpu = …"],
    '"cpu"': ['0-5 unit/quotes-literal: "DisableControllers=" treats quotes as part of the value; remove them → cpu'],
    "'cpu' memory": [
      "keyword memory = …",
      '0-5 unit/quotes-literal: "DisableControllers=" treats quotes as part of the value; remove them → cpu',
    ],
    "bpf-firewall": ["keyword bpf-firewall = …"],
  });
  assertReadings("Service.SecureBits", {
    "keep-caps": ["keyword keep-caps = …"],
    '"keep-caps"': ['keyword "keep-caps" = …'],
    keepcaps: [
      '0-8 unit/invalid-value: "keepcaps" is not a valid value for "SecureBits="; did you mean "keep-caps"? → keep-caps',
    ],
  });
  assertReadings("Service.SystemCallArchitectures", {
    native: ["keyword native = …"],
    "x86-64": ["keyword x86-64 = …"],
    '"native"': ['keyword "native" = …'],
    x86_64: [
      '0-6 unit/invalid-value: "x86_64" is not a valid value for "SystemCallArchitectures="; did you mean "x86-64"? → x86-64',
    ],
    nativ: [
      '0-5 unit/invalid-value: "nativ" is not a valid value for "SystemCallArchitectures="; did you mean "native"? → native',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.CapabilityBoundingSet", {
    "‸": '""; CAP_CHOWN = … | CAP_DAC_OVERRIDE = … | CAP_DAC_READ_SEARCH = … | …',
    "~‸": '""; CAP_CHOWN = … | CAP_DAC_OVERRIDE = … | CAP_DAC_READ_SEARCH = … | …',
    "‸~": "nothing",
    "CAP_‸KILL x": '"CAP_KILL"; CAP_CHOWN = … | CAP_DAC_OVERRIDE = … | CAP_DAC_READ_SEARCH = … | …',
  });
  assertOffers("Service.RestrictAddressFamilies", {
    "‸": '""; none | AF_ALG = … | AF_APPLETALK | …',
    "n‸": '"n"; none | AF_ALG = … | AF_APPLETALK | …',
    "AF_UNIX ‸": '""; AF_ALG = … | AF_APPLETALK | AF_ASH | …',
    "~‸": '""; AF_ALG = … | AF_APPLETALK | AF_ASH | …',
  });
  assertOffers("Service.RestrictNamespaces", {
    "‸": '""; yes | no | cgroup = … | ipc = … | net = … | mnt = … | pid = … | user = … | uts = … | time = …',
    "ne‸": '"ne"; yes | no | cgroup = … | ipc = … | net = … | mnt = … | pid = … | user = … | uts = … | time = …',
    "net ‸": '""; cgroup = … | ipc = … | net = … | mnt = … | pid = … | user = … | uts = … | time = …',
    "~‸": '""; cgroup = … | ipc = … | net = … | mnt = … | pid = … | user = … | uts = … | time = …',
  });
  assertOffers("Service.DelegateNamespaces", {
    "net ‸": '""; cgroup = … | ipc = … | net = … | mnt = … | pid = … | uts = … | time = …',
  });
  assertOffers("Service.CoredumpFilter", {
    "‸": '""; private-anonymous = … | shared-anonymous = … | private-file-backed = … | shared-file-backed = … | elf-headers = … | private-huge = … | shared-huge = … | private-dax = … | shared-dax = … | default = … | all = …',
  });
  assertOffers("Service.Delegate", {
    "‸": '""; yes | no | cpu = … | …',
    "cpu ‸": '""; cpu = … | cpuacct = … | cpuset = … | …',
  });
  assertOffers("Service.BPFDelegateCommands", {
    "‸": '""; BPFMapCreate | BPFMapLookupElem | BPFMapUpdateElem | …',
  });
  assertOffers("Service.SecureBits", {
    "‸": '""; keep-caps = … | keep-caps-locked = … | no-setuid-fixup = … | no-setuid-fixup-locked = … | noroot = … | noroot-locked = … | no-cap-ambient-raise = … | no-cap-ambient-raise-locked = … | exec-restrict-file = … | exec-restrict-file-locked = … | exec-deny-interactive = … | exec-deny-interactive-locked = …',
  });
});

test("only wrong names count among those of which a value has too many", () => {
  for (const [setting, right] of [
    ["Service.SystemCallFilter", "read "],
    ["Service.SystemCallFilter", "@clock "],
    ["Service.SystemCallLog", "read "],
    ["Service.CapabilityBoundingSet", "CAP_KILL "],
    ["Service.CapabilityBoundingSet", "1 "],
  ] as const) {
    const { faults } = readSetting(setting, `${right.repeat(150)}x9`);
    assert.deepEqual(
      faults.map(({ start }) => start),
      [right.length * 150],
      setting,
    );
  }
  const { faults } = readSetting("Service.SystemCallFilter", `~${"read:EPERM ".repeat(150)}read:x`);
  assert.deepEqual(
    faults.map(({ start }) => start),
    [1 + 11 * 150 + 5],
  );
  for (const wrong of ["read:EPERM ", "reax "]) {
    assert.equal(readSetting("Service.SystemCallFilter", wrong.repeat(150)).faults.length, 100);
  }
});
