// Contents are searched as grep would, and what grep would not show is passed over and counted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type FileTree, type MemoryFiles, memoryTree } from "../../../image/src/index.ts";
import { type ContentHit, type ContentOptions, largeFile, newContentCounts, searchContents } from "./content-search.ts";
import { createTextMatcher } from "./text-matcher.ts";

const utf16 = Uint8Array.from([0xff, 0xfe, ...Buffer.from("eins\nzwei needle\n", "utf16le")]);
const files: MemoryFiles = {
  "a.txt": "first\nsecond needle here\r\nthird Needle needle\n",
  "b.bin": Uint8Array.from([...Buffer.from("\x7fELF\0\0needle\0tail")]),
  "c.latin1": Uint8Array.from([...Buffer.from("caf\xe9 needle\n", "latin1")]),
  "d.utf16": utf16,
  empty: "",
};

async function search(
  tree: FileTree,
  text: string,
  options: Partial<ContentOptions> = {},
): Promise<{ hits: ContentHit[]; counts: ReturnType<typeof newContentCounts> }> {
  const matcher = createTextMatcher({ text, matchCase: true, wholeWord: false, regex: false });
  const counts = newContentCounts();
  const names = (await tree.list("")).map(({ name }) => name);
  const hits: ContentHit[] = [];
  const all = searchContents(tree, names, matcher, { everything: false, max: 1000, counts, ...options });
  for await (const some of all) hits.push(...some);
  return { hits, counts };
}

test("hits have line, column and text, in any encoding with a mark", async () => {
  const { hits, counts } = await search(memoryTree(files), "needle");
  assert.deepEqual(
    hits.map(({ path, line, column, text }) => `${path}:${line}:${column}:${text}`),
    [
      "a.txt:1:7:second needle here",
      "a.txt:2:13:third Needle needle",
      "c.latin1:0:5:caf\ufffd needle",
      "d.utf16:1:5:zwei needle",
    ],
  );
  assert.deepEqual(counts, { searched: 4, binary: 1, large: 0, unread: 0 });
});

test("what is no text is searched when it is asked for, and tells the byte", async () => {
  const { hits } = await search(memoryTree(files), "needle", { everything: true });
  assert.deepEqual(
    hits.filter(({ offset }) => offset !== undefined),
    [{ path: "b.bin", line: 0, column: 0, length: 6, text: ".ELF..needle.tail", offset: 6 }],
  );
});

test("a large file is passed over, or searched to its end with the right lines", async () => {
  const line = `${"x".repeat(99)}\n`;
  const count = Math.ceil((2 * largeFile) / 100);
  const large = memoryTree({ large: Buffer.from(`${line.repeat(count)}the needle`) });
  const passed = await search(large, "needle");
  assert.deepEqual([passed.hits.length, passed.counts.large], [0, 1]);
  const { hits } = await search(large, "needle", { everything: true });
  assert.deepEqual(
    hits.map(({ line, column }) => [line, column]),
    [[count, 4]],
  );
});

test("a line of a megabyte shows the part that the match is in", async () => {
  const { hits } = await search(memoryTree({ long: `${"a".repeat(1_000_000)}needle${"b".repeat(1000)}` }), "needle");
  assert.equal(hits[0]?.column, 1_000_000);
  assert.match(hits[0]?.text ?? "", /^a{60}needleb+$/);
});

test("a file that cannot be read is counted, and the others are searched", async () => {
  const tree = memoryTree(files);
  const broken: FileTree = {
    ...tree,
    read: (path, ...range) => (path === "a.txt" ? Promise.reject(new Error("damaged")) : tree.read(path, ...range)),
  };
  const { hits, counts } = await search(broken, "needle");
  assert.deepEqual([hits.length, counts.unread], [2, 1]);
});

test("a search ends with the hits that are wanted, and at once for whoever cancels", async () => {
  const many = memoryTree(Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`f${at}`, "needle\n"])));
  const { hits } = await search(many, "needle", { max: 10 });
  assert.ok(hits.length >= 10 && hits.length < 1000, String(hits.length));
  const control = new AbortController();
  control.abort();
  await assert.rejects(search(many, "needle", { signal: control.signal }), { name: "AbortError" });
});

test("one file with many hits does not drown the others", async () => {
  const { hits } = await search(memoryTree({ a: "needle\n".repeat(10_000), b: "needle" }), "needle");
  assert.equal(hits.at(-1)?.path, "b");
});
