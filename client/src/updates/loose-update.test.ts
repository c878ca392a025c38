import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOfLooseUpdate } from "./loose-update.ts";

function languageOf(path: string, text: string): string | undefined {
  const lines = text.split("\n");
  return languageOfLooseUpdate(path, { count: lines.length, at: (line) => lines[line] ?? "" });
}

test("definitions are known by name and header, in any folder", () => {
  assert.equal(languageOf("/a/demo.transfer", "# x\n[Source]\n"), "sysext-transfer");
  assert.equal(languageOf("/a/demo.transfer.d/10.conf", "[Target]\n"), "sysext-transfer");
  assert.equal(languageOf("/a/demo.feature", "[Feature]\n"), "sysext-feature");
  assert.equal(languageOf("/a/demo.feature.d/on.conf", " [Feature]\n"), "sysext-feature");
  assert.equal(languageOf("/a/sysupdate.demo.component", "[Component]\n"), "sysext-feature");
});

test("other programs' files are left alone", () => {
  for (const [path, text] of [
    ["/a/login.feature", "Feature: login\n"],
    ["/a/login.feature", "[Source]\n"],
    ["/a/money.transfer", "from=a\n"],
    ["/a/app.conf", "[Source]\n[Target]\n"],
    ["/a/demo.component", "[Component]\n"],
    ["/a/demo.transfer", ""],
    ["/a/demo.transfer", `${"\n".repeat(200)}[Source]`],
  ] as const) {
    assert.equal(languageOf(path, text), undefined, `${path}: ${text.trim()}`);
  }
});
