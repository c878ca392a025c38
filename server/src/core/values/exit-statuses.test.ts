import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, repair, textsOf } from "../../../../test/support/value-reading.ts";

const setting = "Service.SuccessExitStatus";

test("repairs names and lists", () => {
  assert.equal(repair(setting, "EX_TEMPFAIL tempfail sigkill"), "TEMPFAIL TEMPFAIL SIGKILL");
  assert.equal(repair(setting, "0,143"), "0 143");
});

test("colours numbers apart from names", () => {
  assert.deepEqual(piecesIn(setting, "143 TEMPFAIL SIGKILL"), ["number 143", "keyword TEMPFAIL", "keyword SIGKILL"]);
});

test("offers names and signals", () => {
  const texts = textsOf(offerAt(setting, "143 ‸"));
  assert.ok(texts.includes("TEMPFAIL") && texts.includes("SIGTERM"));
});
