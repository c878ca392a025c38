// `sysext match` and `sysext merge-plan` as a user runs them.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { buildInMemory } from "../images/memory-image.ts";
import { makeFolder } from "./make-folder.ts";
import { ensureBundles, runCli } from "./run-cli.ts";

before(ensureBundles);

const releasePath = (name: string) => `usr/lib/extension-release.d/extension-release.${name}`;
const flatcar = "ID=flatcar\nVERSION_ID=4459.2.1\nSYSEXT_LEVEL=1.0\n";

interface Result {
  readonly host: string;
  readonly name: string;
  readonly verdict: string;
  readonly rule: string;
  readonly reason: string;
  readonly fix?: string;
  readonly stopsMerge?: boolean;
}

test("a verdict for each host, with the reason and the repair", async (t) => {
  const cwd = makeFolder(t, { [`demo/${releasePath("demo")}`]: "ID=debian\nVERSION_ID=13\n", lab: flatcar });
  const { status, stdout } = await runCli(["match", "demo", "--host", "debian-13", "--host", "lab"], { cwd });
  assert.equal(status, 1);
  assert.equal(
    stdout,
    `match   Debian 13  "VERSION_ID=13" matches the host
reject  lab        "ID=debian" does not match the host's "flatcar"
                   Set "ID=flatcar" in an extension for this host.
demo: 1 of 2 hosts accept it
`,
  );
  const fine = await runCli(["match", "demo", "--host", "debian-13", "--json"], { cwd });
  assert.equal(fine.status, 0);
  const [result]: Result[] = JSON.parse(fine.stdout);
  assert.deepEqual(
    [result?.host, result?.name, result?.verdict, result?.rule],
    ["debian-13", "demo", "match", "version-id"],
  );
});

test("the hosts of sysext.json count when none is named, with paths from the tree on", async (t) => {
  const cwd = makeFolder(t, {
    [`demo/${releasePath("demo")}`]: "ID=flatcar\nSYSEXT_LEVEL=1.0\n",
    "demo/sysext.json": '{ "hosts": ["flatcar-lts", "lab.os-release"] }\n',
    "demo/lab.os-release": flatcar,
  });
  const { status, stdout } = await runCli(["match", "demo", "--json"], { cwd });
  const results: Result[] = JSON.parse(stdout);
  assert.equal(status, 0);
  assert.deepEqual(
    results.map(({ host, rule }) => [host, rule]),
    [
      ["flatcar-lts", "level"],
      ["lab.os-release", "level"],
    ],
  );
});

test("an image is judged by its own name, and one that stops the merge is said to", async (t) => {
  const cwd = makeFolder(t, {});
  writeFileSync(
    path.join(cwd, "other.raw"),
    await buildInMemory({ [releasePath("demo")]: "ID=_any\n", "usr/bin/x": "" }),
  );
  const { status, stdout } = await runCli(["match", "other.raw", "--host", "fedora", "--json"], { cwd });
  const [result]: Result[] = JSON.parse(stdout);
  assert.deepEqual([status, result?.verdict, result?.rule, result?.stopsMerge], [1, "reject", "name", true]);
});

test("version, scope and architecture can be asked for", async (t) => {
  const cwd = makeFolder(t, { [`demo/${releasePath("demo")}`]: "ID=_any\nARCHITECTURE=arm64\n" });
  const verdictOf = async (...options: string[]) => {
    const { stdout } = await runCli(["match", "demo", "--host", "fedora", "--json", ...options], { cwd });
    const [result]: Result[] = JSON.parse(stdout);
    return `${result?.verdict} ${result?.rule}`;
  };
  assert.equal(await verdictOf(), "match id");
  assert.equal(await verdictOf("--arch", "x86-64"), "reject architecture");
  assert.equal(await verdictOf("--scope", "initrd"), "reject scope");
  assert.equal(await verdictOf("--systemd", "250"), "reject id");
});

test("a host that ignores the tree is an error of its check, when it is named there or in sysext.json", async (t) => {
  const cwd = makeFolder(t, { [`demo/${releasePath("demo")}`]: "ID=debian\nVERSION_ID=12\n" });
  const codes = async (...options: string[]) => {
    const { status, stdout } = await runCli(["check", "demo", "--json", ...options], { cwd });
    const found: { code: string; line: number }[] = JSON.parse(stdout);
    return [status, ...found.filter(({ code }) => code === "er/host-rejects").map(({ line }) => line)];
  };
  assert.deepEqual(await codes("--host", "debian-12"), [0]);
  assert.deepEqual(await codes("--host", "debian-13"), [1, 2]);
  writeFileSync(path.join(cwd, "demo/sysext.json"), '{ "hosts": ["fedora"] }\n');
  assert.deepEqual(await codes(), [1, 1]);
  assert.deepEqual(await codes("--host", "debian-12"), [0]);
});

test("trees of one folder are judged beside each other", async (t) => {
  const cwd = makeFolder(t, {
    [`all/a/${releasePath("a")}`]: "ID=_any\n",
    "all/a/usr/share/tool": "a",
    [`all/b/${releasePath("b")}`]: "ID=_any\n",
    "all/b/usr/share/tool": "b",
  });
  const { stdout } = await runCli(["check", "all", "--json"], { cwd });
  const found: { file: string; code: string }[] = JSON.parse(stdout);
  assert.deepEqual(
    found.map(({ file, code }) => [file, code]),
    [
      ["all/a/usr/share/tool", "tree/collision"],
      ["all/b/usr/share/tool", "tree/collision"],
    ],
  );
});

