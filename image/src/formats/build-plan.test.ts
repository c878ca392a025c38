import assert from "node:assert/strict";
import { test } from "node:test";
import { buildPlan, checkedPlan, describePlan, formatOfPlan, optionsOfPlan } from "./build-plan.ts";
import type { WrittenOptions } from "./format-options.ts";

const usual = { format: "squashfs", hierarchies: ["usr"], compression: "gzip", level: 6, blockSize: 131_072 } as const;

const planOf = (sources: readonly WrittenOptions[], environment: Record<string, string> = {}) =>
  buildPlan({ hierarchies: ["usr"], sources, environment });

test("without any option the default is gzip 6 in blocks of 128 KiB", () => {
  assert.deepEqual(planOf([]), usual);
});

test("the first place that sets an option counts", () => {
  const project = { compression: "zstd", level: 19, blockSize: 4096 };
  assert.deepEqual(planOf([{}, project]), { ...usual, ...project });
  assert.deepEqual(planOf([{ level: "3" }, project]), { ...usual, ...project, level: 3 });
  assert.deepEqual(planOf([{ compression: "zstd" }]), { ...usual, compression: "zstd", level: 15 });
});

test("a level that was written for another compression does not count", () => {
  assert.deepEqual(planOf([{ compression: "gzip" }, { compression: "zstd", level: 19 }]), usual);
  assert.deepEqual(planOf([{ compression: "none" }, { level: 3 }]), { ...usual, compression: "none", level: 0 });
});

test("the first and the last valid number of a range are valid", () => {
  for (const level of [1, 9]) assert.equal(planOf([{ level }]).level, level);
  for (const level of ["1", "22"]) assert.equal(planOf([{ compression: "zstd", level }]).level, Number(level));
  for (const blockSize of [4096, 1_048_576]) assert.equal(planOf([{ blockSize }]).blockSize, blockSize);
});

test("SOURCE_DATE_EPOCH is part of the plan", () => {
  for (const seconds of [0, 4_294_967_295]) {
    assert.deepEqual(planOf([], { SOURCE_DATE_EPOCH: String(seconds) }), { ...usual, sourceDateEpoch: seconds });
  }
  assert.deepEqual(planOf([], { SOURCE_DATE_EPOCH: "" }), usual);
});

const refused: readonly [WrittenOptions, string | undefined, string][] = [
  [{ format: "erofs" }, undefined, 'images of the format "erofs" cannot be built; use squashfs'],
  ...["xz", "toString", 7].map((compression): [WrittenOptions, undefined, string] => [
    { compression },
    undefined,
    `squashfs images cannot be built with the compression "${compression}"; use gzip, zstd or none`,
  ]),
  ...["0", "10", "best", "-1", "1.5"].map((level): [WrittenOptions, undefined, string] => [
    { level },
    undefined,
    `the compression level "${level}" is not valid for gzip; use 1 to 9`,
  ]),
  ...["0", "23"].map((level): [WrittenOptions, undefined, string] => [
    { compression: "zstd", level },
    undefined,
    `the compression level "${level}" is not valid for zstd; use 1 to 22`,
  ]),
  ...["128K", 5000, 2048, 2_097_152].map((blockSize): [WrittenOptions, undefined, string] => [
    { blockSize },
    undefined,
    `the block size "${blockSize}" is not valid; use a power of two from 4096 to 1048576`,
  ]),
  ...["-1", "1.5", "now", "4294967296"].map((epoch): [WrittenOptions, string, string] => [
    {},
    epoch,
    `the environment variable SOURCE_DATE_EPOCH is "${epoch}"; set it to a whole number of seconds since 1970, up to 4294967295`,
  ]),
];

for (const [options, epoch, message] of refused) {
  test(message, () => {
    const environment = epoch === undefined ? {} : { SOURCE_DATE_EPOCH: epoch };
    assert.throws(() => planOf([options], environment), { name: "ImageError", kind: "unsupported", message });
  });
}

test("a plan says what it makes, and gives its options back", () => {
  assert.equal(describePlan(usual), "squashfs, gzip 6");
  assert.deepEqual(optionsOfPlan(usual), { compression: "gzip", level: 6, blockSize: 131_072 });
  assert.deepEqual(optionsOfPlan(usual, "choice"), { compression: "gzip" });
  const plain = { ...usual, compression: "none", level: 0 } as const;
  assert.equal(describePlan(plain), "squashfs, not compressed");
  assert.deepEqual(optionsOfPlan(plain), { compression: "none", blockSize: 131_072 });
});

test("a plan from elsewhere is checked as options are, and keeps its time", () => {
  const plan = { ...usual, sourceDateEpoch: 7 };
  assert.deepEqual(checkedPlan(plan), plan);
  assert.throws(() => checkedPlan({ ...usual, level: 10 }), { message: /"10" is not valid for gzip/ });
});

test("a plan of a format that is not in the table is a fault of the program", () => {
  const plan = { ...usual, format: "other" };
  assert.throws(() => formatOfPlan(plan), TypeError);
  assert.throws(() => formatOfPlan(usual).describe(plan), TypeError);
});
