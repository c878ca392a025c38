import assert from "node:assert/strict";
import { test } from "node:test";
import { type ImageKind, nameFault, readImageName, searchPath } from "./image-name.ts";

const nameOf = (fileName: string, kind: ImageKind, systemd: number) => {
  const named = readImageName(fileName, kind, systemd);
  return named.kind === "ignored" ? undefined : named.name;
};

test("a file is an image by its ending, which is not part of the name", () => {
  assert.deepEqual(readImageName("demo.raw", "file", 257), { kind: "image", name: "demo", raw: true });
  assert.deepEqual(readImageName("demo", "directory", 257), { kind: "image", name: "demo", raw: false });
  assert.deepEqual(readImageName("demo.raw", "block", 257), { kind: "image", name: "demo.raw", raw: true });
  assert.equal(nameOf("demo.raw.xz", "file", 257), undefined);
  assert.equal(nameOf("demo.rawx", "file", 257), undefined);
  assert.equal(nameOf(".raw", "file", 257), undefined);
});

test("the class is dropped from names since systemd 255, and only at their end", () => {
  assert.equal(nameOf("demo.sysext.raw", "file", 254), "demo.sysext");
  assert.equal(nameOf("demo.sysext.raw", "file", 255), "demo");
  assert.equal(nameOf("demo.confext", "directory", 255), "demo");
  assert.equal(nameOf("demo.sysext.old.raw", "file", 255), "demo.sysext.old");
  assert.equal(nameOf(".sysext.raw", "file", 255), ".sysext");
});

test("folders with versions are picked from since systemd 256", () => {
  assert.deepEqual(readImageName("demo.raw.v", "directory", 256), {
    kind: "versions",
    name: "demo",
    raw: true,
    suffix: ".raw",
  });
  assert.deepEqual(readImageName("demo.sysext.v", "directory", 256), {
    kind: "versions",
    name: "demo",
    raw: false,
    suffix: ".sysext",
  });
  assert.equal(nameOf("demo.raw.v", "directory", 255), "demo.raw.v");
});

test("layered folders and unfinished downloads are known since the systemd that has them", () => {
  assert.equal(nameOf("demo.mstack", "directory", 259), "demo.mstack");
  assert.equal(nameOf("demo.mstack", "directory", 260), "demo");
  assert.equal(nameOf(".sysupdate.demo.raw", "file", 260), ".sysupdate.demo");
  assert.equal(nameOf(".sysupdate.demo.raw", "file", 261), undefined);
  assert.equal(nameOf("a.sysupdate.demo.raw", "file", 261), "a.sysupdate.demo");
});

test("names have up to 255 characters, all of which show", () => {
  for (const name of ["a", "a".repeat(255), "a#b", "..a", "é", "a b"]) assert.equal(nameFault(name), undefined, name);
  for (const name of ["", "a".repeat(256), ".", "..", "a/b", ".#a", "a\tb", "a\ufffdb"]) {
    assert.notEqual(nameFault(name), undefined, JSON.stringify(name));
  }
});

test("the search path is that of the version and of the initrd", () => {
  const usual = ["etc/extensions", "run/extensions", "var/lib/extensions"];
  assert.deepEqual(searchPath("sysext", 253, false), [...usual, "usr/local/lib/extensions", "usr/lib/extensions"]);
  assert.deepEqual(searchPath("sysext", 254, false), usual);
  assert.deepEqual(searchPath("sysext", 257, true), [...usual, ".extra/sysext"]);
  assert.deepEqual(searchPath("sysext", 258, true), [...usual, ".extra/sysext", ".extra/global_sysext"]);
  const configuration = ["run/confexts", "var/lib/confexts", "usr/local/lib/confexts"];
  assert.deepEqual(searchPath("confext", 253, false), []);
  assert.deepEqual(searchPath("confext", 254, false), [...configuration, "usr/lib/confexts"]);
  assert.deepEqual(searchPath("confext", 255, true), configuration);
  assert.deepEqual(searchPath("confext", 256, true), [...configuration, ".extra/confext"]);
  assert.deepEqual(searchPath("confext", 258, true), [...configuration, ".extra/confext", ".extra/global_confext"]);
});
