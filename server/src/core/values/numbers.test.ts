import assert from "node:assert/strict";
import { test } from "node:test";
import { assertOffers, assertReadings, readSetting, repair } from "../../../../test/support/value-reading.ts";
import { bytesText, readBytes, readPercentage } from "./numbers.ts";

test("adds amounts up whose suffixes descend", () => {
  assert.equal(readBytes("1G 500M", 1024), 2 ** 30 + 500 * 2 ** 20);
  assert.equal(readBytes("1G500", 1024), 2 ** 30 + 500);
  assert.equal(readBytes("1.5K", 1024), 1536);
  assert.equal(readBytes("1.K", 1000), 1000);
  assert.equal(readBytes("1B 1", 1024), 2);
  for (const text of ["", "500M 1G", "1G1G", "1 1", ".5G", "1K ", "0x10", "-1", "16E", "1k"]) {
    assert.equal(readBytes(text, 1024), undefined, text);
  }
  assert.equal(readBytes("16E", 1000), 16e18);
});

test("reads shares of a hundred, a thousand and ten thousand", () => {
  assert.equal(readPercentage("12.34%"), 0.1234);
  assert.equal(readPercentage("5.5‰"), 0.0055);
  assert.equal(readPercentage("5‱"), 0.0005);
  assert.equal(readPercentage("0%"), 0);
  assert.equal(readPercentage("100%"), 1);
  for (const text of ["5", "%", "1.234%", "1.23‰", "1.2‱", "-5%", "5 %", "08%"]) {
    assert.equal(readPercentage(text), undefined, text);
  }
});

test("takes integers of the setting's range, both ends included", () => {
  const faults = (setting: string, text: string) => readSetting(setting, text).faults.length;
  for (const text of ["-20", "0", "19"]) assert.equal(faults("Service.Nice", text), 0, text);
  for (const text of ["-21", "20", "x", "1.5", ""]) assert.equal(faults("Service.Nice", text), 1, text);
  for (const text of ["-1000", "1000"]) assert.equal(faults("Service.OOMScoreAdjust", text), 0, text);
  for (const text of ["-1001", "1001"]) assert.equal(faults("Service.OOMScoreAdjust", text), 1, text);
});

test("takes a share up to the whole", () => {
  const faults = (text: string) => readSetting("Service.CPUQuota", text).faults.length;
  assert.deepEqual([readPercentage("101%"), readPercentage("1001‰")], [1.01, 1.001]);
  const limited = (text: string) => readSetting("Service.ManagedOOMMemoryPressureLimit", text).faults.length;
  assert.deepEqual([limited("0%"), limited("100%"), limited("101%"), limited("-1%")], [0, 0, 1, 1]);
  assert.equal(faults("200%"), 0);
});

test("shows amounts in the largest unit that fits", () => {
  assert.equal(bytesText(100), "100 bytes");
  assert.equal(bytesText(1536), "1,536 bytes (1.5 KiB)");
  assert.equal(bytesText(2 ** 60), "1,152,921,504,606,846,976 bytes (1 EiB)");
});

test("repairs amounts and shares as people write them", () => {
  assert.equal(repair("Service.MemoryMax", "512mb"), "512M");
  assert.equal(repair("Service.MemoryMax", "2 GiB"), "2G");
  assert.equal(repair("Service.CPUQuota", "50"), "50%");
  assert.equal(repair("Service.ManagedOOMMemoryPressureLimit", "80"), "80%");
  assert.equal(repair("Service.Nice", '"5"'), "5");
});

test("says that a limit of nothing is none", () => {
  assert.match(readSetting("Service.MemoryMax", "0").faults[0]?.message ?? "", /leave no memory/);
  assert.deepEqual(readSetting("Service.MemorySwapMax", "0").faults, []);
});

test("says what permission bits allow, and what a mask takes away", () => {
  const meaningOf = (setting: string, text: string) => {
    const meaning = readSetting(setting, text).pieces[0]?.meaning;
    return typeof meaning === "function" ? meaning() : meaning;
  };
  assert.equal(meaningOf("Service.StateDirectoryMode", "0750"), "`rwxr-x---`");
  assert.equal(meaningOf("Service.StateDirectoryMode", "1777"), "`rwxrwxrwx`, sticky");
  assert.equal(meaningOf("Service.UMask", "0027"), "takes away `----w-rwx`");
});

