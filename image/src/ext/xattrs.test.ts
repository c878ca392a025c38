// Extended attributes in inodes and blocks: values lie where their entries say, counted from different places.
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseXattrs } from "./xattrs.ts";

interface Entry {
  readonly name: string;
  readonly prefix: number;
  readonly at: number;
  readonly value: string;
  readonly inode?: number;
  readonly size?: number;
}

function areaOf(place: "inode" | "block", size: number, ...entries: readonly Entry[]): Buffer {
  const area = Buffer.alloc(size);
  area.writeUInt32LE(0xea020000, 0);
  let at = place === "inode" ? 4 : 32;
  const base = place === "inode" ? 4 : 0;
  for (const { name, prefix, at: value, value: text, inode = 0, size: length = text.length } of entries) {
    area.writeUInt8(name.length, at);
    area.writeUInt8(prefix, at + 1);
    area.writeUInt16LE(value, at + 2);
    area.writeUInt32LE(inode, at + 4);
    area.writeUInt32LE(length, at + 8);
    area.write(name, at + 16);
    area.write(text, base + value);
    at += Math.ceil((16 + name.length) / 4) * 4;
  }
  return area;
}

function read(place: "inode" | "block", area: Uint8Array) {
  return parseXattrs(area, place, 99).map(({ name, value }) =>
    value instanceof Uint8Array ? `${name}=${Buffer.from(value).toString()}` : `${name}@${value.inode}:${value.size}`,
  );
}

for (const place of ["inode", "block"] as const) {
  test(`attributes of a ${place} have their prefixes and values`, () => {
    const area = areaOf(
      place,
      160,
      { name: "one", prefix: 1, at: 150, value: "123" },
      { name: "selinux", prefix: 6, at: 140, value: "x" },
      { name: "", prefix: 2, at: 130, value: "acl" },
      { name: "large", prefix: 4, at: 0, value: "", inode: 13, size: 70_000 },
    );
    assert.deepEqual(read(place, area), [
      "user.one=123",
      "security.selinux=x",
      "system.posix_acl_access=acl",
      "trusted.large@13:70000",
    ]);
  });

  test(`a ${place} without the mark, or too short for it, has none`, () => {
    assert.deepEqual(read(place, Buffer.alloc(100)), []);
    assert.deepEqual(read(place, Buffer.alloc(3)), []);
    assert.deepEqual(read(place, areaOf(place, place === "inode" ? 4 : 32)), []);
  });
}

test("each prefix has its name", () => {
  const names = Array.from(
    { length: 9 },
    (_, prefix) => read("inode", areaOf("inode", 60, { name: "n", prefix, at: 50, value: "" }))[0],
  );
  assert.deepEqual(names, [
    "n=",
    "user.n=",
    "system.posix_acl_accessn=",
    "system.posix_acl_defaultn=",
    "trusted.n=",
    "n=",
    "security.n=",
    "system.n=",
    "system.richacln=",
  ]);
});

test("a value that ends with its area is right, and one byte more is damage", () => {
  assert.deepEqual(read("block", areaOf("block", 64, { name: "a", prefix: 1, at: 60, value: "four" })), [
    "user.a=four",
  ]);
  const behind = areaOf("block", 64, { name: "a", prefix: 1, at: 61, value: "", size: 4 });
  assert.throws(() => read("block", behind), { kind: "corrupt", offset: 99 });
  const huge = areaOf("block", 64, { name: "a", prefix: 1, at: 0, value: "", inode: 5, size: (1 << 20) + 1 });
  assert.throws(() => read("block", huge), { kind: "corrupt" });
  assert.equal(
    read("block", areaOf("block", 64, { name: "a", prefix: 1, at: 0, value: "", inode: 5, size: 1 << 20 })).length,
    1,
  );
  const longName = areaOf("inode", 40, { name: "twelve bytes", prefix: 1, at: 0, value: "" });
  longName.writeUInt8(21, 4);
  assert.throws(() => read("inode", longName), { kind: "corrupt" });
});
