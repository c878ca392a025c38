// Counts of 64 bits, to both ends and in each base.
import { test } from "node:test";
import { assertOffers, assertReadings } from "../../../../test/support/value-reading.ts";

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Target.TriesLeft", {
    "0": ["number 0"],
    "3": ["number 3"],
    "-0": ["number -0"],
    "-1": ['0-2 transfer/value: "-1" is not a number of at least 0, so systemd ignores the setting'],
    "+3": ["number +3"],
    "18446744073709551615": ["number 18446744073709551615"],
    "18446744073709551616": [
      '0-20 transfer/value: "18446744073709551616" is not a number of at least 0, so systemd ignores the setting',
    ],
    x: ['0-1 transfer/value: "x" is not a number of at least 0, so systemd ignores the setting'],
    "": ['0-0 transfer/value: "TriesLeft=" needs a number of at least 0'],
    "0x10": ["number 0x10"],
    "010": ["number 010"],
    "0o7": ["number 0o7"],
    "0b1": ["number 0b1"],
    "08": ['0-2 transfer/value: "08" is not a number of at least 0, so systemd ignores the setting'],
    "1x": ['0-2 transfer/value: "1x" is not a number of at least 0, so systemd ignores the setting'],
    x1: ['0-2 transfer/value: "x1" is not a number of at least 0, so systemd ignores the setting'],
    "0O7": ["number 0O7"],
    "0B1": ["number 0B1"],
    "0XF": ["number 0XF"],
  });
  assertReadings("Target.InstancesMax", {
    "2": ["number 2"],
    "3": ["number 3"],
    "1": [
      '0-1 transfer/instances-max: "1" leaves no room for a version beside the running one, so systemd keeps 2; use "2" or more → 2',
    ],
    "0": [
      '0-1 transfer/instances-max: "0" leaves no room for a version beside the running one, so systemd keeps 2; use "2" or more → 2',
    ],
    x: ['0-1 transfer/instances-max: "x" is not a number of at least 2, so systemd ignores the setting'],
    "": ['0-0 transfer/instances-max: "InstancesMax=" needs a number of at least 2'],
    "0x2": ["number 0x2"],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Target.TriesLeft", {
    "‸": "nothing",
  });
  assertOffers("Target.InstancesMax", {
    "‸": '""; 2 | 3',
  });
});
