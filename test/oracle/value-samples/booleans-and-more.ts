// Samples of booleans beside other forms.
import type { ValueSample } from "../../support/value-sample.ts";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.ProtectHostname",
    valid: ["yes", "no", "On", "0"],
    invalid: [
      ["«private»", "unit/too-new"],
      ["yes:«foo»", "unit/too-new"],
      ["«foo»", "unit/invalid-value"],
    ],
  },
  {
    setting: "Service.ProtectHostname",
    systemd: 258,
    valid: ["private", "private:foo", "yes:foo"],
    invalid: [
      ["«privat»:foo", "unit/invalid-value"],
      ["no:«foo»", "unit/invalid-value"],
    ],
  },
  {
    setting: "Service.RefreshOnReload",
    systemd: 260,
    valid: ["yes", "no", "extensions", "~credentials", "extensions credentials", ""],
    invalid: [["extensions «credential»", "unit/invalid-value"]],
  },
];
