// Versions, counts, partitions and features as systemd-sysupdate takes them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";
import { readUnsigned64 } from "./unsigned.ts";

function checksIn(setting: string, text: string, systemd?: number): string[] {
  return readSetting(setting, text, systemd).faults.map(({ check }) => check);
}

test("versions", () => {
  for (const text of ["1.0", "1,0", "%A", "%w-1", ".", ".."])
    assert.deepEqual(checksIn("Transfer.MinVersion", text, 257), []);
  for (const text of ["a b", "a/b", '"1"', "1:2"]) {
    assert.deepEqual(checksIn("Transfer.ProtectVersion", text, 257), ["transfer/value"], text);
  }
  assert.deepEqual(checksIn("Transfer.MinVersion", "1~0", 257), ["transfer/too-new"]);
  assert.deepEqual(checksIn("Transfer.MinVersion", "1~0", 261), ["transfer/too-new"]);
  assert.deepEqual(checksIn("Transfer.MinVersion", "1~0", 262), []);
  assert.deepEqual(checksIn("Transfer.MinVersion", "1,0", 262), ["transfer/value"]);
  assert.deepEqual(checksIn("Transfer.MinVersion", "%x"), ["unit/unknown-specifier"]);
  assert.equal(repair("Transfer.MinVersion", '"1.0"'), "1.0");
});

test("counts in any base, of 64 bits", () => {
  for (const [text, value] of [
    ["3", 3n],
    ["+3", 3n],
    ["0x3", 3n],
    ["010", 8n],
    ["0b11", 3n],
    ["0o17", 15n],
    ["0", 0n],
    ["-0", 0n],
    ["18446744073709551615", 2n ** 64n - 1n],
    ["18446744073709551616", undefined],
    ["-1", undefined],
    ["08", undefined],
    ["3a", undefined],
    ["", undefined],
  ] as const) {
    assert.equal(readUnsigned64(text), value, text);
    assert.deepEqual(checksIn("Target.TriesLeft", text), value === undefined ? ["transfer/value"] : [], text);
  }
});

test("numbers of instances", () => {
  for (const text of ["2", "02", "010", "0b10", "+3"])
    assert.deepEqual(checksIn("Target.InstancesMax", text), [], text);
  for (const text of ["0", "1", "-2", "a", "08"]) {
    assert.deepEqual(checksIn("Target.InstancesMax", text), ["transfer/instances-max"], text);
  }
  assert.equal(repair("Target.InstancesMax", "1"), "2");
  assert.equal(repair("Target.InstancesMax", "many"), "many");
});

test("types and UUIDs of partitions", () => {
  for (const text of ["usr", "root-secondary-verity-sig", "root-amd64", "0FC63DAF848347728E793D69D8477DE4"]) {
    assert.deepEqual(checksIn("Target.MatchPartitionType", text), [], text);
  }
  for (const text of ["USR", "linux", "%a", "root-x86-32"]) {
    assert.deepEqual(checksIn("Target.MatchPartitionType", text), ["transfer/value"], text);
  }
  assert.equal(repair("Target.MatchPartitionType", "root_x86_64"), "root-x86-64");
  for (const text of ["null", "6a1f0c3e3c1b-4b0f-9a64-8f2f0c6f4a11"]) {
    assert.deepEqual(checksIn("Target.PartitionUUID", text), ["transfer/value"], text);
  }
  assert.equal(
    repair("Target.PartitionUUID", "{6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11}"),
    "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11",
  );
});

test("flags of partitions, which are hexadecimal from systemd 262 on", () => {
  for (const text of ["0", "0x10", "10", "0xffffffffffffffff"]) {
    for (const systemd of [257, 262]) assert.deepEqual(checksIn("Target.PartitionFlags", text, systemd), [], text);
  }
  for (const text of ["ff", "ffffffffffffffff", "08"]) {
    assert.deepEqual(checksIn("Target.PartitionFlags", text, 257), ["transfer/value"], text);
    assert.equal(repair("Target.PartitionFlags", text, 257), `0x${text}`);
    assert.deepEqual(checksIn("Target.PartitionFlags", text, 262), [], text);
  }
  for (const text of ["zz", "0xFFFFFFFFFFFFFFFFF", "-1", "1 2", "0o18"]) {
    assert.deepEqual(checksIn("Target.PartitionFlags", text, 257), ["transfer/value"], text);
  }
  const meaning = readSetting("Target.PartitionFlags", "0x1800000000000000").pieces[0]?.meaning;
  assert.equal(typeof meaning === "function" && meaning(), "read-only, grows to the size of the partition");
});

test("names of features", () => {
  assert.deepEqual(piecesIn("Transfer.Features", "a 'b c' d"), ["feature a", "feature 'b c'", "feature d"]);
  assert.deepEqual(checksIn("Transfer.Features", '"a b'), ["transfer/value"]);
  assert.equal(offerAt("Transfer.RequisiteFeatures", "a ‸")?.around, "features");
  assert.deepEqual(textsOf(offerAt("Target.InstancesMax", "‸")), ["2", "3"]);
});
