import assert from "node:assert/strict";
import { test } from "node:test";
import { parsePattern } from "../values/parse-pattern.ts";
import { findInstances, findVersion, type Instance, type Looked } from "./find-instances.ts";
import type { ListedFile } from "./update-plan.ts";

const looked = (type: string, ...patterns: string[]): Looked => ({
  type,
  patterns: patterns.map((text) => parsePattern(text, { specifiers: false })),
});

const file = (name: string, more: Partial<ListedFile> = {}): ListedFile => ({ name, type: "file", ...more });

/** What is found, as `version name`, and what is missed, as `name at`. */
function find(files: readonly ListedFile[], what: Looked, systemd = 262) {
  const { instances, misses, emptySlots, fault } = findInstances(files, what, systemd);
  return {
    found: instances.map(({ version, name }) => `${version} ${name}`),
    missed: misses.map(({ name, at }) => `${name} ${at}`),
    emptySlots,
    fault,
  };
}

test("the newest version comes first, and what matches nothing is a miss", () => {
  const files = ["a_9.raw", "a_10.raw", "b_1.raw", "a_x y.raw"].map((name) => file(name));
  assert.deepEqual(find(files, looked("regular-file", "a_@v.raw")), {
    found: ["10 a_10.raw", "9 a_9.raw"],
    missed: ["a_x y.raw 2", "b_1.raw 0"],
    emptySlots: 0,
    fault: undefined,
  });
  assert.deepEqual(findInstances(undefined, looked("regular-file", "a_@v.raw"), 262).instances, []);
});

test("the first pattern that fits has the name, else the one that gets furthest", () => {
  const { instances } = findInstances([file("ab1")], looked("regular-file", "a@v", "ab@v"), 262);
  assert.deepEqual(
    instances.map(({ version, pattern }) => [version, pattern]),
    [["b1", 0]],
  );
  const { misses } = findInstances([file("abc_1")], looked("regular-file", "x@v", "abd@v", "az@v"), 262);
  assert.deepEqual(
    misses.map(({ pattern, at }) => [pattern, at]),
    [[1, 2]],
  );
});

test("only things of the wanted type are instances", () => {
  const files = [file("a1"), file("a2", { type: "directory" }), file("a3", { type: "symlink" })];
  assert.deepEqual(find(files, looked("regular-file", "a@v")).found, ["1 a1"]);
  assert.deepEqual(find(files, looked("directory", "a@v")).found, ["2 a2"]);
  assert.deepEqual(find(files, looked("partition", "a@v")).found, ["3 a3", "2 a2", "1 a1"]);
});

test("a folder is entered where a pattern goes on below it, one deep unless for any folder", () => {
  const files = [file("d", { type: "directory" }), ...["d/a1", "d/e/a2", "x/a3", "a4"].map((name) => file(name))];
  assert.deepEqual(find(files, looked("regular-file", "d/a@v")).found, ["1 d/a1"]);
  assert.deepEqual(find(files, looked("regular-file", "**/a@v")).found, ["4 a4", "3 x/a3", "2 d/e/a2", "1 d/a1"]);
  // A folder's own type has no files in any folder.
  assert.deepEqual(find(files, looked("directory", "**/a@v")).found, []);
});

test("a manifest lists with hashes what is beside it, and names agree with their hashes", () => {
  const hash = "a".repeat(64);
  const files = [file("d/a1"), file("d/a2", { sha256: hash })];
  assert.deepEqual(find(files, looked("url-file", "d/a@v")).found, ["2 d/a2"]);
  const named = looked("url-file", "a@v_@h");
  assert.equal(find([file(`a1_${hash}`, { sha256: hash.toUpperCase() })], named).fault, undefined);
  assert.match(find([file(`a1_${hash}`, { sha256: "b".repeat(64) })], named).fault ?? "", /a different checksum/);
});

test("partitions without a version are free slots", () => {
  const slots = [file("_empty", { type: "other" }), file("_empty", { type: "other" }), file("a1", { type: "other" })];
  const { found, emptySlots } = find(slots, looked("partition", "a@v"));
  assert.deepEqual([found, emptySlots], [["1 a1"], 2]);
  assert.equal(find(slots, looked("regular-file", "a@v")).emptySlots, 0);
});

test("systemd before 262 crashes at a slash right behind a wildcard", () => {
  const what = looked("regular-file", "@v/a");
  assert.match(find([file("1")], what, 261).fault ?? "", /crashes/);
  assert.equal(find([file("1")], what, 262).fault, undefined);
  assert.equal(find([], what, 261).fault, undefined);
});

test("a version is found wherever it is in the list", () => {
  const instances: Instance[] = ["9", "7", "5", "3", "1"].map((version) => ({
    version,
    name: `a${version}`,
    fields: { v: version },
    pattern: 0,
    file: file(`a${version}`),
  }));
  for (const { version } of instances) assert.equal(findVersion(instances, version)?.name, `a${version}`);
  for (const version of ["10", "8", "2", "0"]) assert.equal(findVersion(instances, version), undefined, version);
});
