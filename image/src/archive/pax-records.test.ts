// Records of extended headers: lengths count, later ones win, and what is none is damage at its place.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type PaxFacts, readPaxRecords } from "./pax-records.ts";

function record(text: string): string {
  const rest = ` ${text}\n`;
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return `${length}${rest}`;
}

function factsOf(...records: string[]): PaxFacts {
  const facts: PaxFacts = {};
  readPaxRecords(Buffer.from(records.join(""), "latin1"), facts, 512);
  return facts;
}

test("names, numbers and owners are read, and later records count", () => {
  const facts = factsOf(
    ...["path=a=b", "linkpath=c", "size=12", "uid=3", "gid=4", "mtime=1.9", "mtime=-1.5", "atime=x", "unknown=x"].map(
      record,
    ),
  );
  assert.deepEqual(facts, { path: "a=b", linkPath: "c", size: 12, uid: 3, gid: 4, mtime: -2 });
});

test("a record without a value takes back what was said, but for names", () => {
  assert.deepEqual(factsOf(record("size=1"), record("size="), record("path=a"), record("path=")), { path: "a" });
});

test("attributes come in both forms, and the plain one counts", () => {
  const { xattrs } = factsOf(
    record("LIBARCHIVE.xattr.user.a%3db=AQID"),
    record("SCHILY.xattr.user.c=raw\0"),
    record("LIBARCHIVE.xattr.user.c=AAAA"),
  );
  assert.deepEqual(
    Array.from(xattrs ?? [], ([name, value]) => [name, ...value]),
    [
      ["user.a=b", 1, 2, 3],
      ["user.c", 0x72, 0x61, 0x77, 0],
    ],
  );
});

test("base64 of every length gives its bytes", () => {
  for (let length = 0; length < 9; length++) {
    const value = Buffer.from(Array.from({ length }, (_, i) => 255 - i * 37));
    const { xattrs } = factsOf(record(`LIBARCHIVE.xattr.x=${value.toString("base64")}`));
    assert.deepEqual([...(xattrs?.get("x") ?? [])], [...value]);
  }
});

test("maps of holes come as pairs of records and as one list", () => {
  const pairs = factsOf(
    ...["GNU.sparse.offset=1", "GNU.sparse.numbytes=2", "GNU.sparse.offset=5", "GNU.sparse.numbytes=0"].map(record),
  );
  assert.deepEqual(pairs.sparse?.map, [
    [1, 2],
    [5, 0],
  ]);
  const list = factsOf(...["GNU.sparse.map=1,2,5,0", "GNU.sparse.size=9", "GNU.sparse.name=n"].map(record));
  assert.deepEqual(list.sparse, {
    major: 0,
    map: [
      [1, 2],
      [5, 0],
    ],
    realSize: 9,
    name: "n",
  });
  assert.deepEqual(factsOf(record("GNU.sparse.major=1"), record("GNU.sparse.realsize=7")).sparse, {
    major: 1,
    map: [],
    realSize: 7,
  });
  assert.throws(() => factsOf(record("GNU.sparse.map=1,2,3")), { kind: "corrupt" });
  assert.throws(() => factsOf(record("GNU.sparse.numbytes=3")), { kind: "corrupt" });
});

test("zeros behind the records are padding, and what else is no record is damage at its place", () => {
  assert.deepEqual(factsOf(record("size=1"), "\0\0\0"), { size: 1 });
  const good = record("size=1");
  for (const bad of [
    "x",
    "5 a=b",
    "0 a=b\n",
    "7 a=b\n",
    "6a=b\n",
    "7 abcd\n",
    "5 ab=c\n",
    "99999999999 a=b\n",
    "6 a=b\nx",
  ]) {
    const at = bad === "6 a=b\nx" ? 512 + good.length + 6 : 512 + good.length;
    assert.throws(() => factsOf(good, bad), { kind: "corrupt", offset: at }, JSON.stringify(bad));
  }
  for (const number of ["size=1x", "size=9007199254740992", "uid=--1", "mtime=1,5"]) {
    assert.throws(() => factsOf(record(number)), { kind: "corrupt", message: /is not valid/ }, number);
  }
});
