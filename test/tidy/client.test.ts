// Holds what only the client has to keep to: names in globs, and pages whose markup, style and script are files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { productFiles } from "./imports.ts";
import { readProjectFile } from "./project.ts";

const client = productFiles.filter((file) => file.startsWith("client/"));

test("names become glob patterns in one place, where they are escaped", () => {
  const naming = client.filter((file) => /\bRelativePattern\b/.test(readProjectFile(file)));
  assert.deepEqual(naming, ["client/src/watch-files.ts"]);
});
