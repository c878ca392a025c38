import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const messageOf = (setting: string, text: string) => readSetting(setting, text).faults[0]?.message;

test("reads both limits of a value in the unit that the setting counts in", () => {
  assert.deepEqual(piecesIn("Service.LimitNOFILE", "1024:infinity"), ["number 1024", "operator :", "keyword infinity"]);
  const meanings = (setting: string, text: string) =>
    readSetting(setting, text).pieces.map(({ meaning }) => (typeof meaning === "function" ? meaning() : meaning));
  assert.deepEqual(meanings("Service.LimitCORE", "1K"), ["1,024 bytes (1 KiB)"]);
  assert.deepEqual(meanings("Service.LimitCPU", "90"), ["1min 30s"]);
  assert.deepEqual(meanings("Service.LimitRTTIME", "90"), ["90us"]);
  assert.deepEqual(meanings("Service.LimitNICE", "-5"), ["nice levels of -5 and above"]);
  assert.deepEqual(meanings("Service.LimitNICE", "30"), ["nice levels of -10 and above"]);
});

test("compares limits by what they amount to, not by how they are written", () => {
  for (const text of ["1024K:1M", "1M:1024K", "1M:infinity"])
    assert.equal(messageOf("Service.LimitCORE", text), undefined);
  // Nice levels grow as their limits shrink.
  assert.equal(messageOf("Service.LimitNICE", "+5:-5"), undefined);
  assert.match(messageOf("Service.LimitNICE", "-5:+5") ?? "", /"-5" is above the hard limit "\+5"/);
  // The kernel counts processor time in whole seconds.
  assert.equal(messageOf("Service.LimitCPU", "900ms:100ms"), undefined);
});

test("knows what other tools call no limit, and how amounts are written elsewhere", () => {
  assert.equal(repair("Service.LimitNOFILE", "1024:unlimited"), "1024:infinity");
  assert.equal(repair("Service.LimitMEMLOCK", "512m:1GiB"), "512M:1G");
  // There is no lower end of nice levels to be without.
  assert.equal(repair("Service.LimitNICE", "unlimited"), "unlimited");
});

test("offers no limit on either side of the colon", () => {
  assert.deepEqual(textsOf(offerAt("Service.LimitNOFILE", "1024:inf‸")), ["infinity"]);
  assert.equal(offerAt("Service.LimitNOFILE", "1024:inf‸")?.replaced, "inf");
  assert.equal(offerAt("Service.LimitNICE", "‸"), undefined);
});
