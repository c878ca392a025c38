import assert from "node:assert/strict";
import { test } from "node:test";
import { piecesIn, readSetting, repair } from "../../../../test/support/value-reading.ts";

test("says of words behind an assignment that they belong in quotes", () => {
  const [fault] = readSetting("Service.Environment", "GREETING=hello world").faults;
  assert.match(fault?.message ?? "", /needs quotes/);
});

test("repairs names of variables", () => {
  assert.equal(repair("Service.PassEnvironment", `A=b $C \${D}`), "A C D");
  assert.equal(repair("Service.PassEnvironment", "A,B"), "A B");
  assert.equal(repair("Service.Environment", "A=\\d"), "A=\\\\d");
});

test("says what the shell's word before a name is, and only there", () => {
  const message = (text: string) => readSetting("Service.Environment", text).faults[0]?.message ?? "";
  assert.match(message('"export A=1"'), /a shell keyword; use "A="/);
  assert.match(message('"export A\nB=1"'), /cannot be the name/);
  assert.match(message('"exported A=1"'), /cannot be the name/);
});

test("colours names, in quotes and outside", () => {
  assert.deepEqual(piecesIn("Service.Environment", `A=b "C=d e" F='g'`), ["variable A", "variable C", "variable F"]);
  assert.deepEqual(piecesIn("Service.PassEnvironment", "A B"), ["variable A", "variable B"]);
});

test("passes over what depends on a specifier", () => {
  assert.deepEqual(readSetting("Service.Environment", "%p=x A=%i").faults, []);
});
