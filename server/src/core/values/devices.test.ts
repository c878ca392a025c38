import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("colours the device apart from what is said of it", () => {
  assert.deepEqual(piecesIn("Service.IOReadBandwidthMax", '"/dev/s da" 5M'), ['path "/dev/s da"', "number 5M"]);
  assert.deepEqual(piecesIn("Service.DeviceAllow", "char-pts rw"), ["keyword char-pts", "keyword rw"]);
});

test("counts bandwidth in powers of 1000", () => {
  const [, amount] = readSetting("Service.IOReadBandwidthMax", "/dev/sda 5M").pieces;
  assert.equal(typeof amount?.meaning === "function" ? amount.meaning() : "", "5,000,000 bytes (4.77 MiB)");
});

test("repairs rights, amounts and names of nodes", () => {
  assert.equal(repair("Service.DeviceAllow", "/dev/sda R W"), "/dev/sda rw");
  assert.equal(repair("Service.DeviceAllow", "null rw"), "/dev/null rw");
  assert.equal(repair("Service.IOReadBandwidthMax", "sda 5m"), "/dev/sda 5M");
  assert.equal(repair("Service.IODeviceWeight", "dev/sda 100"), "/dev/sda 100");
});

test("only remarks on a device that counts from the folder systemd runs in", () => {
  assert.equal(readSetting("Service.IODeviceWeight", "sda 100").faults[0]?.severity, "info");
  assert.equal(readSetting("Service.DeviceAllow", "sda r").faults[0]?.severity, undefined);
});

test("takes a percent sign behind the device for no specifier", () => {
  assert.equal(readSetting("Service.DeviceAllow", "/dev/sda %i").faults[0]?.check, "unit/invalid-value");
  assert.equal(readSetting("Service.DeviceAllow", "/dev/%i rw").faults.length, 0);
});

test("offers paths for the device and rights behind it", () => {
  assert.equal(offerAt("Service.DeviceAllow", "/dev/s‸")?.around, "paths");
  assert.deepEqual(textsOf(offerAt("Service.DeviceAllow", "/dev/sda r‸")), ["r", "rw", "rwm"]);
  assert.deepEqual(textsOf(offerAt("Service.IOWriteIOPSMax", "/dev/sda ‸")), ["infinity"]);
  assert.equal(offerAt("Service.IODeviceWeight", "/dev/sda ‸"), undefined);
});
