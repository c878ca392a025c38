// Tooltips say what ls would say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { factLines } from "./entry-facts.ts";

test("a file shows mode, owner, size, time and its further names", () => {
  const lines = factLines({ type: "file", mode: 0o4755, uid: 0, gid: 12, size: 12_345, mtime: 0, nlink: 2 });
  assert.deepEqual(lines, [
    "Mode: -rwsr-xr-x (4755)",
    "Owner: 0:12",
    "Size: 12 kB (12\u202f345 bytes)",
    "Time: 1970-01-01 00:00:00 UTC",
    "Names: 2 (hard links)",
  ]);
});

test("a folder shows no size, a device its numbers", () => {
  const plain = { mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 };
  assert.equal(factLines({ ...plain, type: "directory", nlink: 3 }).length, 3);
  // As the kernel encodes 259:65537 (an nvme partition).
  const rdev = 0x10010301;
  assert.ok(factLines({ ...plain, type: "block", nlink: 1, rdev }).includes("Device: 259, 65537"));
});
