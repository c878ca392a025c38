// Putting the definitions of a tree together: which folder counts, what is masked, and which drop-ins belong to what.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type MemoryFile, memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { definitionAt, readTreeUpdates, readUpdateSets, setsAround, updateSetOf } from "./read-update-set.ts";
import { locateUpdate } from "./update-location.ts";
import { transfersOf, type UpdateDefinition } from "./update-set.ts";

const text = "[Source]\n";
type Files = Readonly<Record<string, string | MemoryFile>>;

/** A definition as `path < drop-in, drop-in`; without a main file the path is a question mark. */
function shown({ main, dropIns }: UpdateDefinition): string {
  const paths = dropIns.map(({ path }) => path).join(", ");
  return paths === "" ? (main?.path ?? "?") : `${main?.path ?? "?"} < ${paths}`;
}

async function definitions(files: Files): Promise<Record<string, string[]>> {
  const sets = await readUpdateSets(memoryTree(files));
  return Object.fromEntries(sets.map((set) => [set.component ?? "", set.definitions.map(shown)]));
}

test("the first folder of systemd's has a definition of each name, in the order of their names", async () => {
  const found = await definitions({
    "usr/lib/sysupdate.d/20-b.transfer": text,
    "usr/lib/sysupdate.d/10-a.transfer": text,
    "usr/local/lib/sysupdate.d/20-b.transfer": text,
    "run/sysupdate.d/30-c.transfer": text,
    "etc/sysupdate.d/30-c.transfer": text,
  });
  assert.deepEqual(found, {
    "": [
      "usr/lib/sysupdate.d/10-a.transfer",
      "usr/local/lib/sysupdate.d/20-b.transfer",
      "etc/sysupdate.d/30-c.transfer",
    ],
  });
});

test("an empty file and a link to /dev/null mask, and a blank line does not", async () => {
  const found = await definitions({
    "usr/lib/sysupdate.d/a.transfer": text,
    "etc/sysupdate.d/a.transfer": "",
    "usr/lib/sysupdate.d/b.transfer": text,
    "etc/sysupdate.d/b.transfer": { type: "symlink", target: "/dev/null" },
    "usr/lib/sysupdate.d/c.transfer": text,
    "etc/sysupdate.d/c.transfer": "\n",
  });
  assert.deepEqual(found, { "": ["etc/sysupdate.d/c.transfer"] });
});

test("drop-ins of all folders belong to a definition, of one name the first", async () => {
  const found = await definitions({
    "usr/lib/sysupdate.d/a.transfer": text,
    "usr/lib/sysupdate.d/a.transfer.d/20-x.conf": text,
    "usr/lib/sysupdate.d/a.transfer.d/10-y.conf": text,
    "etc/sysupdate.d/a.transfer.d/20-x.conf": text,
    "usr/lib/sysupdate.d/a.transfer.d/30-z.conf": text,
    "etc/sysupdate.d/a.transfer.d/30-z.conf": "",
    "etc/sysupdate.d/a.transfer.d/README": text,
    "usr/lib/sysupdate.d/tools.feature.d/on.conf": "[Feature]\nEnabled=yes\n",
  });
  assert.deepEqual(found, {
    "": [
      "usr/lib/sysupdate.d/a.transfer < usr/lib/sysupdate.d/a.transfer.d/10-y.conf, etc/sysupdate.d/a.transfer.d/20-x.conf",
      "? < usr/lib/sysupdate.d/tools.feature.d/on.conf",
    ],
  });
});

test("each component is a set of its own, with its own file and that one's drop-ins", async () => {
  const found = await definitions({
    "usr/lib/sysupdate.b.d/x.transfer": text,
    "usr/lib/sysupdate.a.d/x.transfer": text,
    "usr/lib/sysupdate.a.component": "[Component]\n",
    "etc/sysupdate.a.component.d/off.conf": "[Component]\nEnabled=no\n",
    "etc/sysupdate.d/x.transfer": text,
  });
  assert.deepEqual(found, {
    "": ["etc/sysupdate.d/x.transfer"],
    a: ["usr/lib/sysupdate.a.component < etc/sysupdate.a.component.d/off.conf", "usr/lib/sysupdate.a.d/x.transfer"],
    b: ["usr/lib/sysupdate.b.d/x.transfer"],
  });
});

test("a link within the tree is followed, and one out of it is a definition that nobody can read", async () => {
  const tree = memoryTree({
    "usr/share/demo.transfer": text,
    "usr/lib/sysupdate.d/a.transfer": { type: "symlink", target: "../../share/demo.transfer" },
    "usr/lib/sysupdate.d/b.feature": { type: "symlink", target: "/host/b.feature" },
  });
  const { files, sets } = await readTreeUpdates(tree);
  assert.deepEqual(
    files.map(({ path }) => path),
    ["usr/lib/sysupdate.d/a.transfer"],
  );
  assert.deepEqual(
    sets.flatMap(({ definitions: found }) => found.map(({ location: { id }, main }) => [id, main?.path])),
    [
      ["a", "usr/lib/sysupdate.d/a.transfer"],
      ["b", undefined],
    ],
  );
});

