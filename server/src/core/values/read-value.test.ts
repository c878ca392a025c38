import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("specifiers are read where systemd replaces them, from the version on that knows them", () => {
  assert.deepEqual(piecesIn("Unit.Description", "a %n b"), ["specifier %n"]);
  assert.deepEqual(piecesIn("Unit.Description", "50%%"), ["specifier %%"]);
  assert.deepEqual(
    readSetting("Unit.Description", "%A", 245).faults.map(({ check, start, end }) => [check, start, end]),
    [["unit/too-new", 0, 2]],
  );
  assert.deepEqual(readSetting("Unit.Description", "%A").faults, []);
});

test("a letter that stands for nothing is repaired with a second percent sign", () => {
  assert.deepEqual(
    readSetting("Unit.Description", "a %Q").faults.map(({ check, start, end }) => [check, start, end]),
    [["unit/unknown-specifier", 2, 4]],
  );
  assert.equal(repair("Unit.Description", "a %Q"), "a %%Q");
});

test("specifiers are offered behind a percent sign by itself", () => {
  assert.equal(offerAt("Unit.Description", "a %‸")?.replaced, "%");
  assert.ok(textsOf(offerAt("Unit.Description", "a %‸")).includes("%n"));
  assert.ok(textsOf(offerAt("Unit.Description", "%%%‸")).includes("%n"));
  assert.equal(offerAt("Unit.Description", "%%‸"), undefined);
  assert.equal(offerAt("Unit.Description", "a‸"), undefined);
  assert.equal(offerAt("Unit.Description", "%a‸"), undefined);
});

test("where systemd replaces none, a percent sign offers what the grammar has", () => {
  assert.ok(!textsOf(offerAt("Service.Restart", "%‸")).includes("%n"));
  assert.equal(offerAt("Service.Restart", "on-‸")?.replaced, "on-");
});

test("a word with a specifier is open, so that nothing is said of its text", () => {
  assert.deepEqual(readSetting("Service.User", "%i").faults, []);
  assert.notDeepEqual(readSetting("Service.User", "a b").faults, []);
});
