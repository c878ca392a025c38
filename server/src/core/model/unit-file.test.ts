// What a text is as a unit file: its sections, which of their settings are known, and where the file as a whole is shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isUpdateKind, parseUnitFile, sectionsOfKind, settingsIn, type UnitFileOptions } from "./unit-file.ts";

/** Each section with `?` behind an unknown one, then its entries with `?` behind those without a setting and `…` behind open ones. */
function shown(text: string, options: UnitFileOptions = {}): string[] {
  return parseUnitFile(text, options).sections.map(({ name, known, entries }) => {
    const written = entries.map(({ node, setting, open }) => `${node.name}${setting ? "" : "?"}${open ? "…" : ""}`);
    return [`[${name}]${known ? "" : "?"}`, ...written].join(" ");
  });
}

function headIn(text: string, options: UnitFileOptions = {}): string {
  const { start, end } = parseUnitFile(text, options).head;
  return text.slice(start, end);
}

test("each kind of file has its sections, and [Target] settings in a transfer only", () => {
  assert.deepEqual(sectionsOfKind("service"), ["Unit", "Service", "Install"]);
  assert.deepEqual(sectionsOfKind("transfer"), ["Transfer", "Source", "Target"]);
  assert.deepEqual(sectionsOfKind("feature"), ["Feature"]);
  assert.deepEqual(sectionsOfKind("component"), ["Component"]);
  assert.deepEqual([isUpdateKind("transfer"), isUpdateKind("target")], [true, false]);
  const counts = (["transfer", "target", undefined] as const).map((kind) => settingsIn(kind, "Target").length > 0);
  assert.deepEqual(counts, [true, false, false]);
  assert.ok(settingsIn(undefined, "Unit").length > 0);
});

test("settings are known in the sections that a kind of file has", () => {
  const text =
    "After=a\n[Unit]\nAfter=b.service\nafter=x\n[Service]\nType=exec\n[X-Own]\nA=1\n[Unit]\nWants=c.service\n";
  assert.deepEqual(shown(text, { type: "service" }), [
    "[]? After?",
    "[Unit] After after?",
    "[Service] Type",
    "[X-Own]? A?",
    "[Unit] Wants",
  ]);
  assert.deepEqual(shown(text, { type: "socket" })[2], "[Service]? Type?");
  assert.deepEqual(shown(text).slice(2, 4), ["[Service] Type", "[X-Own]? A?"]);
  assert.deepEqual(shown("[Target]\nPath=/a\n", { type: "transfer" }), ["[Target] Path"]);
  assert.deepEqual(shown("[Target]\nPath=/a\n", { type: "target" }), ["[Target] Path?"]);
});

test("the file as a whole is shown at its own section, else at its first one, else at its first line", () => {
  const text = "# x\n\n[Unit]\nAfter=b\n[Service]\n[Source]\n[Transfer]\n";
  assert.equal(headIn(text, { type: "service" }), "[Service]");
  assert.equal(headIn(text, { type: "transfer" }), "[Transfer]");
  assert.equal(headIn(text, { type: "socket" }), "[Unit]");
  assert.equal(headIn(text), "[Unit]");
  assert.equal(headIn("# x\n\nAfter=b \\\n c\nnoise"), "After=b \\");
  assert.equal(headIn("# x\n\n"), "");
  assert.equal(headIn("[Unit"), "[Unit");
});
