import assert from "node:assert/strict";
import { test } from "node:test";
import { ImageError } from "../bytes/image-error.ts";
import { memoryTree } from "./memory-tree.ts";
import { resolvePath } from "./resolve.ts";

const tree = memoryTree({
  "usr/bin/tool": "tool",
  "usr/bin/relative": { target: "../bin/./tool" },
  "usr/bin/absolute": { target: "/usr/bin/tool" },
  "usr/bin/chain": { target: "relative" },
  "usr/bin/above": { target: "../../../../usr/bin/tool" },
  "usr/bin/dangling": { target: "nothing" },
  "usr/loop": { target: "loop" },
  bin: { target: "usr/bin" },
});

for (const [path, resolved] of [
  ["usr/bin/tool", "usr/bin/tool"],
  ["usr/bin/relative", "usr/bin/tool"],
  ["usr/bin/absolute", "usr/bin/tool"],
  ["usr/bin/chain", "usr/bin/tool"],
  ["usr/bin/above", "usr/bin/tool"],
  ["bin/chain", "usr/bin/tool"],
  ["usr/bin/dangling", "usr/bin/nothing"],
  ["bin/../x", "usr/x"],
  ["no/such/file", "no/such/file"],
  ["", ""],
] as const) {
  test(`"${path}" leads to "${resolved}"`, async () => {
    assert.equal(await resolvePath(tree, path), resolved);
  });
}

test("links that go round in a circle are an error", async () => {
  await assert.rejects(resolvePath(tree, "usr/loop"), { kind: "io", message: /too many symlinks/ });
});

test("forty links are followed, and one more is an error, as on Linux", async () => {
  const links = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`l${i}`, { target: `l${i + 1}` }]));
  const long = memoryTree({ ...links, l41: "end" });
  assert.equal(await resolvePath(long, "l1"), "l41");
  await assert.rejects(resolvePath(long, "l0"), { kind: "io" });
});

test("what cannot be read for another reason than that nothing is there is told", async () => {
  const broken = { ...tree, stat: () => Promise.reject(new ImageError("corrupt", "bad inode")) };
  await assert.rejects(resolvePath(broken, "usr/bin"), { kind: "corrupt" });
});
