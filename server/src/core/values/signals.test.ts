import assert from "node:assert/strict";
import { constants } from "node:os";
import { test } from "node:test";
import { assertOffers, assertReadings, offerAt, repair, textsOf } from "../../../../test/support/value-reading.ts";
import { isSignal } from "./signals.ts";

test("knows the signals of the system, but for their second names", () => {
  const aliases = ["SIGIOT", "SIGPOLL", "SIGUNUSED", "SIGCLD"];
  for (const name of Object.keys(constants.signals)) assert.equal(isSignal(name), !aliases.includes(name), name);
});

test("finds the signal that was meant", () => {
  assert.equal(repair("Service.KillSignal", "sigterm"), "SIGTERM");
  assert.equal(repair("Service.KillSignal", "int"), "SIGINT");
  assert.equal(repair("Service.KillSignal", "SIGTREM"), "SIGTERM");
  assert.equal(repair("Service.KillSignal", "SIGRTMIN+40"), "SIGRTMIN+40");
});

test("offers names", () => {
  assert.ok(textsOf(offerAt("Service.KillSignal", "SIG‸")).includes("SIGTERM"));
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.KillSignal", {
    SIGTERM: ["keyword SIGTERM = …"],
    TERM: ["keyword TERM = …"],
    term: ['0-4 unit/invalid-value: "term" is not a signal; did you mean "SIGTERM"? → SIGTERM'],
    SIGtrem: ['0-7 unit/invalid-value: "SIGtrem" is not a signal; did you mean "SIGTERM"? → SIGTERM'],
    "15": ["keyword 15"],
    "0": ['0-1 unit/invalid-value: "0" is not a signal; use a name such as "SIGTERM", or a number'],
    "1": ["keyword 1"],
    "64": ["keyword 64"],
    "65": ['0-2 unit/invalid-value: "65" is not a signal; did you mean "SIGIO"? → SIGIO'],
    "-1": ['0-2 unit/invalid-value: "-1" is not a signal; did you mean "SIGIO"? → SIGIO'],
    "RTMIN+1": ["keyword RTMIN+1"],
    "SIGRTMIN+0": ["keyword SIGRTMIN+0"],
    "RTMIN+30": ["keyword RTMIN+30"],
    "RTMIN+31": ['0-8 unit/invalid-value: "RTMIN+31" is not a signal; use a name such as "SIGTERM", or a number'],
    "RTMAX-30": ["keyword RTMAX-30"],
    "RTMAX-31": ['0-8 unit/invalid-value: "RTMAX-31" is not a signal; use a name such as "SIGTERM", or a number'],
    "RTMAX+1": ['0-7 unit/invalid-value: "RTMAX+1" is not a signal; did you mean "SIGRTMAX"? → SIGRTMAX'],
    "RTMIN-1": ['0-7 unit/invalid-value: "RTMIN-1" is not a signal; did you mean "SIGRTMIN"? → SIGRTMIN'],
    SIGRTMIN: ["keyword SIGRTMIN = …"],
    RTMAX: ["keyword RTMAX = …"],
    "RTMIN+x": ['0-7 unit/invalid-value: "RTMIN+x" is not a signal; did you mean "SIGRTMIN"? → SIGRTMIN'],
    "RTMIN+-1": ['0-8 unit/invalid-value: "RTMIN+-1" is not a signal; use a name such as "SIGTERM", or a number'],
    "xRTMIN+1": ['0-8 unit/invalid-value: "xRTMIN+1" is not a signal; use a name such as "SIGTERM", or a number'],
    "": ['0-0 unit/invalid-value: "KillSignal=" requires a signal, such as "SIGTERM"'],
    '"SIGTERM"': [
      '0-9 unit/quotes-literal: the quotes around "SIGTERM" are part of the value here; remove them, spaces do not need quotes → SIGTERM',
    ],
    x: ['0-1 unit/invalid-value: "x" is not a signal; use a name such as "SIGTERM", or a number'],
    "SIGRTMIN+N": ['0-10 unit/invalid-value: "SIGRTMIN+N" is not a signal; did you mean "SIGRTMIN"? → SIGRTMIN'],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.KillSignal", {
    "‸": '""; SIGHUP = … | SIGINT = … | SIGQUIT = … | …',
  });
});
