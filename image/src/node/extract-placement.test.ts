// Where entries go, and what is in their way there.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import { createPlacement } from "./extract-placement.ts";

test("a place is free where nothing is, and a folder that is there is filled", (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "usr"));
  for (const force of [false, true]) {
    const placement = createPlacement(folder, force);
    assert.equal(placement.take("usr", "directory"), "folder");
    assert.equal(placement.take("usr/file", "file"), "free");
    assert.deepEqual([placement.has("usr"), placement.has("usr/file"), placement.has("usr/none")], [true, true, false]);
  }
});

test("a file in the way is replaced with force only, at once by a folder and in the end by anything else", (t) => {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "file"), "older");
  symlinkSync("/etc", path.join(folder, "link"));
  const careful = createPlacement(folder, false);
  const refused = { reason: "there is already a file of this name", isThere: true };
  assert.deepEqual(careful.take("file", "file"), refused);
  assert.deepEqual(careful.take("link", "directory"), refused);
  const forced = createPlacement(folder, true);
  assert.equal(forced.take("file", "file"), "replace");
  assert.equal(readFileSync(path.join(folder, "file"), "utf8"), "older");
  assert.equal(forced.take("link", "directory"), "free");
  assert.deepEqual(readdirSync(folder), ["file"]);
});

test("a folder in the way of a file stays, with force as well", (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "usr"));
  const reason = { reason: "there is already a folder of this name; remove it" };
  for (const force of [false, true]) assert.deepEqual(createPlacement(folder, force).take("usr", "file"), reason);
});

test("only a folder is taken twice", (t) => {
  const folder = tempFolder(t);
  const placement = createPlacement(folder, true);
  const twice = { reason: "the image has two entries of this path, and only the first one is extracted" };
  assert.equal(placement.take("a", "directory"), "free");
  mkdirSync(path.join(folder, "a"));
  assert.equal(placement.take("a", "directory"), "folder");
  assert.deepEqual(placement.take("a", "file"), twice);
  assert.equal(placement.take("b", "file"), "free");
  writeFileSync(path.join(folder, "b"), "");
  assert.deepEqual(placement.take("b", "file"), twice);
  assert.deepEqual(placement.take("b", "directory"), twice);
});

test("a name that the folder takes for another one that was extracted is told, and does not count as there", (t) => {
  const folder = tempFolder(t);
  const placement = createPlacement(folder, true);
  placement.take("Read", "file");
  // As a folder does that does not tell case: both names lead to one file.
  for (const name of ["Read", "read"]) writeFileSync(path.join(folder, name), "");
  assert.deepEqual(placement.take("read", "file"), {
    reason: 'its name and that of "Read" are the same in this folder',
  });
  assert.deepEqual([placement.has("Read"), placement.has("read")], [true, false]);
});

test("what is put replaces the older one only when it is complete", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "usr"));
  writeFileSync(path.join(folder, "usr/file"), "older");
  const placement = createPlacement(folder, true);
  const target = path.join(folder, "usr/file");
  const failing = placement.put("usr/file", "replace", (file) => {
    assert.equal(path.dirname(file.toString()), path.join(folder, "usr"));
    writeFileSync(file, "half");
    throw new Error("no");
  });
  await assert.rejects(failing, /no/);
  assert.deepEqual([readdirSync(path.join(folder, "usr")), readFileSync(target, "utf8")], [["file"], "older"]);
  await placement.put("usr/file", "replace", async (file) => writeFileSync(file, "newer"));
  assert.deepEqual([readdirSync(path.join(folder, "usr")), readFileSync(target, "utf8")], [["file"], "newer"]);
});

test("what fails at a free place is left to whoever has the name by then", async (t) => {
  const folder = tempFolder(t);
  const failing = createPlacement(folder, false).put("file", "free", (file) => {
    writeFileSync(file, "somebody's");
    throw new Error("no");
  });
  await assert.rejects(failing, /no/);
  assert.deepEqual(readdirSync(folder), ["file"]);
});
