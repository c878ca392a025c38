// Completion, hover and outline; `$0` is the caret.
import assert from "node:assert/strict";
import { test } from "node:test";
import { extractCaret } from "../../../../test/support/fixture.ts";
import type { ExtensionClass } from "../model/release-context.ts";
import { complete } from "./complete.ts";
import { hover } from "./hover.ts";
import { outline } from "./outline.ts";

function split(marked: string): [string, number] {
  const { text, offset } = extractCaret(marked);
  return [text, offset];
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

test("keys that have a few words for values offer them", () => {
  assert.deepEqual(labels("RELEASE_TYPE=$0\n"), ["stable", "lts", "development", "experiment"]);
  assert.deepEqual(labels("SYSEXT_RELEASE_TYPE=$0\n"), ["stable", "lts", "development", "experiment"]);
});

test("values are offered wherever the caret is in them", () => {
  assert.equal(taken('ARCHITECTURE="$0"', "arm64"), 'ARCHITECTURE="arm64"');
  assert.equal(taken("ARCHITECTURE='$0\nID=_any\n", "arm64"), "ARCHITECTURE='arm64\nID=_any\n");
  assert.equal(taken("ARCHITECTURE=$0arm\n", "arm64"), "ARCHITECTURE=arm64\n");
  assert.equal(taken("ID = $0\nVERSION_ID=40\n", "fedora"), "ID = fedora\nVERSION_ID=40\n");
  assert.equal(taken("ID=_any\r\nARCHITECTURE=$0\r\n", "arm64"), "ID=_any\r\nARCHITECTURE=arm64\r\n");
});

test("an architecture is offered with the names that other tools have for it", () => {
  const offered = complete("ARCHITECTURE=", 13, {}).find(({ label }) => label === "x86-64");
  assert.match(offered?.detail ?? "", /\bamd64\b.*\bx86_64\b/);
});

test("nothing is offered in comments and for free texts", () => {
  assert.deepEqual(labels("# ID=$0\n"), []);
  assert.deepEqual(labels("NAME=$0\n"), []);
});

test("hover tells what a key is for, and who a host is", () => {
  assert.match(
    hover(...split("I$0D=flatcar\n"))?.markdown ?? "",
    /^\*\*ID\*\*[\s\S]*Hosts compare it[\s\S]*os-release\.html#ID=/,
  );
  assert.match(hover(...split("ID=fl$0atcar\n"))?.markdown ?? "", /Flatcar Container Linux/);
  assert.match(hover(...split("ARCHITECTURE=arm$064\n"))?.markdown ?? "", /aarch64/);
  assert.match(hover(...split("EXTENSION_RE$0LOAD_MANAGER=1\n"))?.markdown ?? "", /Requires systemd 255/);
  assert.equal(hover(...split("VENDOR_KEY$0=1\n")), undefined);
  assert.equal(hover(...split("# ID$0\n")), undefined);
});

test("hover tells what a word of a list and a boolean mean", () => {
  const found = hover(...split('SYSEXT_SCOPE="system in$0itrd"\n'));
  assert.deepEqual(found?.span, { start: 21, end: 27 });
  assert.match(found?.markdown ?? "", /^`initrd`: .*RAM disk/);
  assert.equal(hover(...split("EXTENSION_RELOAD_MANAGER=T$0rue\n"))?.markdown, "`True`: yes");
  assert.equal(hover(...split("SYSEXT_SCOPE=syst$0m\n")), undefined);
});

test("a key about the extension itself is not taken for the host's", () => {
  const markdown = (marked: string): string => hover(...split(marked))?.markdown ?? "";
  assert.match(markdown("SYSEXT_HOME$0_URL=x\n"), /As "HOME_URL".*extension itself[\s\S]*254[\s\S]*#HOME_URL=/);
  assert.match(markdown("CONFEXT_I$0D=x\n"), /ID of the extension itself[\s\S]*#ID=/);
  assert.match(markdown("SYSEXT_LEV$0EL=1\n"), /Hosts compare it[\s\S]*#SYSEXT_LEVEL=/);
  assert.equal(markdown("SYSEXT_SYSEXT_LEV$0EL=1\n"), "");
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

test("versions and levels of known hosts with the file's ID are offered", () => {
  const labels = (text: string) => complete(text, text.length, {}).map(({ label, detail }) => `${label} ${detail}`);
  assert.deepEqual(labels("ID=debian\nVERSION_ID="), ["13 Debian 13", "12 Debian 12"]);
  assert.deepEqual(labels("ID=flatcar\nSYSEXT_LEVEL="), ["1.0 Flatcar stable, Flatcar LTS"]);
  assert.deepEqual(labels("ID=_any\nVERSION_ID="), []);
});
