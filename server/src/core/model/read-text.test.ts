// Texts of a tree: bytes that are no UTF-8 become signs for them, and what cannot be read says nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { listFiles, listOrNothing, readText } from "./read-text.ts";

test("texts are decoded as editors do, whatever their bytes are", async () => {
  const cases: readonly (readonly number[])[] = [
    [0x41, 0x7f],
    [0xc2, 0x80, 0xdf, 0xbf],
    [0xe0, 0xa0, 0x80, 0xef, 0xbf, 0xbf],
    [0xf0, 0x90, 0x80, 0x80, 0xf4, 0x8f, 0xbf, 0xbf],
    [0x80],
    [0xbf, 0x41],
    [0xc1, 0x41],
    [0xc2],
    [0xc2, 0x41],
    [0xc2, 0xc0],
    [0xe2, 0x82, 0x41],
    [0xf5, 0x41],
    [0xff],
    [0xef, 0xbb, 0xbf, 0x41],
  ];
  for (const bytes of cases) {
    const tree = memoryTree({ a: new Uint8Array(bytes) });
    const text = (await readText(tree, "a")) ?? "";
    const decoded = new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array(bytes));
    // A sign for each odd byte, where the decoder has one for several.
    assert.equal(text.replaceAll(/\ufffd+/g, "\ufffd"), decoded.replaceAll(/\ufffd+/g, "\ufffd"), bytes.join(" "));
    assert.equal([...text].filter((sign) => sign === "\ufffd").length > 0, decoded.includes("\ufffd"));
  }
});

test("surrogates and numbers beyond the last sign are odd bytes", async () => {
  for (const bytes of [
    [0xed, 0xa0, 0x80],
    [0xed, 0xbf, 0xbf],
    [0xf4, 0x90, 0x80, 0x80],
  ]) {
    assert.match((await readText(memoryTree({ a: new Uint8Array(bytes) }), "a")) ?? "", /^\ufffd+$/);
  }
  assert.equal(
    await readText(memoryTree({ a: new Uint8Array([0xed, 0x9f, 0xbf, 0xee, 0x80, 0x80]) }), "a"),
    "\ud7ff\ue000",
  );
});

test("long texts are cut, and what is not there has no text and no names", async () => {
  const tree = memoryTree({ "d/b": "abc", "d/a": { target: "b" }, "d/c/x": "" });
  assert.deepEqual([await readText(tree, "d/b", 2), await readText(tree, "d/x")], ["ab", undefined]);
  assert.deepEqual(await listFiles(tree, "d"), ["a", "b"]);
  assert.deepEqual([await listFiles(tree, "x"), await listOrNothing(tree, "x")], [[], []]);
  assert.equal((await listOrNothing(tree, "d")).length, 3);
});
