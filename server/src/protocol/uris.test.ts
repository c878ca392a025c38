import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ancestorUri,
  comparableUri,
  descendantUri,
  fileNameOf,
  imageOfUri,
  imageRoot,
  imageRootOf,
  isImageRoot,
  isInImage,
  isTopFolder,
  pathOfUri,
  placeOfPath,
  placeOfTree,
} from "./uris.ts";

test("a URI's path is decoded, whatever its scheme and host", () => {
  assert.equal(pathOfUri("file:///c%3A/de%20mo"), "/c:/de mo");
  assert.equal(pathOfUri("file://host/share/a"), "/share/a");
  assert.equal(pathOfUri("vscode-remote://ssh-remote%2Bx/a?b#c"), "/a");
  assert.equal(pathOfUri("sysext-image://61/usr"), "/usr");
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

test("a file inside an image names its image, also after a relative link was followed", () => {
  const image = "file:///home/me/My%20Images/Demo.raw#partition%3D2";
  const root = imageRoot(image);
  const file = descendantUri(root, "usr/lib/a b#1");
  assert.ok(isInImage(file) && isInImage(root));
  assert.equal(imageOfUri(file), image);
  assert.equal(imageOfUri(new URL("../share/picture.png", file).href), image);
  assert.equal(imageOfUri(file.toLowerCase()), image, "editors write authorities in lower case");
  assert.equal(imageRootOf(file), root);
  assert.equal(pathOfUri(file), "/usr/lib/a b#1");
  assert.deepEqual(placeOfTree(root), { folder: "Demo" });
});

test("the URIs between a file inside an image and the image's root", () => {
  const root = imageRoot("file:///demo.raw");
  const file = descendantUri(root, "usr/lib/x");
  assert.equal(ancestorUri(file, 1), descendantUri(root, "usr/lib"));
  for (const count of [3, 4, 9]) assert.equal(ancestorUri(file, count), root);
  assert.equal(descendantUri(descendantUri(root, "usr"), "lib/x"), file);
  assert.deepEqual([root, file].map(isImageRoot), [true, false]);
  assert.ok(comparableUri(file).startsWith(`${comparableUri(root)}/`));
});

test("two spellings of an image's URI are one image", () => {
  const [plain, encoded] = ["file:///c:/\u00e4 b.raw#partition=1", "file:///c%3A/%C3%A4%20b.raw#partition%3D1"];
  assert.equal(comparableUri(imageRoot(plain)), comparableUri(imageRoot(encoded)));
});

test("what has an authority that names no image is inside none", () => {
  for (const uri of ["sysext-image:/usr", "sysext-image://zz/usr", "sysext-image://6/usr", "sysext-image:///usr"])
    assert.equal(imageOfUri(uri), undefined, uri);
});

test("a name is the last one of the path, decoded, and that of no path is empty", () => {
  assert.equal(fileNameOf("file:///a/b%20c.raw?x#y"), "b c.raw");
  assert.equal(fileNameOf("file:///a/b/"), "b");
  assert.equal(fileNameOf("untitled:x"), "");
  assert.deepEqual(placeOfTree("file:///place/demo"), { folder: "demo", parent: "place" });
});

test("bytes of a name that are not UTF-8 are percent-encoded twice, so that they come back", () => {
  assert.equal(descendantUri("file:///t", "a\udce9"), "file:///t/a%25E9");
  assert.equal(descendantUri("file:///t", "a\udc80\udcff"), "file:///t/a%2580%25FF");
  assert.equal(descendantUri("file:///t", "a\ud800"), "file:///t/a%EF%BF%BD");
});

test("what is above is cut name by name", () => {
  assert.equal(ancestorUri("file:///a/b/c", 2), "file:///a");
  assert.equal(isImageRoot("file:///"), false);
  assert.equal(isInImage("sysext-image://61"), true);
  assert.equal(isTopFolder(imageRoot("file:///x.raw")), false);
  assert.equal(comparableUri(`${imageRoot("file:///x.raw")}usr/`), comparableUri(`${imageRoot("file:///x.raw")}usr`));
});
