import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFix, assertNoFix, checkFixture } from "./check-fixture.ts";

const good = "ID=_any\n";
const bad = "ID=_any\nARCHITECTURE=amd64\n";
const marked = `${bad}#            ^^^^^ error[er/architecture-invalid]\n`;
const failure = { name: "AssertionError" };

test("a fixture that marks exactly what is found passes", async () => {
  await checkFixture(good);
  await checkFixture(marked);
  await checkFixture(bad, { overrides: { "er/architecture-invalid": "off" } });
});

test("a finding more and a finding less both fail, each shown at its place", async () => {
  await assert.rejects(checkFixture(bad), (error: Error) => {
    assert.match(error.message, /# {12}\^{5} error\[er\/architecture-invalid\]: "amd64" is not/);
    return true;
  });
  await assert.rejects(checkFixture(`${good}#  ^^^^ error[er/id-missing]\n`), failure);
  await assert.rejects(
    checkFixture("#- usr/bin/demo\n"),
    /#\? usr\/lib\/extension-release\.d\/extension-release\.demo/,
  );
});

test("place, severity, check and message all count", async () => {
  for (const [from, to] of [
    ["# ", "#"],
    ["^^^^^", "^^^^"],
    ["error[", "warning["],
    ["architecture-invalid", "unknown-key"],
    ["invalid]", "invalid]: something else"],
  ] as const) {
    assert.ok(marked.includes(from));
    await assert.rejects(checkFixture(marked.replace(from, to)), failure, to);
  }
});

test("a fix is applied, whatever it changes", async () => {
  await assertFix(bad, "er/architecture-invalid", "ID=_any\nARCHITECTURE=x86-64\n");
  const other = "usr/lib/extension-release.d/extension-release.other";
  await assertFix(`#- ${other}\n${good}`, "er/name-mismatch", good);
  await assertFix("#- usr/a\n", "er/missing", `#- usr/a\n#- ${other}\n${good}`, { folder: "other" });
});

test("a fix that is missing or does something else fails", async () => {
  await assert.rejects(assertFix(bad, "er/architecture-invalid", good), failure);
  await assert.rejects(assertFix(good, "er/architecture-invalid", good), /no finding er\/architecture-invalid/);
  await assert.rejects(
    assertFix(bad, "er/architecture-invalid", good, { title: "Frobnicate" }),
    /it has "Change to "x86-64""/,
  );
  await assert.rejects(assertNoFix(bad, "er/architecture-invalid"), failure);
  await assertNoFix("ID=_any\nARCHITECTURE=quantum\n", "er/architecture-invalid");
});
