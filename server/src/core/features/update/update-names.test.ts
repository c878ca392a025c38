import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boundVersion,
  escapeSpecifiers,
  imagePattern,
  type NamedExtension,
  patternFault,
  updatePlaces,
  versionedName,
  versionFault,
} from "./update-names.ts";

function named(name: string, release: Readonly<Record<string, string>> = {}): NamedExtension {
  return { name, class: "sysext", release: new Map(Object.entries(release)) };
}

test("the pattern and the name of a version have what the extension is bound to", () => {
  const fedora = named("demo", { ID: "fedora", VERSION_ID: "42", ARCHITECTURE: "arm64" });
  assert.equal(imagePattern(fedora), "demo-@v-%w-%a.raw");
  assert.equal(versionedName(fedora, "1.2"), "demo-1.2-42-arm64.raw");
  const any = named("demo", { ID: "_any", VERSION_ID: "42", ARCHITECTURE: "" });
  assert.equal(boundVersion(any), undefined);
  assert.equal(imagePattern(any), "demo-@v.raw");
  assert.equal(versionedName(any, "1.2"), "demo-1.2.raw");
  assert.equal(imagePattern({ name: "demo", class: "sysext" }), "demo-@v.raw");
});

test("signs that mean something in patterns stand for themselves in names, each of them", () => {
  assert.equal(imagePattern(named("a@b@c%d%e")), "a@@b@@c%%d%%e-@v.raw");
  assert.equal(escapeSpecifiers("%a%%"), "%%a%%%%");
  assert.equal(versionedName(named("a@b%c"), "1"), "a@b%c-1.raw");
});

test("a name that no pattern can have is refused with its sign", () => {
  assert.equal(patternFault(named("demo")), undefined);
  assert.match(patternFault(named("a*b")) ?? "", /"\*"/);
  assert.match(patternFault(named("a b")) ?? "", /" "/);
  assert.match(patternFault(named("")) ?? "", /has no name/);
});

test("versions are those of systemd-sysupdate", () => {
  assert.equal(versionFault("1.2", 257), undefined);
  for (const version of ["", "1 2", "1/2"]) assert.ok(versionFault(version, 257), version);
  assert.ok(versionFault("1~2", 261));
  assert.equal(versionFault("1~2", 262), undefined);
});

test("each class, and Flatcar, has places of its own", () => {
  assert.deepEqual(updatePlaces(named("demo", { ID: "debian" })), {
    store: "var/lib/extensions.d/demo",
    symlink: "var/lib/extensions/demo.raw",
  });
  assert.deepEqual(updatePlaces(named("demo", { ID: "flatcar" })), {
    store: "opt/extensions/demo",
    symlink: "etc/extensions/demo.raw",
  });
  assert.deepEqual(updatePlaces({ ...named("demo", { ID: "flatcar" }), class: "confext" }), {
    store: "var/lib/confexts.d/demo",
    symlink: "var/lib/confexts/demo.raw",
  });
});
