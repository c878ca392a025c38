import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertOffers,
  assertReadings,
  offerAt,
  piecesIn,
  readSetting,
  repair,
  textsOf,
} from "../../../../test/support/value-reading.ts";

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

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.IOReadBandwidthMax", {
    "/dev/sda 5M": ["path /dev/sda", "number 5M = 5,000,000 bytes (4.77 MiB)"],
    "/dev/sda infinity": ["path /dev/sda", "keyword infinity = no limit"],
    "/dev/sda 0": [
      "path /dev/sda",
      '9-10 unit/invalid-value: "0" is not a number above 0, such as "5M", or "infinity"',
    ],
    "/dev/sda": [
      "path /dev/sda",
      '0-8 unit/invalid-value: "/dev/sda" needs a number above 0, such as "5M", or "infinity" after the device',
    ],
    "/dev/sda 5mb": [
      "path /dev/sda",
      '9-12 unit/invalid-value: "5mb" is not a number above 0, such as "5M", or "infinity"; did you mean "5M"? → 5M',
    ],
    "/dev/sda x": [
      "path /dev/sda",
      '9-10 unit/invalid-value: "x" is not a number above 0, such as "5M", or "infinity"',
    ],
    "sda 5M": [
      "number 5M = 5,000,000 bytes (4.77 MiB)",
      '0-3 info unit/relative-path: "sda" does not begin with a slash; use the full path of the device, such as "/dev/sda" → /dev/sda',
    ],
    "dev/sda 5M": [
      "number 5M = 5,000,000 bytes (4.77 MiB)",
      '0-7 info unit/relative-path: "dev/sda" does not begin with a slash; use the full path of the device, such as "/dev/sda" → /dev/sda',
    ],
    "../sda 5M": [
      "number 5M = 5,000,000 bytes (4.77 MiB)",
      '0-6 unit/relative-path: "../sda" does not begin with a slash; "IOReadBandwidthMax=" requires an absolute path',
    ],
    "/dev/../sda 5M": [
      "number 5M = 5,000,000 bytes (4.77 MiB)",
      '0-11 unit/path-not-normalized: systemd does not accept paths with "..", such as "/dev/../sda"; use the resolved path → /sda',
    ],
    '"/dev/sda" 5M': ['path "/dev/sda"', "number 5M = 5,000,000 bytes (4.77 MiB)"],
    '"/dev/sda 5M': [
      '0-12 unit/unbalanced-quotes: the quote in "/dev/sda 5M" is not closed, so systemd ignores the setting; close it, or escape it with a backslash',
    ],
    "/dev/%i": ["specifier %i = `%i`: …"],
    "%i 5M": ["specifier %i = `%i`: …", "number 5M = 5,000,000 bytes (4.77 MiB)"],
    "   /dev/sda \t 5K": ["path /dev/sda", "number 5K = 5,000 bytes (4.88 KiB)"],
    "/dev/sda 1%i": [
      "path /dev/sda",
      '9-12 unit/invalid-value: "1%i" is not a number above 0, such as "5M", or "infinity"',
    ],
  });
  assertReadings("Service.IODeviceWeight", {
    "/dev/sda 1": ["path /dev/sda", "number 1 = weight 1; 100 is usual"],
    "/dev/sda 0": ["path /dev/sda", '9-10 unit/invalid-value: "0" is not a weight from 1 to 10000'],
    "/dev/sda 10000": ["path /dev/sda", "number 10000 = weight 10000; 100 is usual"],
    "/dev/sda 10001": ["path /dev/sda", '9-14 unit/invalid-value: "10001" is not a weight from 1 to 10000'],
    "/dev/sda 5K": ["path /dev/sda", '9-11 unit/invalid-value: "5K" is not a weight from 1 to 10000'],
    "/dev/sda": ["path /dev/sda", '0-8 unit/invalid-value: "/dev/sda" needs a weight from 1 to 10000 after the device'],
  });
  assertReadings("Service.IODeviceLatencyTargetSec", {
    "/dev/sda 25ms": ["path /dev/sda", "number 25ms = 25ms"],
    "/dev/sda 5": ["path /dev/sda", "number 5 = 5s"],
    "/dev/sda infinity": ["path /dev/sda", "keyword infinity = infinity"],
    "/dev/sda x": ["path /dev/sda", '9-10 unit/invalid-value: "x" is not a time span, such as "25ms"'],
  });
  assertReadings("Service.DeviceAllow", {
    "/dev/null": ["path /dev/null"],
    "/dev/null r": ["path /dev/null", "keyword r = …"],
    "/dev/null rwm": ["path /dev/null", "keyword rwm = read, write, create the node"],
    "/dev/null mr": ["path /dev/null", "keyword mr = create the node, read"],
    "/dev/null rx": [
      "path /dev/null",
      '10-12 unit/invalid-value: "rx" is not a valid device access; use the letters "r", "w" and "m" without spaces',
    ],
    "/dev/null R,W": [
      "path /dev/null",
      '10-13 unit/invalid-value: "R,W" is not a valid device access; use the letters "r", "w" and "m" without spaces → rw',
    ],
    "/dev/null x": [
      "path /dev/null",
      '10-11 unit/invalid-value: "x" is not a valid device access; use the letters "r", "w" and "m" without spaces',
    ],
    "/dev/null r w": [
      "path /dev/null",
      '10-13 unit/invalid-value: "r w" is not a valid device access; use the letters "r", "w" and "m" without spaces → rw',
    ],
    "char-pts rw": ["keyword char-pts = all character devices of the drivers `pts`", "keyword rw = read, write"],
    "block-* r": ["keyword block-* = all block devices of the drivers `*`", "keyword r = …"],
    "char-a-b": ["keyword char-a-b = all character devices of the drivers `a-b`"],
    "xchar-pts": [
      '0-9 unit/invalid-value: "xchar-pts" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver',
    ],
    "/dev/../x": [
      '0-9 unit/path-not-normalized: systemd does not accept paths with "..", such as "/dev/../x"; use the resolved path → /x',
    ],
    "/dev": ["path /dev"],
    "/run/systemd/inaccessible/chr": ["path /run/systemd/inaccessible/chr"],
    "/devx": [
      '0-5 unit/invalid-value: "/devx" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver',
    ],
    "/etc/x": [
      '0-6 unit/invalid-value: "/etc/x" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver',
    ],
    null: [
      '0-4 unit/invalid-value: "null" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver → /dev/null',
    ],
    Null: [
      '0-4 unit/invalid-value: "Null" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver',
    ],
    "%i rw": ["specifier %i = `%i`: …", "keyword rw = read, write"],
    "//dev/x": ["path //dev/x"],
    "../dev/null": [
      '0-11 unit/invalid-value: "../dev/null" is not a device; use a path below "/dev", or "char-" or "block-" and the name of a driver',
    ],
    "/dev/null +": [
      "path /dev/null",
      '10-11 unit/invalid-value: "+" is not a valid device access; use the letters "r", "w" and "m" without spaces',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.IOReadBandwidthMax", {
    "‸": '""; paths',
    "‸ /dev/sda": '""; paths',
    "/dev/sd‸a 5M": '"/dev/sda"; paths',
    "/dev/sda ‸": '""; infinity = no limit',
    "/dev/sda inf‸": '"inf"; infinity = no limit',
  });
  assertOffers("Service.IODeviceWeight", {
    "/dev/sda ‸": "nothing",
  });
  assertOffers("Service.DeviceAllow", {
    "/dev/null ‸": '""; r = … | rw = read, write | rwm = read, write, create the node',
  });
});
