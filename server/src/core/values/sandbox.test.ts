import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

const meaningOf = (setting: string, text: string, at = 0) => {
  const meaning = readSetting(setting, text).pieces[at]?.meaning;
  return typeof meaning === "function" ? meaning() : meaning;
};

test("says what a capability lets its holder do, however it is written", () => {
  assert.match(meaningOf("Service.CapabilityBoundingSet", "cap_net_bind_service") ?? "", /ports below 1024/);
  assert.deepEqual(piecesIn("Service.CapabilityBoundingSet", "~CAP_KILL 5"), [
    "operator ~",
    "keyword CAP_KILL",
    "number 5",
  ]);
});

test("says what a group of file systems holds", () => {
  assert.match(meaningOf("Service.RestrictFileSystems", "@temporary") ?? "", /ramfs, tmpfs/);
});

test("offers words that stand alone only where nothing else stands", () => {
  assert.ok(textsOf(offerAt("Service.RestrictNamespaces", "‸")).includes("yes"));
  assert.ok(!textsOf(offerAt("Service.RestrictNamespaces", "net ‸")).includes("yes"));
  assert.ok(textsOf(offerAt("Service.RestrictAddressFamilies", "n‸")).includes("none"));
  assert.ok(!textsOf(offerAt("Service.RestrictAddressFamilies", "AF_INET ‸")).includes("none"));
  assert.ok(textsOf(offerAt("Service.Delegate", "cpu ‸")).includes("memory"));
});

test("does not hand over the user namespace that the others belong to", () => {
  assert.ok(!textsOf(offerAt("Service.DelegateNamespaces", "‸")).includes("user"));
  assert.equal(readSetting("Service.DelegateNamespaces", "net user").faults.length, 1);
  assert.equal(readSetting("Service.RestrictNamespaces", "net user").faults.length, 0);
});

test("takes names of architectures for those of systemd", () => {
  assert.equal(repair("Service.SystemCallArchitectures", "amd64 aarch64 i686"), "x86-64 arm64 x86");
});

test("reads a mask of memory beside its names", () => {
  assert.deepEqual(piecesIn("Service.CoredumpFilter", "default 0x33"), ["keyword default", "number 0x33"]);
});

test("reads names of BPF with commas between them", () => {
  assert.deepEqual(piecesIn("Service.BPFDelegateCommands", "BPFMapCreate,BPFMapLookupElem"), [
    "keyword BPFMapCreate",
    "keyword BPFMapLookupElem",
  ]);
  assert.equal(repair("Service.BPFDelegateCommands", "BPFMapCreat"), "BPFMapCreate");
});
