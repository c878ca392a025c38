import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

test("colours paths, options and the dash before a path", () => {
  assert.deepEqual(piecesIn("Service.BindPaths", "-/a:/b:rbind /c"), [
    "operator -",
    "path /a",
    "path /b",
    "keyword rbind",
    "path /c",
  ]);
  assert.deepEqual(piecesIn("Service.ExtensionImages", "/a.raw:root:ro"), ["path /a.raw", "property root"]);
});

test("marks the part of a word in the middle of a list that is wrong", () => {
  const [fault] = readSetting("Service.BindPaths", "/a:/b /c:d:rbind").faults;
  assert.deepEqual([fault?.start, fault?.end, fault?.check], [9, 10, "unit/relative-path"]);
});

test("takes a colon behind a backslash for a part of the path", () => {
  assert.deepEqual(readSetting("Service.MountImages", "/a\\:b:/c").faults, []);
  assert.equal(readSetting("Service.MountImages", "/a\\:b").faults.length, 1);
});

test("sends those who ask for read-only mounts to the setting that makes them", () => {
  assert.match(readSetting("Service.BindPaths", "/a:/b:ro").faults[0]?.message ?? "", /"BindReadOnlyPaths="/);
  assert.match(readSetting("Service.BindReadOnlyPaths", "/a:/b:ro").faults[0]?.message ?? "", /remove it/);
});

test("repairs names of partitions", () => {
  assert.equal(repair("Service.RootImageOptions", "rot:ro usr_verity:ro"), "root:ro usr-verity:ro");
});

test("takes a size in percent for what it is", () => {
  assert.deepEqual(readSetting("Service.TemporaryFileSystem", "/var:size=10%x").faults, []);
  assert.equal(readSetting("Service.TemporaryFileSystem", "/%Z:ro").faults[0]?.check, "unit/unknown-specifier");
});

test("offers paths, options and partitions at their places", () => {
  assert.equal(offerAt("Service.BindPaths", "/a:/b‸")?.around, "paths");
  assert.equal(offerAt("Service.BindPaths", "-/a‸")?.replaced, "/a");
  assert.deepEqual(textsOf(offerAt("Service.BindPaths", "/a:/b:‸")), ["rbind", "norbind"]);
  assert.ok(textsOf(offerAt("Service.MountImages", "/a:/b:r‸")).includes("root"));
  assert.deepEqual(textsOf(offerAt("Service.MountImages", "/a:/b:root:‸")), []);
  assert.ok(textsOf(offerAt("Service.RootImageOptions", "u‸")).includes("usr"));
});
