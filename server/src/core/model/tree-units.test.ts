import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryTree } from "../../../../image/src/tree/memory-tree.ts";
import { readTreeUnits, unitsOf } from "./tree-units.ts";

const system = "usr/lib/systemd/system";

/** The units of a tree, each as its name, its file and its drop-ins without the folder of units. */
async function unitsIn(files: Readonly<Record<string, string>>): Promise<string[]> {
  const units = unitsOf(await readTreeUnits(memoryTree(files)));
  const short = (path: string) => path.replace(`${system}/`, "");
  return units.map(({ name, main, dropIns }) =>
    [name.name, main === undefined ? "-" : short(main.path), ...dropIns.map(({ path }) => short(path))].join(" "),
  );
}

test("finds units in all folders of units, of the system and of users", async () => {
  const { files } = await readTreeUnits(
    memoryTree({
      "etc/systemd/system/a.service": "",
      "usr/local/lib/systemd/system/b.service": "",
      "usr/lib/systemd/user/c.service": "",
      "usr/share/systemd/user/d.service": "",
      "usr/lib/systemd/other/e.service": "",
      [`${system}/deep/f.service`]: "",
      [`${system}/g.service.d/deep/g.conf`]: "",
    }),
  );
  assert.deepEqual(
    files.map(({ path }) => path),
    [
      "etc/systemd/system/a.service",
      "usr/local/lib/systemd/system/b.service",
      "usr/lib/systemd/user/c.service",
      "usr/share/systemd/user/d.service",
    ],
  );
});

test("remembers what systemd does not read", async () => {
  const { misnamed, unread } = await readTreeUnits(
    memoryTree({
      [`${system}/a b.service`]: "",
      [`${system}/README`]: "",
      [`${system}/demo.service.d/x.cfg`]: "",
      [`${system}/demo.service.d/.x.cfg`]: "",
      [`${system}/demo.service.d/x.conf`]: "",
    }),
  );
  assert.deepEqual(misnamed, [`${system}/a b.service`]);
  assert.deepEqual(unread, [`${system}/demo.service.d/x.cfg`]);
});

test("links are other names of units, or lie in the folder of the unit that wants them", async () => {
  const link = (target: string) => ({ type: "symlink", target }) as const;
  const { links } = await readTreeUnits(
    memoryTree({
      [`${system}/alias.service`]: link("demo.service"),
      [`${system}/multi-user.target.wants/demo.service`]: link("../demo.service"),
      [`${system}/multi-user.target.requires/file.service`]: "",
      [`${system}/multi-user.target.upholds/demo.service`]: link("/x"),
      [`${system}/multi-user.target.wanted/demo.service`]: link("/x"),
      [`${system}/demo.service.d/x.conf`]: link("/x"),
      [`${system}/demo.service`]: "",
      [`${system}/readme`]: link("/x"),
    }),
  );
  const shown = links.map(({ path, name, manager, target, owner }) => [
    path.slice(system.length + 1),
    name,
    manager,
    target,
    owner && `${owner.name} ${owner.kind}`,
  ]);
  assert.deepEqual(shown.sort(), [
    ["alias.service", "alias.service", "system", "demo.service", undefined],
    ["multi-user.target.requires/file.service", "file.service", "system", undefined, "multi-user.target requires"],
    ["multi-user.target.upholds/demo.service", "demo.service", "system", "/x", "multi-user.target upholds"],
    ["multi-user.target.wants/demo.service", "demo.service", "system", "../demo.service", "multi-user.target wants"],
  ]);
});

test("the first folder in systemd's order has the unit", async () => {
  const units = await unitsIn({ [`${system}/demo.service`]: "", "etc/systemd/system/demo.service": "" });
  assert.deepEqual(units, ["demo.service etc/systemd/system/demo.service"]);
});

test("drop-ins come by their names, and of one name the most specific folder has it", async () => {
  const units = await unitsIn({
    [`${system}/demo-a.service`]: "",
    [`${system}/demo-a.service.d/20-b.conf`]: "",
    [`${system}/demo-a.service.d/10-a.conf`]: "",
    [`${system}/demo-.service.d/10-a.conf`]: "",
    [`${system}/demo-.service.d/15-c.conf`]: "",
    [`${system}/service.d/30-d.conf`]: "",
  });
  assert.deepEqual(units, [
    "demo-a.service demo-a.service demo-a.service.d/10-a.conf demo-.service.d/15-c.conf demo-a.service.d/20-b.conf service.d/30-d.conf",
  ]);
});

test("drop-ins of one unit make it known without its file, those of many do not", async () => {
  const units = await unitsIn({
    [`${system}/docker.service.d/x.conf`]: "",
    [`${system}/demo-.service.d/x.conf`]: "",
    [`${system}/helper@.service`]: "",
    [`${system}/helper@a.service.d/x.conf`]: "",
  });
  assert.deepEqual(units, [
    "helper@.service helper@.service",
    "docker.service - docker.service.d/x.conf",
    "helper@a.service helper@.service helper@a.service.d/x.conf",
  ]);
});

test("of a unit file 8 MiB are looked at", async () => {
  const tree = memoryTree({ [`${system}/a.service`]: "" });
  const lengths: number[] = [];
  await readTreeUnits({
    ...tree,
    read(path, offset, length) {
      lengths.push(length);
      return tree.read(path, offset, length);
    },
  });
  assert.deepEqual(lengths, [8 * 1024 * 1024]);
});
