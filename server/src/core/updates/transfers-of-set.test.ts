// Which transfers of a set count for a version of systemd, and which are not enabled.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setOfFiles } from "../model/read-update-set.ts";
import { parseUnitFile } from "../model/unit-file.ts";
import { locateUpdate } from "../model/update-location.ts";
import { specifierValues } from "./specifier-values.ts";
import { readTransfers } from "./transfers-of-set.ts";

const specifiers = specifierValues({ release: "ID=demo\n", architecture: "x86-64" });
const body =
  "[Source]\nType=regular-file\nPath=/srv\nMatchPattern=a_@v.raw\n[Target]\nType=regular-file\nPath=/var/a\n";

function read(texts: Readonly<Record<string, string>>, systemd = 262) {
  const files = Object.entries(texts).flatMap(([name, text]) => {
    const location = locateUpdate(`etc/sysupdate.d/${name}`);
    return location === undefined ? [] : { path: name, location, file: parseUnitFile(text, { type: location.kind }) };
  });
  const { transfers, faults, notes } = readTransfers(setOfFiles(files), systemd, specifiers);
  return {
    disabled: transfers.map(({ id, disabledReason }) => `${id}: ${disabledReason ?? "enabled"}`),
    faults: faults.map(({ path, message }) => `${path}: ${message}`),
    notes: notes.map(({ path, message }) => `${path}: ${message}`),
  };
}

test("a set without a transfer has nothing to update", () => {
  assert.deepEqual(read({}).faults, [": there is no transfer, so there is nothing to update"]);
  assert.deepEqual(read({ "x.feature": "[Feature]\nEnabled=yes\n" }).faults, [
    "x.feature: there is no transfer, so there is nothing to update",
  ]);
});

test("a transfer counts while one of its features is enabled, and all that it requires are", () => {
  const features = { "on.feature": "[Feature]\nEnabled=yes\n", "off.feature": "[Feature]\n" };
  const disabled = (settings: string) =>
    read({ ...features, "a.transfer": `[Transfer]\n${settings}\n${body}`, "b.transfer": body }).disabled;
  assert.deepEqual(disabled("Features=off on"), ["a: enabled", "b: enabled"]);
  assert.deepEqual(disabled("Features=off"), ['a: its feature "off" is not enabled', "b: enabled"]);
  assert.deepEqual(disabled("Features=off none"), ['a: none of its features "off", "none" is enabled', "b: enabled"]);
  assert.deepEqual(disabled("RequisiteFeatures=on off"), ['a: its feature "off" is not enabled', "b: enabled"]);
  assert.deepEqual(disabled("RequisiteFeatures=none"), [
    'a: its feature "none" has no definition, so it is disabled',
    "b: enabled",
  ]);
  assert.deepEqual(disabled("RequisiteFeatures=on"), ["a: enabled", "b: enabled"]);
});

test("what is not a boolean leaves a feature as it was", () => {
  const text = "[Feature]\nEnabled=yes\nEnabled=perhaps\n[Other]\nEnabled=no\n";
  assert.deepEqual(read({ "x.feature": text, "a.transfer": `[Transfer]\nFeatures=x\n${body}` }).disabled, [
    "a: enabled",
  ]);
});

test("when no transfer is enabled there is nothing to update, from the systemd on that knows features", () => {
  const set = { "a.transfer": `[Transfer]\nFeatures=x\n${body}` };
  const fault = "a.transfer: no transfer is enabled, so there is nothing to update";
  assert.deepEqual(read(set, 257).faults, [fault]);
  assert.deepEqual(read({ ...set, "b.transfer": body }, 257).faults, []);
});

test("files whose ending a systemd does not read are named", () => {
  assert.deepEqual(read({ "a.transfer": body }, 256).faults, [
    'a.transfer: systemd 256 does not read "*.transfer" files, which require systemd 257; use "*.conf" for older versions',
  ]);
  const both = read({ "a.transfer": body, "b.conf": body }, 257);
  assert.deepEqual(both.disabled, ["a: enabled"]);
  assert.deepEqual(both.faults, []);
  assert.deepEqual(both.notes, [
    'b.conf: systemd 257 ignores "*.conf" files beside a "*.transfer" file; use "*.transfer"',
  ]);
});
