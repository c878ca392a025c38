// Which partitions of a disk belong together.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OpenDisk } from "../image-reader.ts";
import type { Partition } from "../partitions/partition-table.ts";
import { findMembers, type HintsBeside } from "./verity-members.ts";

type Part = Pick<Partition, "role" | "architecture">;

function diskOf(...parts: readonly Part[]): OpenDisk {
  const facts = { type: "", uuid: "", label: "", start: 0, readOnly: false, growFileSystem: false, noAuto: false };
  const refuse = () => Promise.reject(new Error("nothing is read"));
  return {
    ...{ kind: "gpt", guid: "", sectorSize: 512, copy: "first" },
    partitions: parts.map((part, i) => ({ ...facts, ...part, number: i + 1, size: i + 1 })),
    bytes: ({ size }) => ({ size, read: refuse }),
    content: refuse,
    open: refuse,
  };
}

function found(disk: OpenDisk, beside?: HintsBeside) {
  return findMembers(disk, beside).map(({ role, architecture, data, hashes, signature }) => [
    role,
    architecture,
    data?.size,
    hashes?.size,
    signature?.size,
  ]);
}

test("data, hashes and signature of one architecture belong together, in their order", () => {
  const x86 = { architecture: "x86-64" } as const;
  const disk = diskOf(
    { role: "usr", ...x86 },
    { role: "usr-verity", ...x86 },
    { role: "usr-verity-sig", ...x86 },
    { role: "usr", ...x86 },
    { role: "usr-verity", ...x86 },
    { role: "usr-verity", architecture: "arm64" },
    { role: "root-verity-sig" },
    { role: "home" },
  );
  assert.deepEqual(found(disk), [
    ["root", undefined, undefined, undefined, 7],
    ["usr", "x86-64", 1, 2, 3],
    ["usr", "x86-64", 4, 5, undefined],
    ["usr", "arm64", undefined, 6, undefined],
  ]);
});

test("a partition without hashes counts where something lies beside the image for it", () => {
  const disk = diskOf({ role: "root" }, { role: "usr" });
  assert.deepEqual(found(disk), []);
  assert.deepEqual(found(disk, { usr: {} }), [["usr", undefined, 2, undefined, undefined]]);
  assert.deepEqual(found(diskOf({ role: "usr" }, { role: "usr-verity" }), { usr: {} }), [
    ["usr", undefined, 1, 2, undefined],
  ]);
});
