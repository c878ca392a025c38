import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../image/src/index.ts";
import { rememberTree } from "./remembered-tree.ts";

test("the same question is asked once, another one by itself, and failures are kept", async () => {
  const asked: string[] = [];
  const tree = memoryTree({ a: "text" });
  const remembered = rememberTree({
    ...tree,
    stat: (path) => {
      asked.push(`stat ${path}`);
      return tree.stat(path);
    },
    read: (path, offset, length) => {
      asked.push(`read ${path} ${offset} ${length}`);
      return tree.read(path, offset, length);
    },
  });
  assert.deepEqual(await remembered.stat("a"), await remembered.stat("a"));
  for (const [offset, length] of [
    [0, 4],
    [0, 4],
    [0, 2],
    [2, 2],
  ] as const) {
    assert.equal(
      new TextDecoder().decode(await remembered.read("a", offset, length)),
      "text".slice(offset, offset + length),
    );
  }
  await assert.rejects(remembered.stat("b"));
  await assert.rejects(remembered.stat("b"));
  assert.deepEqual(asked, ["stat a", "read a 0 4", "read a 0 2", "read a 2 2", "stat b"]);
  assert.deepEqual(await remembered.list(""), await tree.list(""));
});
