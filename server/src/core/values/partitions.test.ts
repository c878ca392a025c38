// What tells partitions apart, with the flags in each form that a version of systemd reads.
import { test } from "node:test";
import { assertOffers, assertReadings } from "../../../../test/support/value-reading.ts";

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Target.MatchPartitionType", {
    usr: ["keyword usr"],
    "root-x86-64-verity": ["keyword root-x86-64-verity"],
    user: ['0-4 transfer/value: "user" is not a valid value for "MatchPartitionType="; did you mean "usr"? → usr'],
    "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11": ["number 6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"],
    "6a1f0c3e3c1b4b0f9a648f2f0c6f4a11": ["number 6a1f0c3e3c1b4b0f9a648f2f0c6f4a11"],
    "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a1": [
      '0-35 transfer/value: "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a1" is not a valid value for "MatchPartitionType="; use for example "root-alpha", "root-alpha-verity", "root-alpha-verity-sig"',
    ],
    x6a1f0c3e3c1b4b0f9a648f2f0c6f4a11: [
      '0-33 transfer/value: "x6a1f0c3e3c1b4b0f9a648f2f0c6f4a11" is not a valid value for "MatchPartitionType="; use for example "root-alpha", "root-alpha-verity", "root-alpha-verity-sig"',
    ],
    bogus: [
      '0-5 transfer/value: "bogus" is not a valid value for "MatchPartitionType="; use for example "root-alpha", "root-alpha-verity", "root-alpha-verity-sig"',
    ],
    "": [
      '0-0 transfer/value: "MatchPartitionType=" requires a value; use for example "root-alpha", "root-alpha-verity", "root-alpha-verity-sig"',
    ],
    '"usr"': ['0-5 transfer/value: ""usr"" is not a valid value for "MatchPartitionType="; did you mean "usr"? → usr'],
  });
  assertReadings("Target.PartitionUUID", {
    "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11": ["number 6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"],
    "6A1F0C3E3C1B4B0F9A648F2F0C6F4A11": ["number 6A1F0C3E3C1B4B0F9A648F2F0C6F4A11"],
    "{6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11}": [
      '0-38 transfer/value: "{6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11}" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11" → 6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11',
    ],
    '"6a1f0c3e3c1b4b0f9a648f2f0c6f4a11"': [
      '0-34 transfer/value: ""6a1f0c3e3c1b4b0f9a648f2f0c6f4a11"" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11" → 6a1f0c3e3c1b4b0f9a648f2f0c6f4a11',
    ],
    "{x}": [
      '0-3 transfer/value: "{x}" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"',
    ],
    x: [
      '0-1 transfer/value: "x" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"',
    ],
    "x{6a1f0c3e3c1b4b0f9a648f2f0c6f4a11}": [
      '0-35 transfer/value: "x{6a1f0c3e3c1b4b0f9a648f2f0c6f4a11}" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"',
    ],
    "{6a1f0c3e3c1b4b0f9a648f2f0c6f4a11}x": [
      '0-35 transfer/value: "{6a1f0c3e3c1b4b0f9a648f2f0c6f4a11}x" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"',
    ],
    "6a1f0c3e-3c1b-4b0f-9a648f2f0c6f4a11": [
      '0-35 transfer/value: "6a1f0c3e-3c1b-4b0f-9a648f2f0c6f4a11" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"',
    ],
  });
  assertReadings("Target.PartitionFlags", {
    "0x1000000000000000": ["number 0x1000000000000000 = read-only"],
    "0x8000000000000000": ["number 0x8000000000000000 = not mounted automatically"],
    "0x0800000000000000": ["number 0x0800000000000000 = grows to the size of the partition"],
    "0x1": ["number 0x1 = required by the platform"],
    "0x4": ["number 0x4 = legacy BIOS bootable"],
    "0x5": ["number 0x5 = required by the platform, legacy BIOS bootable"],
    "0x2": ["number 0x2"],
    "1": ["number 1"],
    ff: ["number ff"],
    "10000000000000000": [
      '0-17 transfer/value: "10000000000000000" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"',
    ],
    "+0x1": ["number +0x1 = required by the platform"],
    "0XF": ["number 0XF = required by the platform, legacy BIOS bootable"],
    g: [
      '0-1 transfer/value: "g" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"',
    ],
    "": [
      '0-0 transfer/value: "" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"',
    ],
    x0x1: [
      '0-4 transfer/value: "x0x1" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"',
    ],
    "18446744073709551615": [
      '0-20 transfer/value: "18446744073709551615" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"',
    ],
  });
  assertReadings(
    "Target.PartitionFlags",
    {
      ff: [
        '0-2 transfer/value: systemd 261 and earlier read "ff" as a decimal number, which is not valid; use "0xff" → 0xff',
      ],
      "0xff": ["number 0xff = required by the platform, legacy BIOS bootable"],
      "10": ["number 10"],
      "18446744073709551615": ["number 18446744073709551615"],
      g: [
        '0-1 transfer/value: "g" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"',
      ],
    },
    261,
  );
  assertReadings(
    "Target.PartitionFlags",
    {
      ff: ["number ff"],
      "10": ["number 10"],
    },
    262,
  );
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Target.PartitionFlags", {
    "‸": '""; 0x1000000000000000 = read-only | 0x8000000000000000 = not mounted automatically | 0x0800000000000000 = grows to the size of the partition',
  });
});
