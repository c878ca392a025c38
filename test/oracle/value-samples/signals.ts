// Samples of signals.
import type { ValueSample } from "../../support/value-sample.ts";

const wrong = "unit/invalid-value";

export const samples: readonly ValueSample[] = [
  {
    setting: "Service.KillSignal",
    valid: [
      "SIGTERM",
      "SIGTTIN",
      "TERM",
      "15",
      "0xf",
      "015",
      "+15",
      "32",
      "64",
      "SIGSTKFLT",
      "SIGRTMIN",
      "RTMIN",
      "SIGRTMIN+3",
      "RTMIN+3",
      "SIGRTMIN+30",
      "SIGRTMIN+0x3",
      "SIGRTMIN+05",
      "SIGRTMAX",
      "SIGRTMAX-3",
      "SIGRTMAX-0",
    ],
    invalid: [
      ["«sigterm»", wrong],
      ["«term»", wrong],
      ["«SIGTREM»", wrong],
      ["«0»", wrong],
      ["«65»", wrong],
      ["«-1»", wrong],
      ["«SIGRTMIN+31»", wrong],
      ["«SIGRTMAX-31»", wrong],
      ["«SIGRTMAX+1»", wrong],
      ["«SIGRTMIN-1»", wrong],
      ["«SIGRTMAX-»", wrong],
      ["«SIGRTMIN +3»", wrong],
      ["«SIGPOLL»", wrong],
      ["«SIGIOT»", wrong],
      ["«SIG15»", wrong],
      ["«SIGTERM SIGINT»", wrong],
      ["«SIGFOO»", wrong],
      ["«»", wrong],
      ['«"SIGTERM"»', "unit/quotes-literal"],
    ],
  },
  {
    setting: "Socket.FinalKillSignal",
    valid: ["KILL"],
    invalid: [["«kill»", wrong]],
  },
];
