// What the examples of the checks of trees do not show: more near misses, and what becomes of a tree by their fixes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { treeOfExample } from "../../../../../scripts/generate/example-tree.ts";
import { holdTo, type TreeCase, treeFindings } from "../../../../../test/support/tree-cases.ts";
import type { ExampleFile, ExampleTree } from "../check.ts";
import { checkTree } from "../check-tree.ts";
import type { Change } from "../finding.ts";

const confext: ExampleTree = { "etc/extension-release.d/extension-release.demo": "ID=_any\n" };
const folder = (mode: number): ExampleFile => ({ type: "directory", mode });
const numbered = (count: number, path: (at: number) => string, file: ExampleFile | string): ExampleTree =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [path(at), file]));

const cases: readonly TreeCase[] = [
  ["tree/outside-hierarchy", "a state folder is another check's", { "srv/demo/a": "" }, []],
  ["tree/outside-hierarchy", "usr of a configuration extension", { ...confext, "usr/bin/x": "" }, ["warning usr"]],
  ["tree/var-run-content", "srv", { "srv/demo/a": "" }, ["warning srv"]],
  ["tree/etc-content", "release file of the other class", { ...confext, "usr/bin/x": "" }, []],
  ["tree/etc-secrets", "an empty machine id", { "usr/share/factory/etc/machine-id": "" }, []],
  ["tree/etc-secrets", "a public key", { "usr/share/demo/ssh_host_rsa_key.pub": "ssh-rsa\n" }, []],
  [
    "tree/etc-secrets",
    "what no host merges",
    { "root/.ssh/id_ed25519": "-----\n" },
    ["error root/.ssh/id_ed25519"],
    { image: true },
  ],
  ["tree/usr-sbin-dir", "an empty folder hides the link as well", { "usr/sbin": folder(0o755) }, ["warning usr/sbin"]],
  [
    "tree/usr-sbin-dir",
    "a host with merged programs",
    { "usr/sbin/x": { mode: 0o755 } },
    ["error usr/sbin"],
    { base: ["usr/bin/", "usr/sbin@"] },
  ],
  ["tree/usr-sbin-dir", "a host that has the folder", { "usr/sbin/x": "" }, [], { base: ["usr/bin/", "usr/sbin/"] }],
  ["tree/dir-over-host-symlink", "usr/sbin is another check's", { "usr/sbin/x": "" }, [], { base: ["usr/sbin@"] }],
  [
    "tree/usr-local",
    "a host where it is a folder",
    { "usr/local/bin/x": { mode: 0o755 } },
    [],
    { hosts: ["ubuntu-24.04"] },
  ],
  ["tree/opt-content", "folders alone make it read-only", { "opt/demo/cache": folder(0o755) }, ["warning opt"]],
  ["tree/opt-content", "an empty opt is not merged", { opt: folder(0o755) }, []],
  [
    "tree/opt-content",
    "a host where it is a link",
    { "opt/demo/tool": "" },
    ["error opt"],
    { hosts: ["fedora-coreos"] },
  ],
  ["tree/hierarchy-symlink", "a file", { opt: "x" }, ["error opt"]],
  [
    "tree/hierarchy-symlink",
    "hosts follow a link within an image",
    { opt: { target: "usr/lib/demo" }, "usr/lib/demo/a": "" },
    ["info opt"],
    { image: true },
  ],
  ["tree/hierarchy-symlink", "an etc that is not merged", { etc: { target: "usr/etc" } }, []],
  [
    "tree/required-paths",
    "a link out of the tree is there",
    { "sysext.json": '{ "required": ["usr/bin/sh2"] }', "usr/bin/sh2": { target: "/usr/bin/bash" } },
    [],
  ],
  [
    "tree/singleton-cache",
    "the cache of a theme of its own",
    { "usr/share/icons/Demo/icon-theme.cache": "", "usr/share/icons/Demo/index.theme": "" },
    [],
  ],
  [
    "tree/singleton-cache",
    "the theme that all share",
    { "usr/share/icons/hicolor/icon-theme.cache": "", "usr/share/icons/hicolor/index.theme": "" },
    ["warning usr/share/icons/hicolor/icon-theme.cache"],
  ],
  [
    "tree/depmod-files",
    "a whole kernel",
    { "usr/lib/modules/6/modules.dep": "", "usr/lib/modules/6/vmlinuz": "MZ" },
    [],
  ],
  ["tree/kmod-unpinned", "a whole kernel", { "usr/lib/modules/6/a/b.ko": "", "usr/lib/modules/6/vmlinuz": "MZ" }, []],
  ["tree/typo-dir", "a folder of Ubuntu", { "usr/share/locales/install": "" }, []],
  [
    "tree/typo-dir",
    "two letters changed places",
    { "usr/lib/systemd/sytsem/a.txt": "" },
    ["warning usr/lib/systemd/sytsem"],
  ],
  ["tree/litter", "apt sources of a configuration", { ...confext, "etc/apt/sources.list.d/x.sources": "" }, []],
  [
    "tree/litter",
    "a repository once, not each of its files",
    { "usr/share/demo/.git/HEAD": "ref" },
    ["info usr/share/demo/.git"],
  ],
  ["tree/dir-mode", "the mask of most desktops", { "usr/share": folder(0o775), "usr/share/demo": folder(0o775) }, []],
  ["tree/dir-mode", "everybody writes", { "usr/lib/demo": folder(0o777) }, ["error usr/lib/demo"]],
  ["tree/dir-mode", "a folder of its own", { "usr/lib/demo": folder(0o700) }, ["info usr/lib/demo"]],
  ["tree/dir-mode", "one that hosts keep private", { "usr/share/polkit-1/rules.d": folder(0o700) }, []],
  ["tree/dir-mode", "one that nobody can list", { "usr/lib/systemd": folder(0o711) }, ["error usr/lib/systemd"]],
  [
    "tree/dir-mode",
    "a secret of a configuration",
    { ...confext, "etc/wireguard": folder(0o700) },
    ["info etc/wireguard"],
  ],
  ["tree/dir-mode", "the mode of usr itself is the host's", { usr: folder(0o700) }, []],
  ["tree/not-root-owned", "a folder belongs to its developer", { "usr/bin/x": { uid: 1000 } }, []],
  [
    "tree/not-root-owned",
    "a user with a fixed number",
    { "usr/lib/demo/x": { uid: 990, gid: 990 }, "usr/lib/sysusers.d/demo.conf": "u demo 990\n" },
    [],
    { image: true },
  ],
  ["tree/exec-bit", "a library of shell functions", { "usr/libexec/demo/lib.sh": "#!/bin/sh\n" }, []],
  [
    "tree/exec-bit",
    "what a unit runs",
    {
      "usr/lib/demo/run": "#!/bin/sh\n",
      "usr/lib/systemd/system/demo.service": "[Service]\nExecStart=/usr/lib/demo/run\n",
    },
    ["warning usr/lib/demo/run"],
  ],
  [
    "tree/overlay-marker",
    "a mark that only rootless containers see",
    {
      "usr/lib/demo": { type: "directory", xattrs: { "user.overlay.opaque": "y" } },
    },
    ["info usr/lib/demo"],
  ],
  [
    "tree/overlay-marker",
    "a mark that hosts see",
    {
      "usr/lib/demo": { type: "directory", xattrs: { "trusted.overlay.opaque": "y" } },
    },
    ["error usr/lib/demo"],
  ],
  ["tree/overlay-marker", "a whiteout", { "usr/bin/x": { type: "char", rdev: 0 } }, ["error usr/bin/x"]],
  ["tree/special-file", "a whiteout is another check's", { "usr/bin/x": { type: "char", rdev: 0 } }, []],
  ["tree/special-file", "a device", { "usr/bin/x": { type: "char", rdev: 259 } }, ["error usr/bin/x"]],
  [
    "tree/symlink-loop",
    "a way over another",
    { "usr/a": { target: "b/x" }, "usr/b": { target: "a" } },
    ["warning usr/a", "warning usr/b"],
  ],
  ["tree/symlink-loop", "what belongs to the project", { "node_modules/a": { target: "a" } }, []],
  ["tree/odd-name", "bytes that are no UTF-8", { "usr/share/\udcff": "" }, ["warning usr/share/\udcff"]],
  ["tree/embedded-transfer", "what is no definition", { "usr/lib/sysupdate.d/README": "" }, []],
];

