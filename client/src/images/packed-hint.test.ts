// Whether an image came compressed is in its name, and it is said once of each.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPackedHint, isPacked } from "./packed-hint.ts";

test("the end of a name tells whether it is packed, in any case", () => {
  for (const path of ["/w/a.raw.zst", "/w/a.raw.XZ", "/w/a.raw.gz", "/w/a.gz"]) assert.ok(isPacked({ path }), path);
  for (const path of ["/w/a.raw", "/w/a.zst/b.raw", "/w/zst", "/w/a.zst.raw"]) assert.ok(!isPacked({ path }), path);
});

test("it is said once of each packed image", () => {
  const told: string[] = [];
  const hint = createPackedHint((name) => told.push(name));
  hint("file:///w/a.raw.zst", "/w/a.raw.zst");
  hint("file:///w/b.raw", "/w/b.raw");
  hint("file:///w/a.raw.zst", "/w/a.raw.zst");
  hint("file:///v/a.raw.zst", "/v/a.raw.zst");
  hint("file:///w/c%0A.raw.xz", "/w/c\n.raw.xz");
  assert.deepEqual(told, ["a.raw.zst", "a.raw.zst", "c\\x0a.raw.xz"]);
});
