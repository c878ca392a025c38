// Samples of resource limits.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.LimitNOFILE",
    valid: ["1024", "1024:524288", "5:infinity", "infinity", "0x10", "010", "+5", "5: 6", "99999999999"],
    invalid: [
      ["«1024»:512", wrong],
      ["«infinity»:5", wrong],
      ["«1K»", wrong],
      ["«-1»", wrong],
      ["«unlimited»", wrong],
      ["«1024:»", wrong],
      ["«:1024»", wrong],
      ["1:«2:3»", wrong],
      ["«1024 »: 2048", wrong],
      ["«5 6»", wrong],
      ["«08»", wrong],
      ["«18446744073709551616»", wrong],
      ["«Infinity»", wrong],
      ["«»", wrong],
      ["«10%»", wrong],
    ],
  },
  {
    setting: "Service.LimitCORE",
    valid: ["0", "1G", "512M:1G", "1G 500M", "1.5G", "1G: 2G", "1M:1M", "infinity"],
    invalid: [
      ["«1g»", wrong],
      ["«1GB»:2G", wrong],
      ["«1G»:512M", wrong],
      ["«1G »: 2G", wrong],
      ["«100%»", wrong],
      ["«-1»", wrong],
      ["«16E»", wrong],
      ["«infinity:»", wrong],
    ],
  },
  {
    setting: "Service.LimitCPU",
    valid: ["5", "5min", "1min 5s", "500ms", "1min:5min", "1min : 5min", "1ms:500us", "infinity:infinity", "5M"],
    invalid: [
      ["«foo»", wrong],
      ["«-5»", wrong],
      ["«5min»:1min", wrong],
      ["«1.5s»:1s", wrong],
      ["«infinity»:5s", wrong],
      ["«5S»", wrong],
      ["«»", wrong],
    ],
  },
  {
    setting: "Service.LimitRTTIME",
    valid: ["5", "5s", "infinity", "0"],
    invalid: [
      ["«5s»:1s", wrong],
      ["«1ms»:500us", wrong],
      ["«bar»", wrong],
    ],
  },
  {
    setting: "Service.LimitNICE",
    valid: ["5", "40", "0", "-5", "+5", "-20", "+19", "+0", "-020", "0x5", "+5:-5", "10:20"],
    invalid: [
      ["«41»", wrong],
      ["«-21»", wrong],
      ["«+20»", wrong],
      ["«-5»:+5", wrong],
      ["«20»:10", wrong],
      ["«infinity»", wrong],
      ["5:«infinity»", wrong],
      ["«x»", wrong],
    ],
  },
  {
    setting: "Service.LimitRTPRIO",
    valid: ["5", "500", "infinity"],
    invalid: [
      ["«99:»", wrong],
      ["«-1»", wrong],
    ],
  },
];
