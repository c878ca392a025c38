// Samples of lists of processors.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.CPUAffinity",
    valid: ["0 1 2", "%i", "0-3", "0,2-3", "0, 2-3", "numa", ",", "0x2", "010", "+1", "8191", "\"0\" '1'"],
    invalid: [
      ["«0\\ 1»", wrong],
      ["«3-0»", wrong],
      ["«numa» 1", wrong],
      ["«NUMA»", wrong],
      ["«all»", wrong],
      ["«x»", wrong],
      ["«-1»", wrong],
      ["«1-»", wrong],
      ["0 «-» 3", wrong],
      ["«0-3:2»", wrong],
      ["«8192»", wrong],
      ["«0-9999»", wrong],
      ['«"0 1"»', wrong],
      ['«"0»', "unit/unbalanced-quotes"],
      ["«0;1»", wrong],
    ],
  },
  {
    setting: "Service.NUMAMask",
    valid: ["0", "all", "0-3", "1024"],
    invalid: [
      ["«x»", wrong],
      ["«numa»", wrong],
      ["«all» 0", wrong],
    ],
  },
  {
    setting: "Service.AllowedCPUs",
    valid: ["0-3", "0,1", "%i"],
    invalid: [
      ["«3-0» «5-4»", wrong],
      ["«all»", wrong],
      ["«65535»", wrong],
    ],
  },
  {
    setting: "Slice.AllowedMemoryNodes",
    valid: ["0,1"],
    invalid: [["«x»", wrong]],
  },
];
