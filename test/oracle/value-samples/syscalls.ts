// Samples of filters of system calls.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.SystemCallFilter",
    valid: [
      "read write",
      "@system-service",
      "~@privileged",
      "~ @privileged @resources",
      "~@privileged:EPERM",
      "~read:eperm write:13",
      "~@clock:0",
      "~@clock:kill",
      "@known",
      "~",
      "\\read",
      "fchmodat2 cacheflush",
      "uretprobe mseal",
    ],
    invalid: [
      ["«@sandbox»", "unit/too-new"],
      ["«@foo»", wrong],
      ["«@system-sevice»", wrong],
      ["«@System-Service»", wrong],
      ["«reed»", wrong],
      ["«READ»", wrong],
      ["«read,write»", wrong],
      ["read «~write»", wrong],
      ["@system-service«:EPERM»", wrong],
      ["read«:EPERM»", wrong],
      ["~@clock«:»", wrong],
      ["~@clock:«EFOO»", wrong],
      ["~@clock:«EPREM»", wrong],
      ["~@clock:«4096»", wrong],
      ["~@clock:«EPERM:EPERM»", wrong],
      ["«5»", wrong],
      ['«"read» «write"»', "unit/quotes-literal"],
    ],
    noticed: [
      ["«foo»", wrong],
      ["~«foo»", wrong],
    ],
    differs: { "uretprobe mseal": "they are newer than the library that systemd was built with" },
  },
  {
    setting: "Service.SystemCallLog",
    valid: ["read", "@clock", "~@clock read"],
    invalid: [
      ["«@clock:EPERM»", wrong],
      ["~«@clock:EPERM»", wrong],
      ["«a:b»", wrong],
      ['read «"write»', "unit/quotes-literal"],
    ],
    noticed: [["«foo»", wrong]],
  },
  {
    setting: "Service.SystemCallErrorNumber",
    valid: ["EPERM", "eperm", "1", "4095", "0x10", "kill"],
    invalid: [
      ["«0»", wrong],
      ["«4096»", wrong],
      ["«-1»", wrong],
      ["«EFOO»", wrong],
      ["«EPREM»", wrong],
      ["«KILL»", wrong],
      ["«EPERM EACCES»", wrong],
    ],
  },
];
