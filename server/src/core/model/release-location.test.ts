import assert from "node:assert/strict";
import { test } from "node:test";
import { baseOfName, nameOfImage, nameOfPlace } from "./extension-name.ts";
import { locateRelease, releasePath } from "./release-location.ts";

test("a release file lies in the folder of its class, however deep the tree is", () => {
  const path = "usr/lib/extension-release.d/extension-release.demo";
  assert.deepEqual(locateRelease(path), { root: "", path, location: "sysext", suffix: "demo" });
  assert.deepEqual(locateRelease(`/a/b/${path}`), { root: "/a/b", path, location: "sysext", suffix: "demo" });
  assert.deepEqual(locateRelease("/a/etc/extension-release.d/extension-release.x.y"), {
    root: "/a",
    path: "etc/extension-release.d/extension-release.x.y",
    location: "confext",
    suffix: "x.y",
  });
  for (const other of [
    `x${path}`,
    `${path}/x`,
    "usr/lib/extension-release.d/extension-release.",
    "usr/lib/extension-releasexd/extension-release.demo",
    "usr/lib/extension-release.d/extension-releasexdemo",
    "lib/extension-release.d/extension-release.demo",
  ]) {
    assert.equal(locateRelease(other), undefined, other);
  }
  assert.equal(releasePath("confext", "demo"), "etc/extension-release.d/extension-release.demo");
});

test("an extension is called as its folder, or as the one above where other tools keep trees", () => {
  assert.equal(nameOfPlace({ folder: "demo.sysext", parent: "x" }), "demo");
  assert.equal(nameOfPlace({ folder: "rootfs", parent: "demo" }), "demo");
  assert.equal(nameOfPlace({ folder: "rootfs" }), "rootfs");
  for (const folder of "files rootfs root tree mkosi.extra overlayfs sysext confext".split(" ")) {
    assert.equal(nameOfPlace({ folder, parent: "demo" }), "demo", folder);
  }
  assert.equal(nameOfPlace({ folder: "usr", parent: "demo" }), "usr");
  assert.equal(nameOfPlace({ folder: ".sysext" }), ".sysext");
});

test("an image's name has no ending and no class, and its base no version", () => {
  assert.equal(nameOfImage("demo.confext.raw"), "demo");
  assert.equal(nameOfImage("demo.raw.xz"), "demo.raw.xz");
  assert.equal(nameOfImage("demo.sysext.v1"), "demo.sysext.v1");
  assert.equal(baseOfName("demo_1.2_x86-64"), "demo");
  assert.equal(baseOfName("demo+1"), "demo");
  assert.equal(baseOfName("_demo"), "_demo");
});
