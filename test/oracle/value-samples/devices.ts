// Samples of devices and what is said of them.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.IOReadBandwidthMax",
    valid: [
      "/dev/sda 5M",
      "/dev/sda   1G 5M",
      '"/dev/s a" 5M',
      "/dev/sda infinity",
      "/dev/%i 1",
      "/dev//sda 1.5K",
      "/etc/passwd 5M",
      "/dev/sda 16E",
    ],
    invalid: [
      ["/dev/sda «5m»", wrong],
      ["«/dev/sda»", wrong],
      ["/dev/sda «0»", wrong],
      ["/dev/sda «5M 6M»", wrong],
      ["/dev/sda «5 MB»", wrong],
      ["«/home/../x» 5M", "unit/path-not-normalized"],
      ['«"/dev/sda 5M»', "unit/unbalanced-quotes"],
      ["/dev/sda «19E»", wrong],
      ['/dev/sda «"5M"»', wrong],
      ["/dev/x «%ZM»", wrong],
      ["/dev/«%Z» 5M", "unit/unknown-specifier"],
    ],
    noticed: [
      ["«dev/sda» 5M", "unit/relative-path"],
      ["«sda» 5M", "unit/relative-path"],
    ],
  },
  {
    setting: "Service.IOWriteIOPSMax",
    valid: ["/dev/sda 1K"],
    invalid: [["/dev/sda «-1»", wrong]],
  },
  {
    setting: "Service.IODeviceWeight",
    valid: ["/dev/sda 100", "/dev/sda 1", "/dev/sda 10000", "/dev/sda 0x10"],
    invalid: [
      ["/dev/sda «0»", wrong],
      ["/dev/sda «10001»", wrong],
      ["/dev/sda «idle»", wrong],
      ["«/dev/sda»", wrong],
      ["/dev/sda «100 200»", wrong],
    ],
    noticed: [["«sda» 100", "unit/relative-path"]],
  },
  {
    setting: "Service.IODeviceLatencyTargetSec",
    valid: ["/dev/sda 25ms", "/dev/sda 25", "/dev/sda 1min 5s", "/dev/sda 0", "/dev/sda infinity"],
    invalid: [
      ["«/dev/sda»", wrong],
      ["/dev/sda «x»", wrong],
      ["/dev/sda «-5»", wrong],
    ],
  },
  {
    setting: "Service.DeviceAllow",
    valid: [
      "/dev/sda rw",
      "/dev/sda",
      "/dev/sda\trwm",
      "/dev/sda rr",
      "char-pts",
      "char-pts rw",
      "block-*",
      "char-",
      "/dev",
      "/dev/%i r",
      '"/dev/s da" r',
      "/run/systemd/inaccessible/chr",
      "/dev/char/1:3 r",
    ],
    invalid: [
      ["/dev/sda «x»", wrong],
      ["/dev/sda «RW»", wrong],
      ["/dev/sda «r w»", wrong],
      ["/dev/sda «r,w»", wrong],
      ["/dev/sda «%Z»", wrong],
      ["«sda»", wrong],
      ["«foo-bar» r", wrong],
      ["«/etc/passwd» r", wrong],
      ["«/dev/../x» r", "unit/path-not-normalized"],
      ['«"/dev/sda»', "unit/unbalanced-quotes"],
    ],
  },
];
