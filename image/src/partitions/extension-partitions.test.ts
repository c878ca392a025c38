// Which partitions make an extension, and how one is found by its number.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findExtensionPartitions } from "./extension-partitions.ts";
import { findPartition } from "./find-partition.ts";
import type { Partition, PartitionRole, PartitionTable } from "./partition-table.ts";

function tableOf(...parts: (Partial<Partition> & { readonly role?: PartitionRole })[]): PartitionTable {
  const facts = {
    type: "",
    uuid: "",
    label: "",
    start: 0,
    size: 0,
    readOnly: false,
    growFileSystem: false,
    noAuto: false,
  };
  const partitions = parts.map((part, i) => ({ ...facts, number: i + 1, ...part }));
  return { kind: "gpt", guid: "", sectorSize: 512, copy: "first", partitions };
}

function found(...parts: Parameters<typeof tableOf>) {
  const { root, usr } = findExtensionPartitions(tableOf(...parts));
  return [root?.number, usr?.number];
}

test("the first root and the first usr partition count", () => {
  assert.deepEqual(
    found({ role: "esp" }, { role: "usr" }, { role: "root" }, { role: "root" }, { role: "usr" }),
    [3, 2],
  );
  assert.deepEqual(found({ role: "esp" }), [undefined, undefined]);
});

test("one that nothing mounts by itself, or that is empty until an update, does not count", () => {
  assert.deepEqual(found({ role: "root", noAuto: true }, { role: "root" }), [2, undefined]);
  assert.deepEqual(found({ role: "usr", label: "_empty" }, { role: "usr", label: "empty" }), [undefined, 2]);
});

test("a generic partition is the root where it is the only one and there is nothing else", () => {
  assert.deepEqual(found({ role: "esp" }, { role: "linux-generic" }), [2, undefined]);
  assert.deepEqual(found({ role: "linux-generic" }, { role: "linux-generic" }), [undefined, undefined]);
  assert.deepEqual(found({ role: "linux-generic" }, { role: "usr" }), [undefined, 2]);
  assert.deepEqual(found({ role: "linux-generic" }, { role: "root" }), [2, undefined]);
  assert.deepEqual(found({ role: "linux-generic", noAuto: true }, { role: "linux-generic" }), [2, undefined]);
});

test("a partition is found by its number, and the error for another names all", () => {
  const table = tableOf({ number: 2 }, { number: 5 });
  assert.equal(findPartition(table, 5).number, 5);
  assert.throws(() => findPartition(table, 1), {
    kind: "unsupported",
    message: "it has no partition 1; its partitions are 2, 5",
  });
});
