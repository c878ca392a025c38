// What an extraction counts, and the progress that it reports with it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTally } from "./extract-tally.ts";

test("each kind is counted by itself, and progress is entries besides special files and bytes", () => {
  const reports: unknown[] = [];
  const tally = createTally((progress) => void reports.push(progress));
  for (const kind of ["files", "files", "files", "folders", "folders", "symlinks", "special"] as const)
    tally.count(kind);
  tally.addBytes(10);
  tally.addBytes(5);
  tally.leaveOut({ path: "usr/a", reason: "no" });
  assert.deepEqual(reports, [
    { entries: 6, bytes: 10 },
    { entries: 6, bytes: 15 },
  ]);
  const counts = tally.counts();
  tally.count("special");
  tally.leaveOut({ path: "usr/b", reason: "no" });
  assert.deepEqual(counts, {
    ...{ files: 3, folders: 2, symlinks: 1, special: 1, bytes: 15 },
    leftOut: [{ path: "usr/a", reason: "no" }],
  });
  assert.equal(tally.counts().special, 2);
  createTally().addBytes(1);
});
