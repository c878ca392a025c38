import assert from "node:assert/strict";
import { test } from "node:test";
import { ancestorUri, comparableUri, descendantUri, isTopFolder, pathOfUri, placeOfPath } from "./uris.ts";

test("a URI's path is decoded, whatever its scheme and host", () => {
  assert.equal(pathOfUri("file:///c%3A/de%20mo"), "/c:/de mo");
  assert.equal(pathOfUri("file://host/share/a"), "/share/a");
  assert.equal(pathOfUri("vscode-remote://ssh-remote%2Bx/a?b#c"), "/a");
  assert.equal(pathOfUri("sysext-image:/usr?image"), "/usr");
});

test("what has no path is told, not thrown", () => {
  for (const uri of ["", "x", "untitled:Untitled-1", "file:///%zz", "file:"]) assert.equal(pathOfUri(uri), undefined);
});

test("drives, roots and what is no folder are the top", () => {
  const tops = ["file://", "file:///", "file:///c%3A", "file:///C:/", "file://host", "untitled:x", ""];
  assert.deepEqual(
    tops.filter((uri) => !isTopFolder(uri)),
    [],
  );
  const others = ["file:///usr", "file:///c%3A/demo", "file://host/share", "vscode-remote://x/y"];
  assert.deepEqual(others.filter(isTopFolder), []);
});

test("URIs above and below keep host and encoding", () => {
  assert.equal(ancestorUri("file://host/a%20b/c?d#e/f", 1), "file://host/a%20b");
  assert.equal(descendantUri("file:///c%3A/x", "usr/a b#%"), "file:///c%3A/x/usr/a%20b%23%25");
});

test("spellings of one URI are equal", () => {
  assert.equal(comparableUri("file:///c%3A/a%2Bb"), comparableUri("file:///c:/a+b"));
  assert.equal(comparableUri("file:///%zz"), "file:///%zz");
});

test("a place is the folder's name with that of the one above it", () => {
  assert.deepEqual(placeOfPath("/a/b/"), { folder: "b", parent: "a" });
  assert.deepEqual(placeOfPath("/b"), { folder: "b" });
  assert.deepEqual(placeOfPath("/"), { folder: "" });
});
