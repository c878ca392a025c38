import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import { openFileSource } from "./file-source.ts";

test("a file gives its size and its bytes", async (t) => {
  const file = path.join(tempFolder(t), "file");
  writeFileSync(file, "0123456789");
  const source = await openFileSource(file);
  assert.equal(source.size, 10);
  assert.equal(Buffer.from(await source.read(3, 4)).toString(), "3456");
  await source.close();
});

test("a file that became shorter is an io error at the place where it ends", async (t) => {
  const file = path.join(tempFolder(t), "file");
  writeFileSync(file, "0123456789");
  const source = await openFileSource(file);
  truncateSync(file, 5);
  await assert.rejects(source.read(3, 4), { kind: "io", offset: 5, message: /was truncated/ });
  await source.close();
});

test("what is no file is told in words", async (t) => {
  const folder = tempFolder(t);
  await assert.rejects(openFileSource(path.join(folder, "nope")), { kind: "io", message: "no such file or folder" });
  await assert.rejects(openFileSource(folder), { kind: "io", message: "it is a folder; name an image file" });
});

test("a fifo is refused at once instead of waiting for a writer", async (t) => {
  if (process.platform === "win32") return;
  const fifo = path.join(tempFolder(t), "fifo");
  execFileSync("mkfifo", [fifo]);
  await assert.rejects(openFileSource(fifo), {
    kind: "io",
    message: "it is not a regular file; name an image file or a block device",
  });
});