test("which transfers are read depends on the version of systemd", async () => {
  const [set] = await readUpdateSets(
    memoryTree({
      "usr/lib/sysupdate.d/a.transfer": text,
      "usr/lib/sysupdate.d/b.conf": text,
      "usr/lib/sysupdate.d/c.feature": "[Feature]\n",
    }),
  );
  assert.ok(set);
  const idsAt = (systemd: number) => transfersOf(set, systemd).map(({ location }) => location.id);
  assert.deepEqual(idsAt(257), ["a"]);
  assert.deepEqual(idsAt(256), ["b"]);
  const [old] = await readUpdateSets(memoryTree({ "usr/lib/sysupdate.d/b.conf": text }));
  assert.deepEqual(old && transfersOf(old, 262).map(({ location }) => location.id), ["b"]);
});

test("a file is found in its set, and one that another hides in none", async () => {
  const tree = memoryTree({
    "usr/lib/sysupdate.demo.d/a.transfer": text,
    "etc/sysupdate.demo.d/a.transfer": text,
    "etc/sysupdate.demo.d/a.transfer.d/x.conf": text,
  });
  const location = locateUpdate("etc/sysupdate.demo.d/a.transfer");
  assert.ok(location);
  const set = await updateSetOf(tree, location);
  assert.ok(definitionAt(set, "etc/sysupdate.demo.d/a.transfer"));
  assert.ok(definitionAt(set, "etc/sysupdate.demo.d/a.transfer.d/x.conf"));
  assert.equal(definitionAt(set, "usr/lib/sysupdate.demo.d/a.transfer"), undefined);
  assert.equal(setsAround(await readUpdateSets(tree), location).hasSystemSet, false);
  const outside = locateUpdate("notes/a.transfer");
  assert.equal(outside && (await updateSetOf(tree, outside)), undefined);
});

test("a tree that cannot be read has no definitions", async () => {
  const broken = memoryTree({ "usr/lib/sysupdate.d/a.transfer": text });
  const failing = { ...broken, read: async () => Promise.reject(new Error("input/output error")) };
  assert.deepEqual(await readTreeUpdates(failing), { files: [], sets: [] });
});

test("the system has a set of its own when it has a transfer", async () => {
  const location = locateUpdate("etc/sysupdate.demo.d/a.transfer");
  assert.ok(location);
  const around = async (files: Files) => setsAround(await readUpdateSets(memoryTree(files)), location);
  const component = { "etc/sysupdate.demo.d/a.transfer": text };
  const none = await around(component);
  assert.deepEqual([none.hasSystemSet, none.set?.component], [false, "demo"]);
  assert.equal((await around({ ...component, "etc/sysupdate.d/a.feature": "[Feature]\n" })).hasSystemSet, false);
  const both = await around({ ...component, "etc/sysupdate.d/a.transfer": text });
  assert.deepEqual([both.hasSystemSet, both.set?.component], [true, "demo"]);
  const other = await around({ "etc/sysupdate.d/a.transfer": text });
  assert.deepEqual([other.hasSystemSet, "set" in other], [true, false]);
});

test("sets and drop-ins stand in the order of their names", async () => {
  const found = await definitions({
    "usr/lib/sysupdate.b.d/a.transfer": text,
    "usr/lib/sysupdate.d/z.transfer": text,
    "usr/lib/sysupdate.a.d/a.transfer": text,
    "usr/lib/sysupdate.a.d/a.transfer.d/20.conf": text,
    "etc/sysupdate.a.d/a.transfer.d/10.conf": text,
    "run/sysupdate.a.d/a.transfer.d/30.conf": text,
  });
  assert.deepEqual(Object.keys(found), ["", "a", "b"]);
  assert.deepEqual(found["a"], [
    "usr/lib/sysupdate.a.d/a.transfer < etc/sysupdate.a.d/a.transfer.d/10.conf, usr/lib/sysupdate.a.d/a.transfer.d/20.conf, run/sysupdate.a.d/a.transfer.d/30.conf",
  ]);
});

test("each of systemd's folders has definitions, the first of a name counting", async () => {
  for (const folder of ["etc", "run", "usr/local/lib", "usr/lib"]) {
    const file = `${folder}/sysupdate.d/a.transfer`;
    const later = { "usr/lib/sysupdate.d/b.transfer": text, "etc/sysupdate.d/c.transfer": text };
    assert.equal((await definitions({ ...later, [file]: text }))[""]?.[0], file);
  }
});
