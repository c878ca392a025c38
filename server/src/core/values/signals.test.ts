import assert from "node:assert/strict";
import { constants } from "node:os";
import { test } from "node:test";
import { offerAt, repair, textsOf } from "../../../../test/support/value-reading.ts";
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
