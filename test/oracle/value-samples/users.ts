// Samples of users and groups.
import type { ValueSample } from "../../support/value-sample.ts";

const names: Pick<ValueSample, "valid" | "invalid" | "noticed"> = {
  valid: ["root", "0", "1000", "demo-user", "_x", "Demo", "%i-user"],
  invalid: [
    ["«4294967295»", "unit/user-name"],
    ["«65535»", "unit/user-name"],
    ["«01»", "unit/user-name"],
    ["«99999999999»", "unit/user-name"],
    ["«demo:demo»", "unit/user-name"],
    ["«demo/x»", "unit/user-name"],
    ["«%i:demo»", "unit/user-name"],
    ["«.»", "unit/user-name"],
    ["«..»", "unit/user-name"],
    ["«-1»", "unit/user-name"],
    ["«%Z»", "unit/unknown-specifier"],
  ],
  noticed: [
    ["«demo.user»", "unit/user-name"],
    ["«1demo»", "unit/user-name"],
    ["«ümlaut»", "unit/user-name"],
    ["«-demo»", "unit/user-name"],
    [`«${"a".repeat(40)}»`, "unit/user-name"],
  ],
};

export const samples: readonly ValueSample[] = [
  { setting: "Service.User", ...names },
  { setting: "Service.Group", ...names },
  { setting: "Socket.SocketUser", ...names },
  { setting: "Service.SupplementaryGroups", ...names },
  { setting: "Service.SupplementaryGroups", valid: ["a b c", "a 5"], invalid: [["a «b:c» d", "unit/user-name"]] },
  {
    setting: "Service.SupplementaryGroups",
    valid: [],
    invalid: [['a «"b"»', "unit/quotes-literal"]],
    differs: { 'a "b"': "systemd takes the quotes for a part of the name, and finds no such group later" },
  },
  {
    setting: "Service.User",
    valid: [],
    invalid: [['«"root"»', "unit/quotes-literal"]],
    differs: { '"root"': "systemd takes the quotes for a part of the name, and finds no such user later" },
  },
];
