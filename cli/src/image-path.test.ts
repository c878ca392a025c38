import assert from "node:assert/strict";
import { test } from "node:test";
import { readPartition, treePath } from "./image-path.ts";

test("a path in an image is the same however its slashes and dots are written", () => {
  assert.deepEqual(["/usr/bin/", "./usr/bin", "usr//./bin"].map(treePath), ["usr/bin", "usr/bin", "usr/bin"]);
  assert.deepEqual(["/", ".", "", "/..a/.b"].map(treePath), ["", "", "", "..a/.b"]);
});

test("a partition is a number from 1 on", () => {
  assert.deepEqual(readPartition(undefined), {});
  assert.deepEqual(readPartition("1"), { partition: 1 });
  assert.deepEqual(readPartition("128"), { partition: 128 });
  for (const written of ["0", "01", "-1", "1.5", "x", "", "1 ", "1234567"]) {
    assert.throws(() => readPartition(written), { name: "Failure", message: new RegExp(`^"${written}" is `) });
  }
});
