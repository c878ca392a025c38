// tar archives made by hand: what stands in front of a header counts for it, and holes are where maps say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { paxRecord, type TarEntry, tarEntry, tarOf } from "../../../test/images/memory-tar.ts";
import { memorySource } from "../bytes/byte-source.ts";
import { openImage } from "../open-image.ts";
import { walkTree } from "../tree/walk.ts";

async function open(bytes: Uint8Array) {
  const { tree, facts } = await openImage(memorySource(bytes), {});
  const files: Record<string, string> = {};
  for await (const { path, type } of walkTree(tree, "")) {
    if (type === "file") files[path] = Buffer.from(await tree.read(path, 0, 100)).toString();
    else files[path] = type === "symlink" ? `-> ${await tree.readLink(path)}` : type;
  }
  return { tree, facts, files };
}

const filesOf = async (...entries: TarEntry[]) => (await open(tarOf(...entries))).files;
const pax = (...records: string[]): TarEntry => ({ name: "pax", type: "x", content: records.map(paxRecord).join("") });
const everywhere = (...records: string[]): TarEntry => ({ ...pax(...records), type: "g" });

test("each type of an entry is a type of file", async () => {
  const files = await filesOf(
    { name: "0", content: "file" },
    { name: "7", type: "7", content: "contiguous" },
    { name: "1", type: "1", target: "0" },
    { name: "2", type: "2", target: "0" },
    { name: "3", type: "3" },
    { name: "4", type: "4" },
    { name: "5", type: "5" },
    { name: "6", type: "6" },
    { name: "D", type: "D", content: "list" },
    { name: "folder/", content: "" },
  );
  assert.deepEqual(files, {
    ...{ 0: "file", 1: "file", 2: "-> 0", 3: "char", 4: "block", 5: "directory", 6: "fifo", 7: "contiguous" },
    ...{ D: "directory", folder: "directory" },
  });
});

test("records count for the next entry alone, and those for all until others do", async () => {
  const files = await filesOf(
    everywhere("uid=7", "path=all"),
    pax("path=one"),
    { name: "a", content: "1" },
    { name: "b", content: "2" },
    pax("linkpath=one"),
    { name: "c", type: "2", target: "x" },
    pax("path=link"),
    { name: "d", type: "2", target: "x" },
  );
  assert.deepEqual(files, { all: "-> one", link: "-> x", one: "1" });
});

test("facts of records come before those of the header", async () => {
  const { tree, facts } = await open(
    tarOf(everywhere("gid=8"), pax("uid=7", "mtime=1.5", "SCHILY.xattr.user.x=y"), {
      name: "a",
      content: "1",
      mode: 0o4755,
    }),
  );
  const { uid, gid, mtime, mode } = await tree.stat("a");
  assert.deepEqual([uid, gid, mtime, mode], [7, 8, 1, 0o4755]);
  assert.deepEqual([...((await tree.xattrs("a")) ?? [])], [["user.x", Uint8Array.of(0x79)]]);
  assert.deepEqual([facts.variant, facts.inodes, facts.bytesUsed], ["pax", 2, 512 * 6]);
});

test("long names and targets of GNU count for one entry, and end at a zero", async () => {
  const long = "n".repeat(300);
  const files = await filesOf(
    { name: "long", type: "L", content: `${long}\0\0` },
    { name: "a", content: "1" },
    { name: "long", type: "K", content: `${long}\0` },
    { name: "b", type: "2", target: "c" },
    { name: "d", type: "2", target: "e" },
  );
  assert.deepEqual(files, { [long]: "1", b: `-> ${long}`, d: "-> e" });
});

test("an archive's name is its label, and links to what is not there are left out", async () => {
  const { facts, files } = await open(
    tarOf(
      { name: "My archive", type: "V" },
      { name: "a", type: "1", target: "none" },
      { name: "f", type: "5" },
      { name: "b", type: "1", target: "f" },
    ),
  );
  assert.deepEqual([facts.label, files, facts.variant], ["My archive", { f: "directory" }, "ustar"]);
  assert.match(facts.warning ?? "", /2 of its entries are not shown/);
});

