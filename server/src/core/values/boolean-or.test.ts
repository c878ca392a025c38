import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("colours a host name apart from the word before it", () => {
  assert.deepEqual(piecesIn("Service.ProtectHostname", "private:demo"), ["keyword private", "string demo"]);
});

test("colours what is refreshed", () => {
  assert.deepEqual(piecesIn("Service.RefreshOnReload", "~extensions"), ["operator ~", "keyword extensions"]);
});

test("repairs words", () => {
  assert.equal(repair("Service.ProtectHostname", "privat:demo"), "private:demo");
  assert.equal(repair("Service.RefreshOnReload", "credential"), "credentials");
});

test("offers words, and nothing for a host name", () => {
  assert.ok(textsOf(offerAt("Service.ProtectHostname", "‸")).includes("private"));
  assert.equal(offerAt("Service.ProtectHostname", "private:‸"), undefined);
});
