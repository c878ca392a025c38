// Versions with the characters that each systemd takes.
import { test } from "node:test";
import { assertOffers, assertReadings } from "../../../../test/support/value-reading.ts";

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Transfer.MinVersion", {
    "1": ["number 1"],
    "1.0-2_3+4": ["number 1.0-2_3+4"],
    "1~2": ["number 1~2"],
    "1^2": ["number 1^2"],
    "1,2": [
      '0-3 transfer/value: "1,2" is not a valid version, so systemd ignores the setting; use letters, digits and ".-~^_+"',
    ],
    ".": ["number ."],
    "..": ["number .."],
    "...": ["number ..."],
    "1 2": [
      '0-3 transfer/value: "1 2" is not a valid version, so systemd ignores the setting; use one version for each "MinVersion="',
    ],
    ä: [
      '0-1 transfer/value: "ä" is not a valid version, so systemd ignores the setting; use letters, digits and ".-~^_+"',
    ],
    "": [
      '0-0 transfer/value: "" is not a valid version, so systemd ignores the setting; use letters, digits and ".-~^_+"',
    ],
    "'1'": [
      "0-3 transfer/value: \"'1'\" is not a valid version, so systemd ignores the setting; remove the quotes → 1",
    ],
    '"1"': ['0-3 transfer/value: ""1"" is not a valid version, so systemd ignores the setting; remove the quotes → 1'],
    "\"1'": [
      '0-3 transfer/value: ""1\'" is not a valid version, so systemd ignores the setting; use letters, digits and ".-~^_+"',
    ],
    "%A": ["specifier %A = `%A`: …"],
    "x%A": ["specifier %A = `%A`: …"],
  });
  assertReadings(
    "Transfer.MinVersion",
    {
      "1~2": [
        '0-3 transfer/too-new: "~" and "^" in versions such as "1~2" require systemd 262 or later, but the extension also targets systemd 261, which ignores the setting; raise the target version',
      ],
      "1^2": [
        '0-3 transfer/too-new: "~" and "^" in versions such as "1^2" require systemd 262 or later, but the extension also targets systemd 261, which ignores the setting; raise the target version',
      ],
      "1,2": ["number 1,2"],
      "1 2": [
        '0-3 transfer/value: "1 2" is not a valid version, so systemd ignores the setting; use one version for each "MinVersion="',
      ],
      "ä~": [
        '0-2 transfer/value: "ä~" is not a valid version, so systemd ignores the setting; use letters, digits and ".,_-+"',
      ],
    },
    261,
  );
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Transfer.MinVersion", {
    "‸": "nothing",
  });
});