for (const [what, entries] of [
  [
    "in records",
    [
      pax(
        "GNU.sparse.size=9",
        "GNU.sparse.offset=2",
        "GNU.sparse.numbytes=3",
        "GNU.sparse.offset=9",
        "GNU.sparse.numbytes=0",
      ),
      { name: "a", content: "abc" },
    ],
  ],
  ["in one record", [pax("GNU.sparse.size=9", "GNU.sparse.map=2,3,9,0"), { name: "a", content: "abc" }]],
  [
    "in front of the content",
    [
      pax("GNU.sparse.major=1", "GNU.sparse.name=a", "GNU.sparse.realsize=9"),
      { name: "other", content: `2\n2\n3\n9\n0\n${"\0".repeat(502)}abc` },
    ],
  ],
] as const satisfies readonly (readonly [string, readonly TarEntry[]])[]) {
  test(`a map of holes ${what} places the pieces`, async () => {
    const { tree, files } = await open(tarOf(...entries, { name: "z", content: "behind" }));
    assert.deepEqual(files, { a: "\0\0abc\0\0\0\0", z: "behind" });
    assert.deepEqual([(await tree.stat("a")).size, await tree.storedSize?.("a")], [9, 3]);
  });
}

test("a map of holes in GNU's header goes on in further blocks", async () => {
  const number = (value: number) => `${value.toString(8).padStart(11, "0")}\0`;
  const header = tarEntry({ name: "a", type: "S", content: "abcdef" });
  header.write("ustar  \0", 257);
  for (let i = 0; i < 4; i++) header.write(number(10 * i) + number(1), 386 + 24 * i);
  header[482] = 1;
  header.write(number(60), 483);
  header.write("        ", 148);
  header.write(
    `${header
      .subarray(0, 512)
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  const more = Buffer.alloc(512);
  more.write(number(40) + number(1) + number(50) + number(1) + number(60) + number(0), 0);
  const bytes = Buffer.concat([
    header.subarray(0, 512),
    more,
    header.subarray(512),
    tarOf({ name: "z", content: "behind" }),
  ]);
  const { files } = await open(bytes);
  const expected = ["a", "b", "c", "d", "e", "f"].map((letter) => letter + "\0".repeat(9)).join("");
  assert.deepEqual(files, { a: expected, z: "behind" });
});

test("a block of zeros ends the archive, and a part of one in several volumes is told", async () => {
  const bytes = Buffer.concat([tarEntry({ name: "a", content: "1" }), Buffer.alloc(512), tarEntry({ name: "b" })]);
  assert.deepEqual((await open(bytes)).files, { a: "1" });
  await assert.rejects(open(tarOf({ name: "a", type: "M" })), { kind: "unsupported", message: /multi-volume/ });
});

for (const [what, entries, message] of [
  ["of a map that ends too early", [pax("GNU.sparse.major=1"), { name: "a", content: "3\n1\n2\n" }], /truncated/],
  [
    "of a map that is no numbers",
    [pax("GNU.sparse.major=1"), { name: "a", content: "1\nx\n1\n".padEnd(512, "\0") }],
    /not valid/,
  ],
  [
    "of a map with numbers of 17 digits",
    [pax("GNU.sparse.major=1"), { name: "a", content: `${"1".repeat(17)}\n`.padEnd(512, "\0") }],
    /not valid/,
  ],
  [
    "of a map with more than two million numbers",
    [pax("GNU.sparse.major=1"), { name: "a", content: "1048577\n".padEnd(512, "\0") }],
    /too many|truncated/,
  ],
  ["of a negative size", [pax("size=-1"), { name: "a" }], /a file has -1 bytes/],
] as const satisfies readonly (readonly [string, readonly TarEntry[], RegExp])[]) {
  test(`a file ${what} is damage`, async () => {
    await assert.rejects(open(tarOf(...entries)), { kind: "corrupt", message });
  });
}
