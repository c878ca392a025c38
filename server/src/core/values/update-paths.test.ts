import assert from "node:assert/strict";
import { test } from "node:test";
import { offerAt, piecesIn, readSetting, repair, textsOf } from "../../../../test/support/value-reading.ts";

function checksIn(setting: string, text: string): string[] {
  return readSetting(setting, text).faults.map(({ check }) => check);
}

test("takes the addresses and folders that systemd-sysupdate takes", () => {
  for (const text of [
    ...["/srv", "/srv/", "/", "/srv/a b", "/srv/%", "/srv/%a", "%T/demo", "/srv/%a/x"],
    ...["http://a", "https://a b", "http://a/#x?y", "https://a/%a", "file:/a", "file://", "https:///x"],
  ]) {
    assert.deepEqual(checksIn("Source.Path", text), [], text);
  }
  for (const text of ["/srv/", "auto", "/dev/sda", "/"]) assert.deepEqual(checksIn("Target.Path", text), [], text);
  for (const text of ["demo.raw", "./demo", "a//b", "demo/", "/", "%M.raw"]) {
    assert.deepEqual(checksIn("Target.CurrentSymlink", text), [], text);
  }
  for (const text of ["https://a/@v", "https://a b", "http:///", "https://a/%a", "%T"]) {
    assert.deepEqual(checksIn("Transfer.ChangeLog", text), [], text);
  }
});

test("refuses the others", () => {
  for (const text of [
    ...["srv", "", "auto", "//srv", "/srv//a", "/srv/./a", "/srv/../a", "/srv/.", '"/srv"', "~/a", "srv/%a"],
    ...["http://", "ftp://a", "HTTPS://a", "a.com", "http://ä", "file:a", "https:/a", '"http://a"', "/srv/%a/../b"],
  ]) {
    assert.deepEqual(checksIn("Source.Path", text), ["transfer/path"], text);
  }
  for (const text of ["", "srv", "/srv/.", "https://a"]) {
    assert.deepEqual(checksIn("Target.Path", text), ["transfer/path"], text);
  }
  for (const text of ["../foo", "/foo/../x"])
    assert.deepEqual(checksIn("Target.CurrentSymlink", text), ["transfer/path"]);
  for (const text of ["ftp://a", "file:///a", "http://", "HTTP://a", "http://ä", "https:/x"]) {
    assert.deepEqual(checksIn("Transfer.ChangeLog", text), ["transfer/value"], text);
  }
});

test("repairs addresses and folders", () => {
  for (const [setting, wrong, right] of [
    ["Source.Path", "HTTPS://a", "https://a"],
    ["Source.Path", "www.example.com/demo", "https://www.example.com/demo"],
    ["Source.Path", '"/srv"', "/srv"],
    ["Source.Path", "srv/demo", "/srv/demo"],
    ["Target.Path", "/var//lib/./extensions.d/", "/var/lib/extensions.d"],
    ["Target.Path", "/srv/%a/../b", "/srv/%a/../b"],
    ["Target.CurrentSymlink", "/var/lib/../extensions/demo.raw", "/var/extensions/demo.raw"],
    ["Feature.Documentation", "<https://example.com>", "https://example.com"],
    ["Transfer.ChangeLog", "https:/example.com", "https://example.com"],
  ] as const) {
    assert.equal(repair(setting, wrong), right);
  }
});

test("tells the version in the address of a change log", () => {
  assert.deepEqual(piecesIn("Transfer.ChangeLog", "https://a/@v"), ["string https://a/@v", "variable @v"]);
  assert.deepEqual(piecesIn("Transfer.AppStream", "https://a/@v"), ["string https://a/@v"]);
});

test("offers beginnings", () => {
  assert.deepEqual(textsOf(offerAt("Source.Path", "h‸")), ["https://", "http://"]);
  assert.deepEqual(textsOf(offerAt("Target.Path", "‸")), ["auto", "/var/lib/extensions.d/", "/var/lib/confexts.d/"]);
  assert.deepEqual(textsOf(offerAt("Target.CurrentSymlink", "‸")), ["/var/lib/extensions/", "/var/lib/confexts/"]);
  assert.equal(offerAt("Target.Path", "/var/‸")?.around, "paths");
});

test("repairs nothing that has quotes, brackets or specifiers only in a part", () => {
  for (const text of ["http:<//a>", "<http://a>b", 'http:"//a"', '"http://a"b', '"/srv"b', 'a"/srv"']) {
    const [fault] = readSetting("Source.Path", text).faults;
    assert.equal(fault?.check, "transfer/path", text);
    assert.equal(fault?.replacements, undefined, text);
  }
  assert.deepEqual(checksIn("Source.Path", "a%T"), ["transfer/path"]);
  assert.deepEqual(checksIn("Transfer.ChangeLog", "a%T"), ["transfer/value"]);
});

test("repairs folders only where a known name stands at the beginning", () => {
  assert.equal(repair("Source.Path", "srv"), "/srv");
  for (const text of ["srvx/demo", "a/srv", "x srv/demo"]) {
    assert.equal(readSetting("Source.Path", text).faults[0]?.replacements, undefined, text);
  }
});
