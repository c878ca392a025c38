// Holds the rule that a missing program skips at home and fails in CI.
import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { debian13, findTool, packageOf, requireTool, tempFolder } from "./tools.ts";

function withEnvironment(variables: Record<string, string>, run: () => void): void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    run();
  } finally {
    for (const name of Object.keys(variables)) {
      const value = before[name];
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}

/** A test context that only remembers why it was skipped. */
function recorder(): { t: TestContext; skipped: string[] } {
  const skipped: string[] = [];
  const t = { skip: (reason: string) => skipped.push(reason) };
  return { t: t as unknown as TestContext, skipped };
}

test("a program's Debian package comes from the install script", () => {
  assert.equal(packageOf("unsquashfs"), "squashfs-tools");
  assert.equal(packageOf("systemd-sysupdate"), "systemd-container of debian-13");
  assert.throws(() => packageOf("no-such-program"), /"no-such-program" is not in the table/);
});

test("a program that is here is found and skips nothing", () => {
  const { t, skipped } = recorder();
  assert.equal(findTool("no-such-program"), undefined);
  withEnvironment({ CI: "true" }, () => assert.equal(requireTool(t, "git"), true));
  assert.deepEqual(skipped, []);
});

test("a program of Debian 13 is looked for in that root folder only", () => {
  withEnvironment({ PATH: "/nowhere" }, () => {
    const found = findTool("systemd-sysupdate");
    assert.ok(path.isAbsolute(debian13));
    assert.ok(found === undefined || found === path.join(debian13, "usr/lib/systemd/systemd-sysupdate"));
  });
});

test("a missing program skips by name at home and fails in CI", () => {
  const { t, skipped } = recorder();
  withEnvironment({ PATH: "/nowhere", CI: "" }, () => assert.equal(requireTool(t, "chromium", "git"), false));
  assert.deepEqual(skipped, ["needs chromium (Debian package chromium), git (Debian package git)"]);
  withEnvironment({ PATH: "/nowhere", CI: "true" }, () => {
    assert.throws(() => requireTool(t, "chromium"), /Nothing is skipped in CI/);
  });
});

test("a temporary folder is gone after the test that asked for it", async (t) => {
  let folder = "";
  await t.test("inner", (inner) => {
    folder = tempFolder(inner);
    writeFileSync(path.join(folder, "file"), "content");
  });
  assert.notEqual(folder, "");
  assert.equal(existsSync(folder), false);
});
