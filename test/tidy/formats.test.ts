// Holds that a format which can be written is known by its name in its own folder and in the tables only.
import assert from "node:assert/strict";
import { test } from "node:test";
import { writableFormats } from "../../image/src/index.ts";
import { productFiles } from "./imports.ts";
import { readProjectFile } from "./project.ts";

/** What the names of formats are in besides: the two tables, and core's facts about hosts and systemd's own settings. */
const tables = /^image\/src\/(readers|formats\/writable-formats)\.ts$|^server\/src\/core\/(tables|values)\//;

test("a format is named in its folder and in the tables, nowhere else", () => {
  const named = writableFormats.flatMap(({ name }) =>
    productFiles
      .filter((file) => !file.startsWith(`image/src/${name}/`) && !tables.test(file))
      .filter((file) => readProjectFile(file).toLowerCase().includes(name))
      .map((file) => `${file} names ${name}`),
  );
  assert.deepEqual(named, []);
});
