import assert from "node:assert/strict";
import { test } from "node:test";
import { imageAuthority, imageOfAuthority } from "./image-authority.ts";

test("an image's URI comes back from its authority, in either case", () => {
  const uri = "file:///tmp/My%20image.raw#partition%3D2";
  assert.equal(imageAuthority("file:"), "66696c653a");
  assert.equal(imageOfAuthority(imageAuthority(uri)), uri);
  assert.equal(imageOfAuthority(imageAuthority(uri).toUpperCase()), uri);
});

test("characters outside ASCII are encoded first, and halves of surrogate pairs do not throw", () => {
  assert.equal(imageOfAuthority(imageAuthority("file:///\u00e4\t")), "file:///%C3%A4\t");
  assert.equal(imageOfAuthority(imageAuthority("\ud800")), "%EF%BF%BD");
});

test("what is not pairs of hexadecimal digits of ASCII names no image", () => {
  for (const authority of ["", "6", "666", "zz", "80", "ff", "66 66", "66zz"]) {
    assert.equal(imageOfAuthority(authority), undefined, authority);
  }
  assert.equal(imageOfAuthority("7f"), "\x7f");
});
