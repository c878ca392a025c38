import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "./byte-source.ts";
import { sequentialReader } from "./sequential-reader.ts";

const bytes = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 251);

/** A reader that notes each read of its source. */
function noted() {
  const reads: [number, number][] = [];
  const memory = memorySource(bytes);
  const source = {
    size: memory.size,
    read(offset: number, length: number) {
      reads.push([offset, length]);
      return memory.read(offset, length);
    },
  };
  return { reads, reader: sequentialReader(source) };
}

test("bytes come in order, whatever the pieces, and with few reads", async () => {
  const { reads, reader } = noted();
  const taken: number[] = [];
  for (let length = 1; reader.left >= length; length = (length * 7) % 5003) {
    taken.push(...(reader.takeAtOnce(length) ?? (await reader.take(length))));
  }
  taken.push(...(await reader.take(reader.left)));
  assert.ok(reader.atEnd);
  assert.deepEqual(Uint8Array.from(taken), bytes);
  assert.ok(reads.length < 12, `${reads.length} reads`);
});

test("what is skipped is not read, and less is read at once behind it", async () => {
  const { reads, reader } = noted();
  for (let i = 0; i < 9; i++) {
    assert.equal((await reader.take(1))[0], (i * 100_001) % 251);
    reader.skip(100_000);
  }
  assert.ok(reads.reduce((sum, [, length]) => sum + length, 0) < 300_000);
});

test("what is peeked at stays next, going back too, and the end is damage", async () => {
  const { reader } = noted();
  reader.skip(999_990);
  assert.equal(reader.peekAtOnce(1), undefined);
  assert.deepEqual(await reader.peek(2), bytes.subarray(999_990, 999_992));
  assert.deepEqual(await reader.take(4), bytes.subarray(999_990, 999_994));
  reader.back(2);
  assert.deepEqual(reader.takeAtOnce(2), bytes.subarray(999_992, 999_994));
  assert.equal(await reader.peek(7), undefined);
  await assert.rejects(reader.take(7), { kind: "corrupt", message: /it ends too early/ });
  assert.throws(() => reader.skip(7), { kind: "corrupt" });
});
