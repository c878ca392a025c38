import assert from "node:assert/strict";
import { test } from "node:test";
import { readSetting, repair } from "../../../../test/support/value-reading.ts";
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
