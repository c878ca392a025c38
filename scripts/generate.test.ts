import assert from "node:assert/strict";
import { test } from "node:test";
import { checks } from "../server/src/core/index.ts";
import { findStale, generateAll, isCurrent } from "./generate.ts";

const files = await generateAll();

test("every generated file is what npm run generate makes", () => {
  const old = Object.entries(files).flatMap(([file, text]) => (isCurrent(file, text) ? [] : file));
  assert.deepEqual(old, [], "run npm run generate and commit what it writes");
});

test("no page is left of a check that is gone", () => {
  assert.deepEqual(findStale(files), []);
  const { [`docs/checks/${checks[0]?.id}.md`]: _gone, ...others } = files;
  assert.deepEqual(findStale(others), [`docs/checks/${checks[0]?.id}.md`]);
});

test("every check has a page, a setting and a place in the project file", () => {
  const index = files["docs/checks/README.md"] ?? "";
  for (const { id } of checks) {
    assert.ok(files[`docs/checks/${id}.md`]?.includes(`# ${id}\n`), id);
    assert.ok(index.includes(`(${id}.md)`), id);
    assert.ok(files["package.json"]?.includes(`"${id}": {`), id);
    assert.ok(files["schemas/sysext.schema.json"]?.includes(`"${id}": {`), id);
  }
});
