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
  await assert.rejects(reader.take(7), { kind: "corrupt", message: /it is truncated/ });
  assert.throws(() => reader.skip(7), { kind: "corrupt" });
});

test("a read that goes on is twice as long as the last one, up to 256 KiB, and one behind a jump is 16 KiB", async () => {
  const { reads, reader } = noted();
  while (reader.position < 700_000) await reader.take(1000);
  reader.skip(200_000);
  await reader.take(1);
  const lengths = reads.map(([, length]) => length);
  assert.deepEqual(lengths.slice(0, 4), [32_768, 65_536, 131_072, 262_144]);
  assert.equal(Math.max(...lengths), 262_144);
  assert.deepEqual(reads.at(-1), [reader.position - 1, 16_384]);
});

test("whoever asks is told how far the source was read, and what is aborted ends", async () => {
  const heard: number[] = [];
  const stop = new AbortController();
  const reader = sequentialReader(memorySource(bytes), stop.signal, (position) => heard.push(position));
  await reader.take(10);
  await reader.take(10);
  assert.deepEqual(heard, [32_768]);
  assert.deepEqual([reader.position, reader.left, reader.atEnd], [20, 999_980, false]);
  stop.abort();
  await assert.rejects(reader.take(100_000), { name: "AbortError" });
});

test("a read up to the last byte is whole, and one back is there again", async () => {
  const { reader } = noted();
  reader.skip(bytes.length - 3);
  assert.deepEqual(await reader.take(3), bytes.subarray(-3));
  assert.equal(reader.atEnd, true);
  assert.deepEqual(await reader.peek(0), new Uint8Array(0));
  reader.back(3);
  assert.deepEqual(reader.peekAtOnce(3), bytes.subarray(-3));
  reader.back(1);
  assert.equal(reader.takeAtOnce(1), undefined);
});
