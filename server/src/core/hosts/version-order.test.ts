// Keys of versions sort as the versions do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomNumbers } from "../../../../test/support/random-numbers.ts";
import { compareVersions, newestFirst, versionKey } from "./version-order.ts";

const parts = [
  "0",
  "00",
  "1",
  "01",
  "9",
  "10",
  "122",
  "20260101",
  "a",
  "A",
  "ab",
  "abc",
  "rc",
  "z",
  "~",
  "-",
  "^",
  ".",
  "..",
  "_",
];

test("of two keys the lesser one is that of the older version", () => {
  const random = randomNumbers(7);
  const make = () => Array.from({ length: 1 + random(6) }, () => parts[random(parts.length)]).join("");
  let keyed = 0;
  for (let round = 0; round < 200_000; round++) {
    const [a, b] = [make(), make()];
    const [left, right] = [versionKey(a), versionKey(b)];
    if (left === undefined || right === undefined) continue;
    keyed += 1;
    const byKey = Number(left > right) - Number(left < right);
    assert.equal(byKey, Math.sign(compareVersions(a, b)), `${a} and ${b}`);
  }
  assert.ok(keyed > 10_000);
});

test("versions of odd forms have no key, and are sorted all the same", () => {
  for (const odd of ["", "1..2", "1.", ".1", "1_2", "1+2", "1~~2", "1".repeat(300)])
    assert.equal(versionKey(odd), undefined);
  const versions = ["1.10", "1.2_1", "1.9", "1..2", "1.2", "1.2~rc1"];
  assert.deepEqual(
    newestFirst(versions, (version) => version),
    versions.toSorted((a, b) => compareVersions(b, a)),
  );
});
