// Completion, hover and outline; `$0` is the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { ExtensionClass } from "../model/release-context.ts";
import { complete } from "./complete.ts";
import { hover } from "./hover.ts";
import { outline } from "./outline.ts";

function split(marked: string): [string, number] {
  const offset = marked.indexOf("$0");
  assert.ok(offset >= 0, "there is no $0");
  return [marked.replace("$0", ""), offset];
}

function labels(marked: string, location: ExtensionClass = "sysext"): string[] {
  return complete(...split(marked), { location }).map(({ label }) => label);
}

/** The text after the completion with this label was taken. */
function taken(marked: string, label: string): string {
  const [text, offset] = split(marked);
  const found = complete(text, offset, {}).find((completion) => completion.label === label);
  assert.ok(found, `"${label}" is not offered`);
  return text.slice(0, found.span.start) + found.text + text.slice(found.span.end);
}

test("keys are offered that are not there yet, those for matching first", () => {
  assert.deepEqual(labels("$0").slice(0, 3), ["ID", "VERSION_ID", "SYSEXT_LEVEL"]);
  assert.ok(!labels("ID=_any\n$0").includes("ID"));
  assert.ok(labels("ID=_any\nVER$0").includes("VERSION_ID"));
  assert.ok(labels("I$0D=_any\n").includes("ID"));
});

test("each class of extension gets its own keys", () => {
  assert.ok(!labels("$0").includes("CONFEXT_LEVEL"));
  assert.ok(labels("$0", "confext").includes("CONFEXT_LEVEL"));
  assert.ok(!labels("$0", "confext").includes("SYSEXT_SCOPE"));
  assert.ok(!labels("$0").includes("ID_LIKE"));
});

test("a key comes with its equals sign, unless it has one", () => {
  assert.equal(taken("ID=_any\nARCH$0\n", "ARCHITECTURE"), "ID=_any\nARCHITECTURE=\n");
  assert.equal(taken("ARCH$0=arm64\n", "ARCHITECTURE"), "ARCHITECTURE=arm64\n");
});

test("values replace the word at the caret, also in quotes and lists", () => {
  assert.equal(taken("ID=$0", "flatcar"), "ID=flatcar");
  assert.equal(taken("ID=fla$0\n", "flatcar"), "ID=flatcar\n");
  assert.equal(taken('ARCHITECTURE="x86$0"\n', "x86-64"), 'ARCHITECTURE="x86-64"\n');
  assert.equal(taken("ARCHITECTURE=x86_$064", "x86-64"), "ARCHITECTURE=x86-64");
  assert.equal(taken("SYSEXT_SCOPE=system $0\n", "initrd"), "SYSEXT_SCOPE=system initrd\n");
  assert.deepEqual(labels("SYSEXT_SCOPE=system $0\n"), ["initrd", "portable"]);
  assert.deepEqual(labels("EXTENSION_RELOAD_MANAGER=$0\n"), ["1", "0"]);
});

test("nothing is offered in comments and for free texts", () => {
  assert.deepEqual(labels("# ID=$0\n"), []);
  assert.deepEqual(labels("NAME=$0\n"), []);
});

test("hover tells what a key is for, and who a host is", () => {
  assert.match(
    hover(...split("I$0D=flatcar\n"))?.markdown ?? "",
    /^\*\*ID\*\*[\s\S]*Hosts look at it[\s\S]*os-release\.html#ID=/,
  );
  assert.match(hover(...split("ID=fl$0atcar\n"))?.markdown ?? "", /Flatcar Container Linux/);
  assert.match(hover(...split("ARCHITECTURE=arm$064\n"))?.markdown ?? "", /aarch64/);
  assert.match(hover(...split("EXTENSION_RE$0LOAD_MANAGER=1\n"))?.markdown ?? "", /since systemd 255/);
  assert.equal(hover(...split("VENDOR_KEY$0=1\n")), undefined);
  assert.equal(hover(...split("# ID$0\n")), undefined);
});

test("the outline has every key with its value", () => {
  assert.deepEqual(
    outline('ID="_any"\n# x\nVERSION_ID = 1 # one\n').map(({ name, detail }) => [name, detail]),
    [
      ["ID", "_any"],
      ["VERSION_ID", "1"],
    ],
  );
});
