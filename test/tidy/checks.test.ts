// Holds that a check lies where its id says: `er/id-missing` in the folder `er` of core's checks.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { checks } from "../../server/src/core/index.ts";
import { projectFiles, readProjectFile } from "./project.ts";

const folder = "server/src/core/checks";

/** The ids of the checks in a module. */
function idsIn(file: string): string[] {
  return [...readProjectFile(file).matchAll(/^ +id: "([a-z]+\/[a-z0-9-]+)",$/gm)].map(([, id = ""]) => id);
}

const filesOfChecks = projectFiles(/^server\/src\/core\/checks\/.*(?<!\.test)\.ts$/).flatMap((file) => {
  const ids = idsIn(file);
  return ids.length === 0 ? [] : [{ file, ids }];
});

test("each check lies in the folder that its id begins with", () => {
  const elsewhere = filesOfChecks.flatMap(({ file, ids }) =>
    ids.filter((id) => !file.startsWith(`${folder}/${path.posix.dirname(id)}/`)).map((id) => `${id} lies in ${file}`),
  );
  assert.deepEqual(elsewhere, []);
});

test("a file of one check is called as the check", () => {
  const others = filesOfChecks.flatMap(({ file, ids: [id = "", second] }) =>
    second === undefined && path.posix.basename(file, ".ts") !== path.posix.basename(id) ? [`${file} holds ${id}`] : [],
  );
  assert.deepEqual(others, []);
});

test("all checks are found, each in one file", () => {
  const found = filesOfChecks.flatMap(({ ids }) => ids);
  assert.deepEqual(found.sort(), checks.map(({ id }) => id).sort());
});
