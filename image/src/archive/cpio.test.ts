// cpio archives made by hand: names, links, padding, and what follows the last entry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { openImage } from "../open-image.ts";
import { walkTree } from "../tree/walk.ts";

interface Entry {
  readonly name: string;
  readonly mode?: number;
  readonly content?: string;
  readonly inode?: number;
  readonly nlink?: number;
  readonly device?: readonly [major: number, minor: number];
}

function entryOf({ name, mode = 0o100644, content = "", inode = 1, nlink = 1, device = [0, 0] }: Entry): Buffer {
  const nameSize = Buffer.byteLength(name) + 1;
  const numbers = [inode, mode, 3, 4, nlink, 5, Buffer.byteLength(content), 0, 0, ...device, nameSize, 0];
  const header = `070701${numbers.map((number) => number.toString(16).padStart(8, "0")).join("")}`;
  const padded = (text: string) => text + "\0".repeat((4 - (Buffer.byteLength(text) % 4)) % 4);
  return Buffer.from(padded(`${header}${name}\0`) + padded(content));
}

const trailer = { name: "TRAILER!!!" };

function archiveOf(...entries: Entry[]): Buffer {
  return Buffer.concat([...entries, trailer].map(entryOf));
}

async function open(bytes: Uint8Array) {
  const { tree, facts } = await openImage(memorySource(bytes), {});
  const files: Record<string, string> = {};
  for await (const { path, type } of walkTree(tree, "")) {
    if (type === "file") files[path] = Buffer.from(await tree.read(path, 0, 100)).toString();
    else files[path] = type === "symlink" ? `-> ${await tree.readLink(path)}` : type;
  }
  return { tree, facts, files };
}

test("files, folders, links and devices are where their names say", async () => {
  const { tree, files, facts } = await open(
    archiveOf(
      { name: "usr", mode: 0o040755 },
      { name: "usr/a", content: "12345", mode: 0o104711 },
      { name: "usr/link", content: "a", mode: 0o120777 },
      { name: "dev", mode: 0o020600, device: [1, 3] },
    ),
  );
  assert.deepEqual(files, { dev: "char", usr: "directory", "usr/a": "12345", "usr/link": "-> a" });
  const { mode, uid, gid, mtime, size, nlink } = await tree.stat("usr/a");
  assert.deepEqual([mode, uid, gid, mtime, size, nlink], [0o4711, 3, 4, 5, 5, 1]);
  assert.equal((await tree.stat("dev")).rdev, 0x103);
  assert.deepEqual([facts.variant, facts.inodes], ["newc", 5]);
  assert.match(facts.warning ?? "", /^it is a cpio archive, which hosts do not accept; build an image from its files$/);
});

test("names of one inode are one file, with the content that comes with any of them", async () => {
  const linked = { inode: 9, nlink: 3 };
  const { tree, files } = await open(
    archiveOf(
      { name: "a", ...linked },
      { name: "b", ...linked, content: "both" },
      { name: "c", ...linked },
      { name: "other", inode: 9, content: "alone" },
    ),
  );
  assert.deepEqual(files, { a: "both", b: "both", c: "both", other: "alone" });
  const [a, c, other] = [await tree.stat("a"), await tree.stat("c"), await tree.stat("other")];
  assert.deepEqual([a.nlink, a.identity === c.identity, other.identity], [3, true, undefined]);
});

test("several archives follow each other, and what comes behind the last is named", async () => {
  const first = archiveOf({ name: "a", content: "1" });
  const second = archiveOf({ name: "a", content: "2" }, { name: "b", content: "3" });
  const whole = Buffer.concat([first, Buffer.alloc(512), second, Buffer.alloc(5000)]);
  const { files, facts } = await open(whole);
  assert.deepEqual(files, { a: "2", b: "3" });
  assert.equal(facts.bytesUsed, first.length + 512 + second.length);
  const more = await open(Buffer.concat([whole, Buffer.from("\x1f\x8b\x08 compressed", "latin1")]));
  assert.match(
    more.facts.warning ?? "",
    new RegExp(`from byte ${whole.length} on it is a file compressed with gzip, which is not shown$`),
  );
});

test("a name ends at its first zero, and an archive without its end is truncated", async () => {
  const { files } = await open(archiveOf({ name: "a\0b", content: "x" }));
  assert.deepEqual(files, { a: "x" });
  const whole = archiveOf({ name: "a", content: "1234" });
  for (const length of [50, 112, 115, whole.length - 124]) {
    await assert.rejects(
      open(whole.subarray(0, length)),
      { kind: "corrupt", message: /truncated|not valid/ },
      `${length}`,
    );
  }
});

for (const [what, entry, message] of [
  ["an empty name", { nameSize: 0 }, /a name of 0 bytes/],
  ["a name of more than 64 KiB", { nameSize: 65_537 }, /a name of 65537 bytes/],
  ["a symlink of more than 64 KiB", { mode: 0o120777, size: 65_537 }, /a symlink has 65537 bytes/],
  ["a type that there is none of", { mode: 0o030000 }, /has the mode/],
] as const) {
  test(`an entry with ${what} is damage`, async () => {
    const bytes = Buffer.concat([archiveOf({ name: "a", content: "x" }), Buffer.alloc(100_000)]);
    const { nameSize, mode, size } = { nameSize: 2, mode: 0o100644, size: 1, ...entry };
    for (const [at, value] of [
      [94, nameSize],
      [14, mode],
      [54, size],
    ] as const) {
      bytes.write(value.toString(16).padStart(8, "0"), at);
    }
    await assert.rejects(open(bytes), { kind: "corrupt", message });
  });
}
