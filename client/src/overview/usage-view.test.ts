// Where the bytes go as the page shows it: shares of the current folder, and the folder above one that is gone.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countUsage, memoryTree } from "../../../image/src/index.ts";
import { plainWords } from "../say.ts";
import { countingView, usageView } from "./usage-view.ts";

const usage = await countUsage(
  memoryTree({ "usr/a": "x".repeat(7500), "usr/b": "x".repeat(2490), "usr/c": "x".repeat(9), "usr/d": "x" }),
  { signal: new AbortController().signal, pause: async () => undefined },
);

test("shares are percentages of the current folder", () => {
  const { level } = usageView(usage, { path: "usr", measure: "real" }, plainWords);
  assert.deepEqual(
    level?.children.map(({ name, share }) => [name, share]),
    [
      ["a", "75 %"],
      ["b", "25 %"],
      ["c", "< 0.1 %"],
      ["d", "< 0.1 %"],
    ],
  );
});

test("in place of a folder that is gone, the nearest one above it is shown", () => {
  const { crumbs } = usageView(usage, { path: "usr/gone/deeper", measure: "real" }, plainWords);
  assert.deepEqual(
    crumbs.map(({ path }) => path),
    ["", "usr"],
  );
});

test("while files are counted the page says how many there are so far", () => {
  const zoom = { path: undefined, measure: "real" } as const;
  assert.equal(countingView(0, zoom, plainWords).summary, "Counting…");
  assert.equal(countingView(1200, zoom, plainWords).summary, "Counting: 1\u202f200 files and folders so far…");
});
