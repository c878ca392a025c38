// Where images of versions lie: their names match the pattern of the transfer, and the symlink leads to them.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { matchPattern } from "../../updates/match-pattern.ts";
import { parsePattern } from "../../values/parse-pattern.ts";
import { imagePattern, type NamedExtension } from "./update-names.ts";
import { versionedLayout } from "./versioned-layout.ts";

function extension(name: string, release: Readonly<Record<string, string>> = {}): NamedExtension {
  return { name, class: "sysext", release: new Map(Object.entries(release)) };
}

function layout(named: NamedExtension, version: string) {
  const found = versionedLayout(named, version, 257);
  return "fault" in found ? assert.fail(found.fault) : found;
}

test("the symlink leads to the image, wherever the root is", () => {
  const all: readonly NamedExtension[] = [
    extension("demo"),
    extension("demo", { ID: "flatcar" }),
    { name: "demo", class: "confext" },
  ];
  for (const named of all) {
    const { image, symlink, target } = layout(named, "1.2");
    assert.equal(path.posix.join(path.posix.dirname(symlink), target), image);
    assert.equal(path.posix.basename(image), "demo-1.2.raw");
    assert.equal(path.posix.basename(symlink), "demo.raw");
  }
  assert.deepEqual(layout(extension("demo", { ARCHITECTURE: "arm64" }), "2"), {
    image: "var/lib/extensions.d/demo/demo-2-arm64.raw",
    symlink: "var/lib/extensions/demo.raw",
    target: "../extensions.d/demo/demo-2-arm64.raw",
  });
});

test("the transfer's pattern takes the version out of the name", () => {
  const release = { ID: "fedora", VERSION_ID: "44", ARCHITECTURE: "x86-64" };
  for (const version of ["1", "1.2-3", "5+1_a"]) {
    for (const named of [extension("d@m%o", release), extension("a-b", { ARCHITECTURE: "arm64" }), extension("c")]) {
      const expanded = imagePattern(named)
        .replace("%w", "44")
        .replace("%a", named.release?.get("ARCHITECTURE") ?? "")
        .replace("%%", "%");
      const pattern = parsePattern(expanded, { specifiers: false });
      const name = path.posix.basename(layout(named, version).image);
      const found = matchPattern(pattern, name, 257);
      assert.ok(found.matches, name);
      assert.equal(found.fields.v, version);
    }
  }
});

test("a version that systemd-sysupdate would not take is refused", () => {
  for (const version of ["", "1 2", "5:1", "1/2", "1~rc1"]) {
    assert.ok("fault" in versionedLayout(extension("demo"), version, 257), version);
  }
  assert.ok(!("fault" in versionedLayout(extension("demo"), "1~rc1", 262)));
});