const failures: readonly (readonly [args: readonly string[], words: RegExp])[] = [
  [["match"], /argument TREE\|IMAGE is missing/],
  [["match", "demo"], /no host given/],
  [["match", "demo", "--host", "debian13"], /did you mean "debian-13"\?/],
  [["match", "demo", "--host", "sysext.txt"], /^sysext: sysext.txt: it is not an os-release file/],
  [["match", "demo", "--host", "demo"], /no "etc\/os-release"/],
  [["match", "demo", "--host", "fedora", "--arch", "amd64"], /did you mean "x86-64"\?/],
  [["match", "demo", "--host", "fedora", "--scope", "sytem"], /unknown scope "sytem"/],
  [["match", "demo", "--host", "fedora", "--class", "both"], /unknown class "both"/],
  [["match", "demo", "--host", "fedora", "--systemd", "12"], /"12" is not a systemd version/],
  [["match", "nothing", "--host", "fedora"], /^sysext: nothing: /],
  [["check", "demo", "--host", "debian13"], /did you mean "debian-13"\?/],
  [["merge-plan"], /either TREE\|IMAGE… or --root DIR/],
  [["merge-plan", "demo"], /option "--host NAME\|FILE" is missing/],
  [["merge-plan", "--root", "sysext.txt"], /it is not a folder/],
  [["merge-plan", "demo", "--host", "fedora", "--host", "arch"], /only one --host is allowed; remove "arch"/],
];

for (const [args, words] of failures) {
  test(`"sysext ${args.join(" ")}" fails with one sentence`, async (t) => {
    const cwd = makeFolder(t, { [`demo/${releasePath("demo")}`]: "ID=_any\n", "sysext.txt": "some text\n" });
    const { status, stdout, stderr } = await runCli(args, { cwd });
    assert.equal(status, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, words);
    assert.match(stderr, /^sysext: [^\n]+\n$/);
  });
}

interface Plan {
  readonly layers: readonly { name: string; path: string }[];
  readonly masked: readonly { name: string; by: string }[];
  readonly rejected: readonly { name: string; rule: string; stopsMerge: boolean }[];
  readonly collisions: readonly { path: string; layers: readonly string[] }[];
}

test("the search path of a root: masks, versions, links, what is rejected and what collides", async (t) => {
  const cwd = makeFolder(t, {
    "etc/os-release": "ID=debian\nVERSION_ID=13\n",
    [`var/lib/extensions/b/${releasePath("b")}`]: "ID=_any\n",
    "var/lib/extensions/b/usr/bin/tool": "b",
    [`var/lib/extensions/masked/${releasePath("masked")}`]: "ID=_any\n",
    [`var/lib/extensions/wrong/${releasePath("wrong")}`]: "ID=fedora\nVERSION_ID=43\n",
    [`var/lib/extensions/a.v/a_1.9/${releasePath("a")}`]: "ID=_any\n",
    [`var/lib/extensions/a.v/a_1.10/${releasePath("a")}`]: "ID=_any\n",
    "var/lib/extensions/a.v/a_1.10/usr/bin/tool": "a",
    "var/lib/extensions/notes.txt": "no extension\n",
    [`opt/store/linked/${releasePath("linked")}`]: "ID=debian\nVERSION_ID=13\n",
  });
  mkdirSync(path.join(cwd, "etc/extensions/masked"), { recursive: true });
  symlinkSync("/opt/store/linked", path.join(cwd, "etc/extensions/linked"));
  symlinkSync("/nowhere.raw", path.join(cwd, "etc/extensions/gone.raw"));
  const { status, stdout } = await runCli(["merge-plan", "--root", ".", "--json"], { cwd });
  const plan: Plan = JSON.parse(stdout);
  assert.equal(status, 0);
  assert.deepEqual(
    plan.layers.map(({ name }) => name),
    ["a", "b", "linked"],
  );
  assert.match(plan.layers[0]?.path ?? "", /a_1\.10$/);
  assert.deepEqual(
    plan.masked.map(({ name, by }) => [name, by]),
    [["masked", "etc/extensions/masked"]],
  );
  assert.deepEqual(
    plan.rejected.map(({ name, rule }) => [name, rule]),
    [
      ["masked", "release-file"],
      ["wrong", "id"],
    ],
  );
  assert.deepEqual(plan.collisions, [{ path: "usr/bin/tool", layers: ["a", "b"] }]);
});

test("what is no disk image stops the merge, and the plan says what would be without it", async (t) => {
  const cwd = makeFolder(t, {
    "etc/os-release": "ID=debian\nVERSION_ID=13\n",
    "var/lib/extensions/broken.raw": "nothing of an image",
    [`var/lib/extensions/fine/${releasePath("fine")}`]: "ID=_any\n",
  });
  const { status, stdout } = await runCli(["merge-plan", "--root", "."], { cwd });
  assert.equal(status, 1);
  assert.match(stdout, /merges nothing, because of "broken"; without it 1 extension, the last on top:\n {2}1\. fine/);
});
