// What an archive's entries leave when they are unpacked in their order.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { archiveTree, deviceNumber, type Member } from "./archive-tree.ts";

const source = memorySource(Buffer.from("0123456789"));
const facts = { mode: 0o644, uid: 1, gid: 2, mtime: 3, size: 0, content: { offset: 0 } };
const file = (size = 5): Member => ({ ...facts, type: "file", size, content: { offset: 2 } });
const folder: Member = { ...facts, type: "directory", mode: 0o700 };
const link = (target: string): Member => ({ ...facts, type: "symlink", target });

function build(entries: Readonly<Record<string, Member>>) {
  const files = archiveTree(source);
  for (const [name, member] of Object.entries(entries)) files.add(name, member);
  return files;
}

test("folders that have no entry are there, and one that comes later gives its facts", async () => {
  const { tree, count } = build({ "a/b/c": file(), a: folder });
  assert.equal(count, 4);
  assert.deepEqual([(await tree.stat("a")).mode, (await tree.stat("a/b")).mode], [0o700, 0o755]);
  assert.deepEqual(await tree.list("a/b"), [{ name: "c", type: "file" }]);
  assert.deepEqual(
    [(await tree.stat("")).nlink, (await tree.stat("a/b")).nlink, (await tree.stat("a/b/c")).size],
    [3, 2, 5],
  );
});

test("the last entry of a name counts, and a folder with files in it stays", async () => {
  const files = build({ a: file(1), b: folder, "c/x": file() });
  files.add("a", file(2));
  files.add("b", file(3));
  files.add("c", file(4));
  assert.equal(files.count, 5);
  assert.deepEqual([(await files.tree.stat("a")).size, (await files.tree.stat("b")).size], [2, 3]);
  assert.equal((await files.tree.stat("c")).type, "directory");
  assert.match(files.warnings().join(), /^1 of its entries are not shown/);
});

test("names stay inside: slashes in front, dots, and all up to the last two dots are dropped", async () => {
  const files = build({ "/a": file(), "./b/./c": file(), "../../d": file(), "x/../e": file() });
  const names = (await files.tree.list("")).map(({ name }) => name);
  assert.deepEqual(names, ["a", "b", "d", "e"]);
  assert.deepEqual(files.warnings(), ['2 of its names lead out of it with ".." and are shown inside it']);
});

test("symlinks among the folders of a name are followed inside, up to forty", async () => {
  const files = build({
    "real/x": folder,
    to: link("real"),
    up: link("../../real"),
    root: link("/real"),
    "to/1": file(),
  });
  files.add("up/2", file());
  files.add("root/x/3", file());
  assert.deepEqual(
    (await files.tree.list("real")).map(({ name }) => name),
    ["1", "2", "x"],
  );
  assert.deepEqual(
    (await files.tree.list("real/x")).map(({ name }) => name),
    ["3"],
  );
  const chain = archiveTree(source);
  for (let i = 0; i < 41; i++) chain.add(`l${i}`, link(`l${i + 1}`));
  assert.ok(chain.add("l1/file", file()));
  assert.equal(chain.add("l0/other", file()), undefined);
});

test("what is below a file is left out, and the root can only be a folder", () => {
  const files = build({ a: file() });
  assert.equal(files.add("a/b", file()), undefined);
  assert.equal(files.add(".", file()), undefined);
  assert.equal(files.add("./", folder), files.find(""));
  assert.match(files.warnings().join(), /^2 of its entries/);
});

test("another name of a file is the same file, which counts once", async () => {
  const files = build({ a: file(), other: file() });
  const node = files.find("a");
  assert.ok(node);
  assert.equal(files.link("d/b", node), true);
  assert.equal(files.link("other", node), true);
  assert.equal(files.count, 3);
  const [a, b] = [await files.tree.stat("a"), await files.tree.stat("d/b")];
  assert.equal(a.identity, b.identity);
  assert.deepEqual([a.identity === undefined, a.nlink], [false, 3]);
  assert.equal(files.link("", node), false);
  assert.equal(files.link("a/below", node), false);
  assert.equal(files.find("none"), undefined);
});

test("contents are read up to their end, and what is missing is an error of reading", async () => {
  const { tree } = build({ a: file(5), l: link("a") });
  assert.equal(Buffer.from(await tree.read("a", 1, 3)).toString(), "345");
  assert.equal(Buffer.from(await tree.read("a", 3, 99)).toString(), "56");
  assert.equal((await tree.read("a", 9, 9)).length, 0);
  assert.equal(await tree.readLink("l"), "a");
  assert.equal(await tree.storedSize?.("a"), 5);
  await assert.rejects(tree.read("l", 0, 1), { kind: "io", message: /symlink/ });
  await assert.rejects(tree.list("none"), { kind: "io", message: /no such file/ });
});

test("device numbers are in Linux's encoding", () => {
  assert.deepEqual([deviceNumber(1, 3), deviceNumber(259, 0x12345)], [0x103, 0x1231_0345]);
});
