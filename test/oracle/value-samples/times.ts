// Samples of lengths of time.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";
const lengths: Pick<ValueSample, "valid" | "invalid"> = {
  valid: ["5", "0", "infinity", "5min 20s", "1.5h", "5 5", ".5", "2month", "3M 2m", "5us 5µs", "1y2w3d4h5min6s7ms8us"],
  invalid: [
    ["5«mins»", wrong],
    ["«-1»", wrong],
    ["1«e»3", wrong],
    ["5 «MIN»", wrong],
    ["5«S»", wrong],
    ['«"5s"»', "unit/quotes-literal"],
  ],
};

export const samples: readonly ValueSample[] = [
  { setting: "Service.RestartSec", ...lengths },
  { setting: "Service.TimeoutStartSec", ...lengths },
  { setting: "Unit.JobTimeoutSec", ...lengths },
  { setting: "Timer.OnBootSec", ...lengths },
  { setting: "Service.RestartSec", valid: [], invalid: [["«»", wrong]] },
  { setting: "Service.TimerSlackNSec", valid: ["5", "50us", "5ns", "infinity"], invalid: [["«-1»", wrong]] },
];
