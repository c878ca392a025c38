import assert from "node:assert/strict";
import { test } from "node:test";
import { isCalledAsUnit, looksLikeUnit } from "./loose-unit.ts";

function looks(text: string): boolean {
  const lines = text.split("\n");
  return looksLikeUnit({ count: lines.length, at: (line) => lines[line] ?? "" });
}

test("units and drop-ins are known by their names, in any folder", () => {
  for (const path of [
    "/home/me/foo.service",
    "/a/foo@.socket",
    "/a/foo.service.d/10-x.conf",
    "/a/foo-.mount.d/x.conf",
  ]) {
    assert.ok(isCalledAsUnit(path), path);
  }
});

test("names of other programs' files are no units' names", () => {
  const others = [
    ...["/a/login.feature", "/a/eth0.network", "/a/app.conf", "/a/nginx.d/app.conf", "/a/service", "/a/.service.txt"],
    "/usr/share/dbus-1/services/org.example.service",
    "/etc/containers/systemd/foo.service",
    "/a/foo.container.d/10.conf",
  ];
  for (const path of others) assert.ok(!isCalledAsUnit(path), path);
});

test("a header of a unit makes the difference", () => {
  assert.ok(looks("[Unit]\nDescription=x\n"));
  assert.ok(looks("# a comment\n\n  [Install]\n"));
  assert.ok(!looks("M 0 0 L 10 10\n"));
  assert.ok(!looks("Description=[Unit]\n"));
  assert.ok(!looks(""));
});

test("a service of D-Bus is no unit, whatever else stands in it", () => {
  assert.ok(!looks("[D-BUS Service]\nName=org.example\nExec=/bin/x\n"));
  assert.ok(!looks("[Unit]\n[D-BUS Service]\n"));
});

test("only the first lines are looked at", () => {
  assert.ok(looks(`${"\n".repeat(199)}[Unit]`));
  assert.ok(!looks(`${"\n".repeat(200)}[Unit]`));
});
