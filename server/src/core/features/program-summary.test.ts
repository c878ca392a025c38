// The summary of a tree's programs: whose architecture they have, and which libraries they miss.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/index.ts";
import { elfBytes } from "../checks/tree/elf-example.ts";
import { readTreeFacts } from "../model/tree-facts.ts";
import { summarizePrograms } from "./program-summary.ts";

test("architectures are counted, and libraries that are inside are not missing", async () => {
  const interpreter = "/lib64/ld-linux-x86-64.so.2";
  const program = (needed: readonly string[]) => ({
    content: elfBytes({ machine: 62, interpreter, needed }),
    mode: 0o755,
  });
  const facts = await readTreeFacts(
    memoryTree({
      "usr/bin/a": program(["libc.so.6", "libown.so.1"]),
      "usr/bin/b": program(["libc.so.6"]),
      "usr/bin/c": { content: elfBytes({ machine: 183 }), mode: 0o755 },
      "usr/lib/demo/libown.so.1": "",
    }),
    { folder: "demo" },
  );
  assert.deepEqual(summarizePrograms(facts), {
    architectures: [
      { name: "x86-64", files: 2 },
      { name: "arm64", files: 1 },
    ],
    missing: [{ library: "libc.so.6", neededBy: ["usr/bin/a", "usr/bin/b"] }],
  });
});
