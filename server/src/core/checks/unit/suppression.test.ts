import assert from "node:assert/strict";
import { test } from "node:test";
import { parseUnitFile } from "../../model/unit-file.ts";
import { checkUnit } from "./check-units.ts";
import { suppress } from "./suppression.ts";

const path = "usr/lib/systemd/system/demo.service";

/** Checks and lines of the findings in a text. */
function found(text: string): string[] {
  return checkUnit(text, path).map(({ check, span }) => `${text.slice(0, span.start).split("\n").length} ${check}`);
}

const unit = "[Service]\nExecStart=/usr/bin/demo\n";

test("a comment on the line before switches a check off for that line only", () => {
  const text = `${unit}# sysext: disable=unit/invalid-value\nRestart=x\nKillMode=x\n`;
  assert.deepEqual(found(text), ["5 unit/invalid-value"]);
});

test("several checks are switched off by one comment, and several comments add up", () => {
  const line = "Restrat=x\n";
  assert.deepEqual(found(`${unit}${line}`), ["3 unit/unknown-key"]);
  assert.deepEqual(found(`${unit}# sysext: disable=unit/a, unit/unknown-key\n${line}`), []);
  assert.deepEqual(found(`${unit};sysext:disable=unit/unknown-key\n# why\n${line}`), []);
});

test("a blank line ends what a comment is about", () => {
  assert.deepEqual(found(`${unit}# sysext: disable=unit/unknown-key\n\nRestrat=x\n`), ["5 unit/unknown-key"]);
});

test("in the file's head it counts for the whole file, also for findings about the unit", () => {
  assert.deepEqual(found(`# sysext: disable=unit/unknown-key\n${unit}Restrat=x\n`), []);
  assert.deepEqual(found("[Service]\nType=simple\n"), ["2 unit/no-command"]);
  assert.deepEqual(found("# Demo\n# sysext: disable=unit/no-command\n\n[Service]\nType=simple\n"), []);
});

for (const [where, text] of [
  ["in the midst of a file", `${unit}Restrat=x\n`],
  ["on the first line", "[Servic]\nExecStart=/usr/bin/demo\n"],
  ["below the head's comments", "# Demo\n[Servic]\n"],
  ["with CR LF", `${unit}Restrat=x\n`.replaceAll("\n", "\r\n")],
] as const) {
  test(`the fix switches off the finding ${where} and no other`, () => {
    const before = checkUnit(text, path);
    const [finding] = before;
    assert.ok(finding);
    const [change] = suppress(parseUnitFile(text, { type: "service" }), finding).changes;
    assert.ok(change?.kind === "edit");
    const after = text.slice(0, change.span.start) + change.text + text.slice(change.span.end);
    assert.deepEqual(
      checkUnit(after, path).map(({ check }) => check),
      before.slice(1).map(({ check }) => check),
    );
    assert.ok(!checkUnit(`${after}\n[Servic]\n`, path).every(({ check }) => check !== "unit/unknown-section"));
  });
}
