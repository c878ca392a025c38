// Samples of conditions. systemd takes any text when it loads a unit, so its verdict comes from trying conditions.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";
const pressure: Pick<ValueSample, "valid" | "invalid"> = {
  valid: ["10%", "system.slice:10%", "10.5%/1min", "20% / 5min", "10‰/10sec", "!10%"],
  invalid: [
    ["«10»", wrong],
    ["10%/«2min»", wrong],
    ["|«x»", wrong],
  ],
};

export const samples: readonly ValueSample[] = [
  {
    setting: "Unit.ConditionVirtualization",
    valid: ["yes", "!no", "vm", "container", "private-users", "|kvm", "! systemd-nspawn", "%i"],
    invalid: [["«%Z»", "unit/unknown-specifier"]],
    noticed: [
      ["«kwm»", wrong],
      ["!«VM»", wrong],
    ],
  },
  { setting: "Unit.ConditionSecurity", valid: ["selinux", "!tpm2"], invalid: [], noticed: [["«secureboot»", wrong]] },
  {
    setting: "Unit.ConditionArchitecture",
    valid: ["x86-64", "native", "!arm64"],
    invalid: [],
    noticed: [["«x86_64»", wrong]],
  },
  {
    setting: "Unit.ConditionCapability",
    valid: ["CAP_SYS_ADMIN", "cap_sys_admin", "21", "!CAP_CHOWN"],
    invalid: [
      ["«sys_admin»", wrong],
      ["!«foo»", wrong],
      ["«99»", wrong],
    ],
  },
  { setting: "Unit.ConditionACPower", valid: ["yes", "no", "!true"], invalid: [["«foo»", wrong]] },
  { setting: "Unit.ConditionFirstBoot", valid: ["yes", "|!no"], invalid: [["!«first»", wrong]] },
  { setting: "Unit.ConditionUser", valid: ["root", "0", "@system", "!demo"], invalid: [] },
  { setting: "Unit.ConditionGroup", valid: ["root", "!0"], invalid: [] },
  {
    setting: "Unit.ConditionControlGroupController",
    valid: ["cpu memory", "v2"],
    invalid: [],
    noticed: [["cpu «foo»", wrong]],
  },
  {
    setting: "Unit.ConditionMemory",
    valid: ["4G", ">=4G", "> 1G 500M", "!= 5", "! <1T"],
    invalid: [
      ["«foo»", wrong],
      ["«4Gb»", wrong],
      ["«$= 4»", wrong],
      ["!«>=»", wrong],
    ],
  },
  {
    setting: "Unit.ConditionCPUs",
    valid: ["4", ">=4", "<> 4", "= 0x4"],
    invalid: [
      ["«-1»", wrong],
      ["«>= foo»", wrong],
      ["«4 5»", wrong],
    ],
  },
  {
    setting: "Unit.ConditionKernelVersion",
    valid: [">=4", ">= 4 <9", "6.*", "!= 5.0 6.*", '">= 4"'],
    invalid: [
      ["«>=»", wrong],
      [">=4 «<»", wrong],
      ['«"4»', "unit/unbalanced-quotes"],
    ],
  },
  {
    setting: "Unit.ConditionOSRelease",
    valid: ["ID=debian", "ID=debian VERSION_ID>=12", "ID$=deb*", '"NAME=a b"', "!ID=x"],
    invalid: [
      ["«ID»", wrong],
      ["«ID» «=» «debian»", wrong],
      ["ID=debian «VERSION_ID>=»", wrong],
      ["«A-B=c»", wrong],
    ],
  },
  { setting: "Unit.ConditionMemoryPressure", ...pressure },
  { setting: "Unit.AssertIOPressure", ...pressure },
  {
    setting: "Unit.ConditionFirmware",
    valid: ["uefi", "!device-tree", "device-tree-compatible(x)", "smbios-field(board_vendor = ACME)"],
    invalid: [
      ["«smbios-field(board_vendor)»", wrong],
      ["«smbios-field(board_vendor = a»", wrong],
    ],
    noticed: [["«efi»", wrong]],
  },
  { setting: "Unit.ConditionKernelCommandLine", valid: ["quiet", "!root=x"], invalid: [] },
  {
    setting: "Unit.ConditionVersion",
    systemd: 258,
    valid: ["systemd >=250", ">=6.1", "kernel 6.*"],
    invalid: [["glibc «>=»", wrong]],
  },
];
