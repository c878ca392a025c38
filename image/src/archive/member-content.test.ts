// Contents with holes: pieces come from where they lie, and maps that contradict themselves are damage.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memorySource } from "../bytes/byte-source.ts";
import { placePieces, readMember, type SparseMap, storedBytes } from "./member-content.ts";

const source = memorySource(Uint8Array.from({ length: 20 }, (_, i) => i));

test("pieces lie one behind the other, and empty ones are none", () => {
  const map: SparseMap = [
    [0, 2],
    [4, 0],
    [6, 3],
    [10, 0],
  ];
  assert.deepEqual(placePieces(map, 10, 5, 5), {
    pieces: [
      { start: 0, length: 2, offset: 5 },
      { start: 6, length: 3, offset: 7 },
    ],
  });
});

for (const [what, map, size, stored] of [
  ["a piece behind the file's end", [[8, 3]], 10, 9],
  [
    "more than is stored",
    [
      [0, 3],
      [5, 3],
    ],
    10,
    5,
  ],
  [
    "pieces over each other",
    [
      [0, 3],
      [2, 1],
    ],
    10,
    9,
  ],
  [
    "pieces in no order",
    [
      [5, 1],
      [0, 1],
    ],
    10,
    9,
  ],
  ["a negative length", [[5, -1]], 10, 9],
  ["a negative start", [[-1, 1]], 10, 9],
  ["a start that is no number", [[Number.NaN, 1]], 10, 9],
  ["a length that is no whole number", [[0, 0.5]], 10, 9],
] as const) {
  test(`a map with ${what} is damage`, () => {
    assert.throws(() => placePieces(map, size, 77, stored), { kind: "corrupt", offset: 77 });
  });
}

test("pieces that touch each other, the file's end and what is stored are right", () => {
  assert.deepEqual(
    placePieces(
      [
        [0, 4],
        [4, 6],
      ],
      10,
      0,
      10,
    ),
    {
      pieces: [
        { start: 0, length: 4, offset: 0 },
        { start: 4, length: 6, offset: 4 },
      ],
    },
  );
});

test("any range of a file with holes is its pieces between zeros", async () => {
  const content = placePieces(
    [
      [2, 3],
      [7, 2],
    ],
    12,
    10,
    5,
  );
  const whole = [0, 0, 10, 11, 12, 0, 0, 13, 14, 0, 0, 0];
  for (let at = 0; at <= 12; at++) {
    for (let length = 0; at + length <= 12; length++) {
      const bytes = await readMember(source, content, at, length);
      assert.deepEqual([...bytes], whole.slice(at, at + length), `${length} from ${at} on`);
    }
  }
  assert.equal(storedBytes(content, 12), 5);
});

test("a file in one piece is read from its offset on", async () => {
  assert.deepEqual([...(await readMember(source, { offset: 4 }, 2, 3))], [6, 7, 8]);
  assert.equal(storedBytes({ offset: 4 }, 9), 9);
  await assert.rejects(readMember(source, { offset: 15 }, 2, 4), { kind: "corrupt" });
});
