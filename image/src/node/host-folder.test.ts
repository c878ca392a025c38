import assert from "node:assert/strict";
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { tempFolder } from "../../../test/support/tools.ts";
import { hostFolder } from "./host-folder.ts";

test("entries come in the order of their bytes, with their types", async (t) => {
  const folder = tempFolder(t);
  for (const name of ["b", "a", "B", "\u{1f600}", "\uff5e"]) writeFileSync(path.join(folder, name), name);
  mkdirSync(path.join(folder, "dir"));
  symlinkSync("a", path.join(folder, "link"));
  assert.deepEqual(await hostFolder(folder).list(""), [
    { name: "B", type: "file" },
    { name: "a", type: "file" },
    { name: "b", type: "file" },
    { name: "dir", type: "directory" },
    { name: "link", type: "symlink" },
    { name: "\uff5e", type: "file" }, // U+FF5E sorts before U+1F600 by bytes, though not by UTF-16 units
    { name: "\u{1f600}", type: "file" },
  ]);
});

test("names that are not UTF-8 can be listed, read and told apart", async (t) => {
  const folder = tempFolder(t);
  for (const byte of [0xfe, 0xff]) {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/odd`), Buffer.from([byte])]), `${byte}`);
  }
  const tree = hostFolder(folder);
  const names = (await tree.list("")).map(({ name }) => name);
  assert.deepEqual(names, ["odd\udcfe", "odd\udcff"]);
  const contents = await Promise.all(names.map((name) => tree.read(name, 0, 10)));
  assert.deepEqual(
    contents.map((bytes) => Buffer.from(bytes).toString()),
    ["254", "255"],
  );
});

test("names of one file share an identity, others have none", async (t) => {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "one"), "");
  linkSync(path.join(folder, "one"), path.join(folder, "two"));
  writeFileSync(path.join(folder, "alone"), "");
  const tree = hostFolder(folder);
  const [one, two, alone] = await Promise.all(["one", "two", "alone"].map((name) => tree.stat(name)));
  assert.ok(one?.identity !== undefined && one.identity === two?.identity);
  assert.equal(alone?.identity, undefined);
});

test("where the host keeps no executable bits, programs are told by place and content", async (t) => {
  const folder = tempFolder(t);
  mkdirSync(path.join(folder, "usr/bin"), { recursive: true });
  mkdirSync(path.join(folder, "usr/share"));
  writeFileSync(path.join(folder, "usr/bin/plain"), "text");
  writeFileSync(path.join(folder, "usr/share/script"), "#!/bin/sh\n");
  writeFileSync(path.join(folder, "usr/share/program"), "\x7fELF\x02");
  writeFileSync(path.join(folder, "usr/share/notes"), "text");
  writeFileSync(path.join(folder, "usr/share/empty"), "");
  chmodSync(path.join(folder, "usr/share/notes"), 0o666);
  const tree = hostFolder(folder, { executableBits: false });
  const mode = async (name: string) => (await tree.stat(name)).mode;
  assert.equal(await mode("usr"), 0o755);
  assert.equal(await mode("usr/bin/plain"), 0o755);
  assert.equal(await mode("usr/share/script"), 0o755);
  assert.equal(await mode("usr/share/program"), 0o755);
  assert.equal(await mode("usr/share/notes"), 0o644);
  assert.equal(await mode("usr/share/empty"), 0o644);
});

test("reading goes as far as the file does", async (t) => {
  const folder = tempFolder(t);
  writeFileSync(path.join(folder, "file"), "0123456789");
  const tree = hostFolder(folder);
  assert.equal(Buffer.from(await tree.read("file", 8, 100)).toString(), "89");
  assert.equal((await tree.read("file", 20, 5)).length, 0);
  await assert.rejects(tree.read("gone", 0, 1), { kind: "io", message: 'cannot read "gone": no such file or folder' });
  await assert.rejects(tree.list("file"), { kind: "io" });
});