holdTo(cases);

/** The changes of the first fix, short. */
async function changesOf(
  id: string,
  tree: ExampleTree,
  around: TreeCase[4] = {},
): Promise<readonly string[] | undefined> {
  const [found] = await treeFindings(id, tree, around);
  assert.ok(found);
  return found.fixes[0]?.changes.map(shortly);
}

function shortly(change: Change): string {
  if (change.kind === "rename") return `${change.from} -> ${change.to}`;
  if (change.kind === "write") return `${change.path}: ${change.text}`;
  return change.kind === "edit" ? "edit" : `${change.kind} ${change.path}`;
}

test("files for /etc are copied one by one, by a file of their own beside what is there", async () => {
  const rules = "usr/lib/tmpfiles.d/demo.conf";
  const tree = { "etc/demo/a": "", "etc/demo/sub/b": "", "etc/empty": folder(0o755), [rules]: "d /run/demo" };
  assert.deepEqual(await changesOf("tree/etc-content", tree), [
    "etc -> usr/share/demo/etc",
    `usr/lib/tmpfiles.d/demo-etc.conf: C /etc/demo/a - - - - /usr/share/demo/etc/demo/a\nC /etc/demo/sub/b - - - - /usr/share/demo/etc/demo/sub/b\nd /etc/empty\n`,
  ]);
});

