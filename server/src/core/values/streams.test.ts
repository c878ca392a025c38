import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("repairs outputs", () => {
  for (const [wrong, right] of [
    ["syslog", "journal"],
    ["syslog+console", "journal+console"],
    ["/var/log/a", "file:/var/log/a"],
    ['append:"/var/log/a"', "append:/var/log/a"],
    ["Journal", "journal"],
    ["file:var/log/a", "file:/var/log/a"],
  ] as const) {
    assert.equal(repair("Service.StandardOutput", wrong), right);
  }
});

test("colours words, names and paths", () => {
  assert.deepEqual(piecesIn("Service.StandardOutput", "append:/a"), ["keyword append", "path /a"]);
  assert.deepEqual(piecesIn("Service.StandardInput", "fd:a"), ["keyword fd", "string a"]);
  assert.deepEqual(piecesIn("Service.OpenFile", "/a:b:graceful"), ["path /a", "string b", "keyword graceful"]);
});

test("offers words, then paths or options", () => {
  assert.ok(textsOf(offerAt("Service.StandardOutput", "‸")).includes("append:"));
  assert.ok(!textsOf(offerAt("Service.StandardOutput", "‸")).includes("syslog"));
  assert.equal(offerAt("Service.StandardOutput", "file:/v‸")?.around, "paths");
  assert.ok(textsOf(offerAt("Service.OpenFile", "/a:b:append,‸")).includes("graceful"));
  assert.equal(offerAt("Service.OpenFile", "/a‸:b")?.replaced, "/a");
});

test("reports the first escape of a text that nobody knows", () => {
  const { faults } = readSetting("Service.StandardInputText", "a\\n\\d\\e");
  assert.deepEqual(
    faults.map(({ start, end }) => [start, end]),
    [[3, 5]],
  );
});
