import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const setting = "Service.RootImagePolicy";

test("colours partitions apart from what is asked of them", () => {
  assert.deepEqual(piecesIn(setting, "root=verity+signed:=ignore"), [
    "property root",
    "operator =",
    "keyword verity",
    "keyword signed",
    "operator =",
    "keyword ignore",
  ]);
});

test("repairs partitions and flags", () => {
  assert.equal(repair(setting, "rot=verify:user=absnt"), "root=verity:usr=absent");
});

test("reports the second of two rules for the same partition", () => {
  const [fault] = readSetting(setting, "root=verity : root=open").faults;
  assert.deepEqual([fault?.start, fault?.end], [14, 23]);
  assert.match(fault?.message ?? "", /two rules of "root"/);
});

test("knows since when a flag is known", () => {
  assert.equal(readSetting(setting, "root=squashfs", 256).faults[0]?.check, "unit/too-new");
  assert.equal(readSetting(setting, "root=squashfs", 260).faults.length, 0);
});

test("offers partitions before the sign and flags behind it", () => {
  assert.ok(textsOf(offerAt(setting, "‸")).includes("*"));
  assert.ok(textsOf(offerAt(setting, "root=verity:u‸")).includes("usr"));
  assert.ok(textsOf(offerAt(setting, "root=verity+s‸:usr=absent")).includes("signed"));
  assert.equal(offerAt(setting, "root=verity+s‸:usr=absent")?.replaced, "s");
});
