import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

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
