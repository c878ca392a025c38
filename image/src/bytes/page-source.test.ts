import assert from "node:assert/strict";
import { test } from "node:test";
import type { ByteSource } from "./byte-source.ts";
import { pageSource } from "./page-source.ts";

const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7) >> 3);

function countedSource(): ByteSource & { reads: number } {
  return {
    size: content.length,
    reads: 0,
    async read(offset, length) {
      this.reads += 1;
      assert.ok(offset + length <= content.length, "read behind the end");
      return content.subarray(offset, offset + length);
    },
  };
}

test("many small reads cost few large ones", async () => {
  const source = countedSource();
  const paged = pageSource(source);
  for (let at = 0; at + 10 <= 60_000; at += 10) await paged.read(at, 10);
  assert.equal(source.reads, 1);
});

test("a read across pages gives the same bytes, up to the end", async () => {
  const paged = pageSource(countedSource());
  for (const [offset, length] of [
    [65_530, 20],
    [10, 200_000],
    [299_990, 10],
    [65_536, 65_536],
    [0, 300_000],
  ] as const) {
    assert.deepEqual(await paged.read(offset, length), content.subarray(offset, offset + length));
  }
});

test("a page that ends where a read does is read alone, and the last page is as long as what is left", async () => {
  const reads: [number, number][] = [];
  const paged = pageSource({
    size: 70_000,
    async read(offset, length) {
      reads.push([offset, length]);
      return new Uint8Array(length);
    },
  });
  assert.equal((await paged.read(65_000, 536)).length, 536);
  assert.deepEqual(reads, [[0, 65_536]]);
  assert.equal((await paged.read(65_000, 537)).length, 537);
  assert.deepEqual(reads.slice(1), [[65_536, 4464]]);
  assert.equal(paged.size, 70_000);
});