test("names that a line of tmpfiles.d would read otherwise are left to a person", async () => {
  assert.equal(await changesOf("tree/etc-content", { "etc/demo/a b": "" }), undefined);
  assert.equal(await changesOf("tree/etc-content", { "etc/demo/%t": "" }), undefined);
});

test("empty folders in var are made on the host, the innermost only", async () => {
  const changes = await changesOf("tree/var-run-content", { "var/lib/demo/data": folder(0o755) });
  assert.deepEqual(changes, ["usr/lib/tmpfiles.d/demo.conf: d /var/lib/demo/data\n", "remove var"]);
});

test("a misspelt folder is put into the right one", async () => {
  const units = "usr/lib/systemd";
  const tree = { [`${units}/sytem/a.txt`]: "", [`${units}/system/b.txt`]: "" };
  assert.deepEqual(await changesOf("tree/typo-dir", tree), [
    `${units}/sytem/a.txt -> ${units}/system/a.txt`,
    `remove ${units}/sytem`,
  ]);
  assert.equal(await changesOf("tree/typo-dir", { ...tree, [`${units}/system/a.txt`]: "" }), undefined);
});

test("programs are not moved over others", async () => {
  assert.equal(
    await changesOf("tree/usr-sbin-dir", { "usr/sbin/x": "", "usr/bin/x": "", "usr/bin/demo": { mode: 0o755 } }),
    undefined,
  );
});

test("of thousands of files some are listed, with the number of the others", async () => {
  const found = await treeFindings(
    "tree/world-writable",
    numbered(1000, (at) => `usr/share/demo/${at}`, { mode: 0o666 }),
  );
  assert.equal(found.length, 50);
  assert.match(found.at(-1)?.message ?? "", /\(and 950 more like it\)$/);
});

test("litter of one name is spoken of once, and removed together", async () => {
  const tree = { "usr/lib/a/__pycache__/x.pyc": "", "usr/lib/b/__pycache__/x.pyc": "", "usr/lib/b/x~": "" };
  const found = await treeFindings("tree/litter", tree);
  assert.deepEqual(
    found.map(({ path, message }) => `${path}: ${message}`),
    [
      'usr/lib/a/__pycache__: "__pycache__" probably should not ship on a host, and 1 more of this name; remove it',
      'usr/lib/b/x~: "x~" probably should not ship on a host; remove it',
    ],
  );
  assert.deepEqual(found[0]?.fixes[0]?.changes.map(shortly), [
    "remove usr/lib/a/__pycache__",
    "remove usr/lib/b/__pycache__",
  ]);
});

test("a program that cannot be read is said to be so, with the reason", async () => {
  const tree = treeOfExample({ "usr/bin/tool": { mode: 0o755 }, "usr/share/key": { mode: 0o600 }, "usr/share/a": "" });
  const locked = {
    ...tree,
    read: async (path: string, offset: number, length: number) => {
      if (/tool|key/.test(path)) throw new Error("you may not");
      return await tree.read(path, offset, length);
    },
  };
  const found = await checkTree(locked, { folder: "demo" });
  assert.deepEqual(
    found.map(({ check, path, message }) => [check, path, message]),
    ["usr/bin/tool", "usr/share/key"].map((path) => [
      "tree/unreadable",
      path,
      "it cannot be read and was not checked: you may not",
    ]),
  );
});
