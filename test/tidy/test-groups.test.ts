// Holds that `npm test` runs every test of the project, once.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { groupFiles } from "../../scripts/test-groups.ts";
import { projectFiles } from "./project.ts";

test("each test file is in exactly one group", () => {
  const wrong = projectFiles(/\.test\.ts$/)
    .map((file) => {
      const inGroups = Object.entries(groupFiles).filter(([, globs]) =>
        globs.some((glob) => path.matchesGlob(file, glob)),
      );
      return { file, groups: inGroups.map(([name]) => name) };
    })
    .filter(({ groups: found }) => found.length !== 1);
  assert.deepEqual(wrong, []);
});
