// The choices of a build are what was asked for first, and never what cannot be built.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type BuildOptions, buildChoices } from "./build-choices.ts";

const usual = { compression: "gzip", level: 6, blockSize: 131_072 };

test("gzip 6 in blocks of 128 KiB is what nobody has to ask for", () => {
  assert.deepEqual(buildChoices([], {}), usual);
});

test("an option counts before the project file", () => {
  const project = { compression: "zstd", level: 19, blockSize: 4096 };
  assert.deepEqual(buildChoices([{}, project], {}), project);
  assert.deepEqual(buildChoices([{ level: "3" }, project], {}), { ...project, level: 3 });
  assert.deepEqual(buildChoices([{ compression: "zstd" }], {}), { ...usual, compression: "zstd", level: 15 });
});

test("a level that was meant for another compression does not count", () => {
  const project = { compression: "zstd", level: 19 };
  assert.deepEqual(buildChoices([{ compression: "gzip" }, project], {}), usual);
});

test("SOURCE_DATE_EPOCH goes along", () => {
  assert.deepEqual(buildChoices([], { SOURCE_DATE_EPOCH: "0" }), { ...usual, sourceDateEpoch: 0 });
  assert.deepEqual(buildChoices([], { SOURCE_DATE_EPOCH: "" }), usual);
});

const refused: readonly [BuildOptions, string | undefined, string][] = [
  [
    { format: "erofs" },
    undefined,
    'the format "erofs" cannot be built; choose squashfs, with gzip, zstd or no compression',
  ],
  [{ compression: "xz" }, undefined, "images with xz cannot be built; choose gzip, zstd or none"],
  [{ compression: "toString" }, undefined, 'there is no compression "toString"; choose gzip, zstd or none'],
  [{ level: "10" }, undefined, 'the level "10" does not exist: gzip has 1 to 9'],
  [{ level: "best" }, undefined, 'the level "best" does not exist: gzip has 1 to 9'],
  [{ compression: "zstd", level: "0" }, undefined, 'the level "0" does not exist: zstd has 1 to 22'],
  [
    { blockSize: "128K" },
    undefined,
    'the block size "128K" is not possible: squashfs has powers of two from 4096 to 1048576',
  ],
  [
    { blockSize: 5000 },
    undefined,
    'the block size "5000" is not possible: squashfs has powers of two from 4096 to 1048576',
  ],
  ...["-1", "1.5", "now", "99999999999"].map((epoch): [BuildOptions, string, string] => [
    {},
    epoch,
    `the variable SOURCE_DATE_EPOCH is "${epoch}", and it has to be a whole number of seconds since 1970, up to 4294967295`,
  ]),
];

for (const [options, epoch, message] of refused) {
  test(message, () => {
    assert.throws(() => buildChoices([options], { SOURCE_DATE_EPOCH: epoch }), { name: "ImageError", message });
  });
}