test("says what an empty value lacks", () => {
  for (const setting of ["Service.UMask", "Socket.ReceiveBuffer", "Service.LogRateLimitBurst"]) {
    assert.match(readSetting(setting, "").faults[0]?.message ?? "", /^"\w+=" needs /, setting);
  }
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.Nice", {
    "-20": ["number -20"],
    "19": ["number 19"],
    "20": ['0-2 unit/invalid-value: "20" is not a number from -20 to 19, which "Nice=" requires'],
    "-21": ['0-3 unit/invalid-value: "-21" is not a number from -20 to 19, which "Nice=" requires'],
    "": ['0-0 unit/invalid-value: "Nice=" needs a number from -20 to 19'],
    x: ['0-1 unit/invalid-value: "x" is not a number from -20 to 19, which "Nice=" requires'],
    '"5"': [
      '0-3 unit/quotes-literal: the quotes around "5" are part of the value here; remove them, spaces do not need quotes → 5',
    ],
    "%i": ['0-2 unit/invalid-value: "%i" is not a number from -20 to 19, which "Nice=" requires'],
    "0x10": ["number 0x10"],
  });
  assertReadings("Swap.Priority", {
    "-1": ["number -1"],
    "-2": ['0-2 unit/invalid-value: "-2" is not a number from -1 to 32767, which "Priority=" requires'],
    "32767": ["number 32767"],
    "32768": ['0-5 unit/invalid-value: "32768" is not a number from -1 to 32767, which "Priority=" requires'],
  });
  assertReadings("Service.CPUWeight", {
    idle: ["keyword idle"],
    "1": ["number 1"],
    "10000": ["number 10000"],
    "0": ['0-1 unit/invalid-value: "0" is not a number from 1 to 10000, or "idle", which "CPUWeight=" requires'],
    "10001": [
      '0-5 unit/invalid-value: "10001" is not a number from 1 to 10000, or "idle", which "CPUWeight=" requires',
    ],
    Idle: ['0-4 unit/invalid-value: "Idle" is not a number from 1 to 10000, or "idle", which "CPUWeight=" requires'],
  });
  assertReadings("Unit.StartLimitBurst", {
    "0": ["number 0"],
    "4294967295": ["number 4294967295"],
    "4294967296": [
      '0-10 unit/invalid-value: "4294967296" is not a number of at least 0, which "StartLimitBurst=" requires',
    ],
    "-1": ['0-2 unit/invalid-value: "-1" is not a number of at least 0, which "StartLimitBurst=" requires'],
    "": ['0-0 unit/invalid-value: "StartLimitBurst=" needs a number of at least 0'],
  });
  assertReadings("Slice.ConcurrencySoftMax", {
    infinity: ["keyword infinity"],
    "0": ["number 0"],
    x: [
      '0-1 unit/invalid-value: "x" is not a number of at least 0, or "infinity", which "ConcurrencySoftMax=" requires',
    ],
  });
  assertReadings("Socket.Priority", {
    "-2147483648": ["number -2147483648"],
    "-2147483649": ['0-11 unit/invalid-value: "-2147483649" is not a number, which "Priority=" requires'],
    "2147483647": ["number 2147483647"],
    "2147483648": ['0-10 unit/invalid-value: "2147483648" is not a number, which "Priority=" requires'],
    x: ['0-1 unit/invalid-value: "x" is not a number, which "Priority=" requires'],
  });
  assertReadings("Service.UMask", {
    "0022": ["number 0022 = takes away `----w--w-`"],
    "7777": ["number 7777 = takes away `rwxrwxrwx`, setuid, setgid, sticky"],
    "10000": ['0-5 unit/invalid-value: "10000" is not a file mode; use permission bits in octal, such as "0755"'],
    "8": ['0-1 unit/invalid-value: "8" is not a file mode; use permission bits in octal, such as "0755"'],
    "": ['0-0 unit/invalid-value: "UMask=" needs permission bits in octal, such as "0755"'],
    x: ['0-1 unit/invalid-value: "x" is not a file mode; use permission bits in octal, such as "0755"'],
    "%i": ['0-2 unit/invalid-value: "%i" is not a file mode; use permission bits in octal, such as "0755"'],
    "'7'": [
      '0-3 unit/quotes-literal: the quotes around "7" are part of the value here; remove them, spaces do not need quotes → 7',
    ],
    "4755": ["number 4755 = takes away `rwxr-xr-x`, setuid"],
    "2755": ["number 2755 = takes away `rwxr-xr-x`, setgid"],
    "777": ["number 777 = takes away `rwxrwxrwx`"],
  });
  assertReadings("Socket.SocketMode", {
    "0666": ["number 0666 = `rw-rw-rw-`"],
    "1755": ["number 1755 = `rwxr-xr-x`, sticky"],
  });
  assertReadings("Socket.ReceiveBuffer", {
    "8M": ["number 8M = 8,388,608 bytes (8 MiB)"],
    "8m": ['0-2 unit/invalid-value: "8m" is not a number of bytes; did you mean "8M"? → 8M'],
    "8 mib": ['0-5 unit/invalid-value: "8 mib" is not a number of bytes; did you mean "8M"? → 8M'],
    "": ['0-0 unit/invalid-value: "ReceiveBuffer=" needs a number of bytes, such as "512M"'],
    x: ['0-1 unit/invalid-value: "x" is not a number of bytes; use a number followed by K, M, G or T, such as "512M"'],
    "%i": [
      '0-2 unit/invalid-value: "%i" is not a number of bytes; use a number followed by K, M, G or T, such as "512M"',
    ],
    "1K 1": ["number 1K 1 = 1,025 bytes (1 KiB)"],
    "16E": [
      '0-3 unit/invalid-value: "16E" is not a number of bytes; use a number followed by K, M, G or T, such as "512M"',
    ],
    "15E": ["number 15E = 17,293,822,569,102,704,640 bytes (15 EiB)"],
    "1023": ["number 1023 = 1,023 bytes"],
    "1024": ["number 1024 = 1,024 bytes (1 KiB)"],
    "1.5G": ["number 1.5G = 1,610,612,736 bytes (1.5 GiB)"],
    '"1K"': [
      '0-4 unit/quotes-literal: the quotes around "1K" are part of the value here; remove them, spaces do not need quotes → 1K',
    ],
    "8kb": ['0-3 unit/invalid-value: "8kb" is not a number of bytes; did you mean "8K"? → 8K'],
    "8q": [
      '0-2 unit/invalid-value: "8q" is not a number of bytes; use a number followed by K, M, G or T, such as "512M"',
    ],
  });
  assertReadings("Service.CPUQuota", {
    "150%": ["number 150% = 1.5 processors"],
    "0%": ['0-2 unit/invalid-value: "0%" is not a CPU quota; use a percentage above 0%, such as "50%"'],
    "0.01%": ["number 0.01% = 0.0001 processors"],
    "50": ['0-2 unit/invalid-value: "50" is not a CPU quota; use a percentage above 0%, such as "50%" → 50%'],
    "0": ['0-1 unit/invalid-value: "0" is not a CPU quota; use a percentage above 0%, such as "50%"'],
    x: ['0-1 unit/invalid-value: "x" is not a CPU quota; use a percentage above 0%, such as "50%"'],
    "": [],
    "%i": ['0-2 unit/invalid-value: "%i" is not a CPU quota; use a percentage above 0%, such as "50%"'],
    "21474836.47%": ["number 21474836.47% = 214748.36469999998 processors"],
    "21474836.48%": [
      '0-12 unit/invalid-value: "21474836.48%" is not a CPU quota; use a percentage above 0%, such as "50%"',
    ],
    "05": ['0-2 unit/invalid-value: "05" is not a CPU quota; use a percentage above 0%, such as "50%"'],
  });
  assertReadings("Service.ManagedOOMMemoryPressureLimit", {
    "0%": ["number 0%"],
    "100%": ["number 100%"],
    "100.01%": ['0-7 unit/invalid-value: "100.01%" is not a percentage from 0% to 100%'],
    "100": ['0-3 unit/invalid-value: "100" is not a percentage from 0% to 100% → 100%'],
    "101": ['0-3 unit/invalid-value: "101" is not a percentage from 0% to 100%'],
    "0": ['0-1 unit/invalid-value: "0" is not a percentage from 0% to 100% → 0%'],
    "": ['0-0 unit/invalid-value: "ManagedOOMMemoryPressureLimit=" needs a percentage from 0% to 100%'],
    x: ['0-1 unit/invalid-value: "x" is not a percentage from 0% to 100%'],
    "%i": ['0-2 unit/invalid-value: "%i" is not a percentage from 0% to 100%'],
    "50.5%": ["number 50.5%"],
    "1000‰": ["number 1000‰"],
    "9999‱": ["number 9999‱"],
  });
  assertReadings("Service.MemoryMax", {
    infinity: ["keyword infinity = no limit"],
    "": [],
    "512M": ["number 512M = 536,870,912 bytes (512 MiB)"],
    "0": ['0-1 unit/invalid-value: "MemoryMax=0" would leave no memory, so systemd ignores it; use a limit above 0'],
    "0%": ['0-2 unit/invalid-value: "MemoryMax=0%" would leave no memory, so systemd ignores it; use a limit above 0'],
    "20%": ["number 20%"],
    "100%": ["number 100%"],
    "101%": [
      '0-4 unit/invalid-value: "101%" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "infinity"',
    ],
    "1": ["number 1 = 1 bytes"],
    "512m": ['0-4 unit/invalid-value: "512m" is not a number of bytes; did you mean "512M"? → 512M'],
    x: [
      '0-1 unit/invalid-value: "x" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "infinity"',
    ],
    "%i": [
      '0-2 unit/invalid-value: "%i" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "infinity"',
    ],
    "1.5": ["number 1.5 = 1 bytes"],
  });
  assertReadings("Service.MemoryMin", {
    "0": ["number 0 = 0 bytes"],
    "0%": ["number 0%"],
  });
  assertReadings("Service.MemoryLow", {
    "0": ["number 0 = 0 bytes"],
  });
  assertReadings("Service.MemorySwapMax", {
    "0": ["number 0 = 0 bytes"],
    "0%": ["number 0%"],
  });
  assertReadings("Service.MemoryHigh", {
    "0": ['0-1 unit/invalid-value: "MemoryHigh=0" would leave no memory, so systemd ignores it; use a limit above 0'],
  });
  assertReadings("Service.TasksMax", {
    infinity: ["keyword infinity = no limit"],
    "": [],
    "1": ["number 1"],
    "0": ['0-1 unit/invalid-value: "0" is not a number of tasks; use a number above 0, a percentage, or "infinity"'],
    "100%": ["number 100%"],
    "101%": [
      '0-4 unit/invalid-value: "101%" is not a number of tasks; use a number above 0, a percentage, or "infinity"',
    ],
    "18446744073709551615": [
      '0-20 unit/invalid-value: "18446744073709551615" is not a number of tasks; use a number above 0, a percentage, or "infinity"',
    ],
    "18446744073709549568": ["number 18446744073709549568"],
    x: ['0-1 unit/invalid-value: "x" is not a number of tasks; use a number above 0, a percentage, or "infinity"'],
    "%i": ['0-2 unit/invalid-value: "%i" is not a number of tasks; use a number above 0, a percentage, or "infinity"'],
    "-1": ['0-2 unit/invalid-value: "-1" is not a number of tasks; use a number above 0, a percentage, or "infinity"'],
  });
  assertReadings("Service.StateDirectoryQuota", {
    off: ["keyword off"],
    no: ["keyword no"],
    yes: [
      '0-3 unit/invalid-value: "yes" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "off"',
    ],
    "": [],
    "0": ["keyword 0"],
    "5M": ["number 5M"],
    "100%": ["number 100%"],
    "101%": [
      '0-4 unit/invalid-value: "101%" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "off"',
    ],
    x: [
      '0-1 unit/invalid-value: "x" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "off"',
    ],
    "5mb": ['0-3 unit/invalid-value: "5mb" is not a number of bytes; did you mean "5M"? → 5M'],
    "%i": [
      '0-2 unit/invalid-value: "%i" is not a number of bytes; use a number followed by K, M, G or T, such as "512M", a percentage such as "20%", or "off"',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.CPUWeight", {
    "‸": '""; idle',
  });
  assertOffers("Unit.StartLimitBurst", {
    "‸": "nothing",
  });
  assertOffers("Slice.ConcurrencySoftMax", {
    "‸": '""; infinity',
  });
  assertOffers("Service.UMask", {
    "‸": '""; 0755 | 0750 | 0700 | 0660 | 0600',
  });
  assertOffers("Service.MemoryMax", {
    "‸": '""; infinity = no limit',
  });
  assertOffers("Service.TasksMax", {
    "‸": '""; infinity = no limit',
  });
  assertOffers("Service.StateDirectoryQuota", {
    "‸": '""; off',
  });
});
