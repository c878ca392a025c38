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

const setting = "Service.SuccessExitStatus";

test("repairs names and lists", () => {
  assert.equal(repair(setting, "EX_TEMPFAIL tempfail sigkill"), "TEMPFAIL TEMPFAIL SIGKILL");
  assert.equal(repair(setting, "0,143"), "0 143");
});

test("takes numbers up to 255 in any base, and guesses a name only for what looks like one", () => {
  const faults = (text: string) => readSetting("Service.SuccessExitStatus", text).faults;
  for (const text of ["0", "255", "+5", "0xff", "0377", "0o17", "0b1"]) assert.deepEqual(faults(text), [], text);
  for (const text of ["256", "0x100", "08", "-1", "1.5"]) assert.equal(faults(text).length, 1, text);
  assert.equal(faults("9EXIT_NOPERM")[0]?.replacements, undefined);
  assert.equal(faults("NOPERMM")[0]?.replacements?.[0], "NOPERM");
});

test("colours numbers apart from names", () => {
  assert.deepEqual(piecesIn(setting, "143 TEMPFAIL SIGKILL"), ["number 143", "keyword TEMPFAIL", "keyword SIGKILL"]);
});

test("offers names and signals", () => {
  const texts = textsOf(offerAt(setting, "143 ‸"));
  assert.ok(texts.includes("TEMPFAIL") && texts.includes("SIGTERM"));
});

test("reads values to their ends, and says what is wrong where", () => {
  assertReadings("Service.SuccessExitStatus", {
    "0": ["number 0"],
    "255": ["number 255"],
    "256": [
      '0-3 unit/invalid-value: "256" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    "0xff": ["number 0xff"],
    "0x100": [
      '0-5 unit/invalid-value: "0x100" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    "0377": ["number 0377"],
    "0400": [
      '0-4 unit/invalid-value: "0400" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    "0b1": ["number 0b1"],
    "0o7": ["number 0o7"],
    "+1": ["number +1"],
    "-1": [
      '0-2 unit/invalid-value: "-1" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    TEMPFAIL: ["keyword TEMPFAIL = …"],
    EX_TEMPFAIL: [
      '0-11 unit/invalid-value: "EX_TEMPFAIL" is neither an exit status nor a signal, so systemd drops it; did you mean "TEMPFAIL"? → TEMPFAIL',
    ],
    EXIT_FAILURE: [
      '0-12 unit/invalid-value: "EXIT_FAILURE" is neither an exit status nor a signal, so systemd drops it; did you mean "FAILURE"? → FAILURE',
    ],
    SIGTERM: ["keyword SIGTERM"],
    TERM: ["keyword TERM"],
    "9": ["number 9"],
    "0 1": ["number 0", "number 1"],
    "1,2": [
      '0-3 unit/invalid-value: "1,2" is neither an exit status nor a signal, so systemd drops it; did you mean "1 2"? → 1 2',
    ],
    "1,x": [
      '0-3 unit/invalid-value: "1,x" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    "TEMPFAIL,1": [
      '0-10 unit/invalid-value: "TEMPFAIL,1" is neither an exit status nor a signal, so systemd drops it; did you mean "TEMPFAIL 1"? → TEMPFAIL 1',
    ],
    ",": [
      '0-1 unit/invalid-value: "," is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    tempfail: [
      '0-8 unit/invalid-value: "tempfail" is neither an exit status nor a signal, so systemd drops it; did you mean "TEMPFAIL"? → TEMPFAIL',
    ],
    ab: [
      '0-2 unit/invalid-value: "ab" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    x9: [
      '0-2 unit/invalid-value: "x9" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    "%i": [
      '0-2 unit/invalid-value: "%i" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    SIGRTMIN: ["keyword SIGRTMIN"],
    "SIGRTMIN+1": ["keyword SIGRTMIN+1"],
    sigterm: [
      '0-7 unit/invalid-value: "sigterm" is neither an exit status nor a signal, so systemd drops it; did you mean "SIGTERM"? → SIGTERM',
    ],
    "1x": [
      '0-2 unit/invalid-value: "1x" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
    "08": [
      '0-2 unit/invalid-value: "08" is neither an exit status nor a signal, so systemd drops it; use a number from 0 to 255, or a name',
    ],
  });
});

test("offers what may stand at a caret, in place of what stands there", () => {
  assertOffers("Service.SuccessExitStatus", {
    "‸": '""; SUCCESS = … | FAILURE = … | CHDIR = … | …',
    "1 T‸": '"T"; SUCCESS = … | FAILURE = … | CHDIR = … | …',
  });
});
