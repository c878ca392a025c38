// Files that appear under their name when they are complete, and leave nothing behind when they are not.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import { createAtomicFile, temporaryFile } from "./atomic-file.ts";

test("a file has its name and all of its bytes after its commit only", async (t) => {
  const folder = tempFolder(t);
  const target = path.join(folder, "file");
  writeFileSync(target, "older");
  const file = await createAtomicFile(target);
  await file.write(3, Buffer.from("def"));
  await file.write(0, Buffer.from("abc"));
  assert.equal(readFileSync(target, "utf8"), "older");
  assert.equal(readdirSync(folder).length, 2);
  await file.commit();
  await file.discard();
  assert.equal(readFileSync(target, "utf8"), "abcdef");
  assert.deepEqual(readdirSync(folder), ["file"]);
  if (process.platform !== "win32") assert.equal(statSync(target).mode & 0o777, 0o644 & ~process.umask());
});

test("a discarded file leaves nothing behind", async (t) => {
  const folder = tempFolder(t);
  const file = await createAtomicFile(path.join(folder, "file"), path.join(folder, "temporary"));
  await file.write(0, Buffer.from("abc"));
  assert.deepEqual(readdirSync(folder), ["temporary"]);
  await file.discard();
  await file.discard();
  assert.deepEqual(readdirSync(folder), []);
  await assert.rejects(file.write(0, Buffer.from("abc")), { kind: "io", message: /^cannot write ".*file": / });
});

test("a file that cannot be begun or get its name is an io error that names it", async (t) => {
  const folder = tempFolder(t);
  const message = (name: string) => RegExp(`^cannot write "${path.join(folder, name).replaceAll("\\", "\\\\")}": `);
  await assert.rejects(createAtomicFile(path.join(folder, "none/file")), { kind: "io", message: message("none/file") });
  writeFileSync(path.join(folder, "taken"), "somebody's");
  const taken = createAtomicFile(path.join(folder, "file"), path.join(folder, "taken"));
  await assert.rejects(taken, { kind: "io", message: message("file") });
  mkdirSync(path.join(folder, "folder/inner"), { recursive: true });
  const file = await createAtomicFile(path.join(folder, "folder"));
  await assert.rejects(file.commit(), { kind: "io", message: message("folder") });
  assert.deepEqual(readdirSync(folder).sort(), ["folder", "taken"]);
});

test("a temporary name is new, hidden, and in the same folder", () => {
  const names = [temporaryFile("/some/file"), temporaryFile("/some/file")];
  for (const name of names) assert.match(name.replaceAll("\\", "/"), /^\/some\/\.#file\.[0-9a-f]{12}$/);
  assert.notEqual(names[0], names[1]);
});
