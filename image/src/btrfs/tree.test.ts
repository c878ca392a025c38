// Trees of btrfs: the items of a range come in order, and nodes that contradict their parents are damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { compareKeys, type Key, readKey } from "./key.ts";
import { treeReader } from "./tree.ts";

const nodeSize = 512;
const key = (object: number, type = 1, offset = 0): Key => ({ object, type, offset });

function keyBytes({ object, type, offset }: Key): Buffer {
  const bytes = Buffer.alloc(17);
  bytes.writeBigUInt64LE(BigInt(object), 0);
  bytes.writeUInt8(type, 8);
  bytes.writeBigUInt64LE(BigInt(offset), 9);
  return bytes;
}

function nodeOf(logical: number, level: number, entries: readonly (readonly [Key, string | number])[]): Buffer {
  const node = Buffer.alloc(nodeSize);
  node.writeBigUInt64LE(BigInt(logical), 48);
  node.writeUInt32LE(entries.length, 96);
  node.writeUInt8(level, 100);
  let end = nodeSize;
  for (const [i, [own, content]] of entries.entries()) {
    const at = 101 + i * (level === 0 ? 25 : 33);
    keyBytes(own).copy(node, at);
    if (typeof content === "number") node.writeBigUInt64LE(BigInt(content), at + 17);
    else {
      end -= content.length;
      node.writeUInt32LE(end - 101, at + 17);
      node.writeUInt32LE(content.length, at + 21);
      node.write(content, end);
    }
  }
  return node;
}

/** Nodes one behind the other, by their numbers. */
function readerOf(...nodes: readonly Buffer[]) {
  return treeReader(
    memorySource(Buffer.concat(nodes)),
    { add: () => undefined, place: (logical) => logical * nodeSize },
    nodeSize,
  );
}

async function itemsOf(reader: ReturnType<typeof readerOf>, root: number, from: Key, to: Key): Promise<string[]> {
  const found: string[] = [];
  for await (const { data } of reader.range(root, from, to)) found.push(Buffer.from(data).toString());
  return found;
}

const tree = () =>
  readerOf(
    nodeOf(0, 1, [
      [key(1), 1],
      [key(5), 2],
    ]),
    nodeOf(1, 0, [
      [key(1), "one"],
      [key(3), "three"],
    ]),
    nodeOf(2, 0, [
      [key(5), "five"],
      [key(5, 2), "five, 2"],
      [key(5, 2, 9), "five, 2, 9"],
      [key(8), "eight"],
    ]),
  );

test("a range begins at its first key and ends before its last one, across nodes", async () => {
  const reader = tree();
  assert.deepEqual(await itemsOf(reader, 0, key(0), key(99)), [
    "one",
    "three",
    "five",
    "five, 2",
    "five, 2, 9",
    "eight",
  ]);
  assert.deepEqual(await itemsOf(reader, 0, key(3), key(5, 2)), ["three", "five"]);
  assert.deepEqual(await itemsOf(reader, 0, key(2), key(5)), ["three"]);
  assert.deepEqual(await itemsOf(reader, 0, key(5, 2, 1), key(8)), ["five, 2, 9"]);
  assert.deepEqual(await itemsOf(reader, 0, key(9), key(99)), []);
  assert.equal(Buffer.from((await reader.first(0, key(4), key(99)))?.data ?? []).toString(), "five");
  assert.equal(await reader.first(0, key(6), key(8)), undefined);
});

test("keys sort by object, type and offset, and are read from their places", () => {
  const sorted = [key(1, 9, 9), key(2, 1, 9), key(2, 2, 1), key(2, 2, 2)];
  assert.deepEqual(sorted.toReversed().sort(compareKeys), sorted);
  const bytes = keyBytes(key(2 ** 40, 228, 2 ** 33));
  assert.deepEqual(readKey(new DataView(bytes.buffer, bytes.byteOffset), 0), key(2 ** 40, 228, 2 ** 33));
});

for (const [what, nodes] of [
  ["at another address", [nodeOf(7, 0, [])]],
  ["of a level that there is none of", [nodeOf(0, 8, [])]],
  [
    "with more entries than fit",
    [
      nodeOf(
        0,
        0,
        Array.from({ length: 16 }, (_, i) => [key(i), ""] as const),
      ).fill(17, 96, 97),
    ],
  ],
  ["that leads to one of its own level", [nodeOf(0, 1, [[key(1), 1]]), nodeOf(1, 1, [])]],
  ["that leads to itself", [nodeOf(0, 1, [[key(1), 0]])]],
] as const) {
  test(`a node ${what} is damage`, async () => {
    await assert.rejects(itemsOf(readerOf(...nodes), 0, key(0), key(99)), { kind: "corrupt" });
  });
}

test("an item that ends with its node is right, and one that ends behind it is damage", async () => {
  const node = nodeOf(0, 0, [[key(1), "end"]]);
  assert.deepEqual(await itemsOf(readerOf(node), 0, key(0), key(9)), ["end"]);
  node.writeUInt32LE(4, 101 + 21);
  await assert.rejects(itemsOf(readerOf(node), 0, key(0), key(9)), { kind: "corrupt", message: /outside/ });
});
