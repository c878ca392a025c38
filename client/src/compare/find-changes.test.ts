// The rows of a comparison: what differs in words, what is ignored, and that no more are kept than anybody reads.
import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../image/src/index.ts";
import { findChanges, maxRows } from "./find-changes.ts";

const never = new AbortController().signal;

test("modes, owners and links are told as words, and what is ignored is not", async () => {
  const before = memoryTree({ "usr/a": { content: "a", mode: 0o644 }, "usr/l": { target: "x" }, "usr/s": "1" });
  const after = memoryTree({
    "usr/a": { content: "a", mode: 0o755, uid: 1 },
    "usr/l": { target: "xyz" },
    "usr/s": "22",
  });
  const told = async (...ignore: ("owner" | "mtime")[]) =>
    (await findChanges(before, after, { ignore, signal: never })).rows.map(({ path, aspects }) => [
      path,
      ...aspects.map(({ aspect, before: old = "", after: now = "" }) => `${aspect} ${old} ${now}`.trim()),
    ]);
  const rest = [
    ["usr/l", "target x xyz"],
    ["usr/s", "content"],
  ];
  assert.deepEqual(await told(), [["usr/a", "mode -rw-r--r-- -rwxr-xr-x", "owner 0:0 1:0"], ...rest]);
  assert.deepEqual(await told("owner"), [["usr/a", "mode -rw-r--r-- -rwxr-xr-x"], ...rest]);
});

test("all changes are counted, and not all are kept", async () => {
  const files = Object.fromEntries(Array.from({ length: maxRows + 10 }, (_, at) => [`usr/${at}`, "x"]));
  const { rows, counts, grown } = await findChanges(memoryTree({}), memoryTree(files), { signal: never });
  assert.equal(rows.length, maxRows);
  assert.deepEqual([counts.added, grown], [maxRows + 11, maxRows + 10]);
});

test("whoever cancels is not kept waiting", async () => {
  const tree = memoryTree({ "usr/a": "a" });
  await assert.rejects(findChanges(tree, memoryTree({}), { signal: AbortSignal.abort() }));
});

test("of attributes those are told that differ, with both values", async () => {
  const file = (xattrs: Readonly<Record<string, string>>) =>
    memoryTree({
      "usr/a": {
        content: "a",
        xattrs: Object.fromEntries(Object.entries(xattrs).map(([name, value]) => [name, Buffer.from(value)])),
      },
    });
  const told = async (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
    (await findChanges(file(before), file(after), { signal: never })).rows.map(({ aspects }) => aspects);
  assert.deepEqual(await told({ "user.same": "1", "user.a": "old" }, { "user.same": "1", "user.a": "\0\u0001" }), [
    [{ aspect: "xattrs", before: 'user.a="old"', after: "user.a=0x0001" }],
  ]);
  assert.deepEqual(await told({}, { "user.a": "1" }), [[{ aspect: "xattrs", before: "", after: 'user.a="1"' }]]);
});
