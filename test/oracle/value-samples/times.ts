// Samples of lengths of time and of calendar events.
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
  {
    setting: "Timer.OnCalendar",
    valid: [
      "daily",
      "Daily",
      "weekly UTC",
      "Mon..Fri 08:00",
      "Mon,Wed *-*-1..7 10:00:00",
      "*-02~03 12:00",
      "*:0/15",
      "08:00 Europe/Berlin",
      "@1700000000",
      "*-*-* 00:00:00.5",
      "2024-02-29",
    ],
    invalid: [
      ["«Sat..Mon»", wrong],
      ["«25»:00", wrong],
      ["*-«13»-01", wrong],
      ["daily «foo»", wrong],
      ["«tomorrow»", wrong],
      ["*:«0/0»", wrong],
      ["5«min»", wrong],
      ['«"daily"»', "unit/quotes-literal"],
      ["«2025-02-29»", "unit/never-elapses"],
      ["«Mon 2026-11-24»", "unit/never-elapses"],
    ],
    differs: {
      "2025-02-29": "it never comes, which systemd-analyze calendar says as well",
      "Mon 2026-11-24": "it never comes, of which systemd 262 warns",
    },
  },
];
