// What the examples of the checks of transfers do not show: more near misses of one definition, and what becomes of it by fixes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdTo, type TreeCase, treeFindings } from "../../../../../test/support/tree-cases.ts";
import { extensionTarget, feature, partitionTarget, source, target, transfer, webTransfer } from "./example-texts.ts";

const folder = "usr/lib/sysupdate.demo.d";
const demo = `${folder}/demo.transfer`;
const one = (text: string) => ({ [demo]: text });
const head = (settings: string, text: string) => `[Transfer]\n${settings}\n\n${text}`;
const release = (text: string) => ({ "usr/lib/extension-release.d/extension-release.demo": text });
const extension = (settings: Readonly<Record<string, string>> = {}, more: Readonly<Record<string, string>> = {}) =>
  one(`${source(more)}\n${extensionTarget(settings)}`);
const error = `error ${demo}`;
const warning = `warning ${demo}`;
const info = `info ${demo}`;

const cases: readonly TreeCase[] = [
  // Values and lines.
  [
    "transfer/inline-comment",
    "a path that goes on with a comment",
    one(transfer({ Path: "/srv/updates # here" })),
    [warning],
  ],
  ["transfer/inline-comment", "a number sign within a name", one(transfer({ Path: "/srv/updates#1" })), []],
  ["transfer/inline-comment", "a number that is dropped", one(transfer({}, { InstancesMax: "2 ; two" })), [warning]],
  [
    "transfer/inline-comment",
    "a description may have anything",
    { [`${folder}/a.feature`]: feature({ Description: "A # b" }) },
    [],
  ],
  ["transfer/continuation", "a line that is not indented", one(`${transfer()}demo_@v\n`), []],
  [
    "transfer/continuation",
    "several lines",
    one(transfer({}, { MatchPattern: "a_@v\n  b_@v\n  c_@v" })),
    [error, error],
  ],
  [
    "transfer/continuation",
    "a list of features",
    one(head("ChangeLog=https://a.example\n  https://b.example", transfer())),
    [warning],
  ],
  ["transfer/missing-equals", "in a section of another tool", one(`${transfer()}[X-Demo]\nnoise\n`), []],
  [
    "transfer/unknown-key",
    "with the sections that have it",
    one(`${source()}InstancesMax=2\n\n${target()}`),
    [warning],
  ],
  ["transfer/unknown-key", "a hash, which no transfer has", one(`${source()}SHA256Sum=0\n\n${target()}`), [warning]],
  ["transfer/unknown-key", "a key of one's own", one(`${source()}X-SHA256Sum=0\n\n${target()}`), []],
  [
    "transfer/unknown-key",
    "a placeholder of another tool",
    { [`${folder}/demo.transfer.in`]: `${transfer()}{{ extra }}=1\n` },
    [],
  ],
  ["transfer/unknown-section", "a feature in a transfer", one(`${transfer()}[Feature]\nEnabled=yes\n`), [warning]],
  [
    "transfer/feature-file",
    "a value that is no boolean",
    { [`${folder}/a.feature`]: feature({ Enabled: "maybe" }) },
    [`warning ${folder}/a.feature`],
  ],
  [
    "transfer/feature-file",
    "a drop-in that enables",
    { [`${folder}/a.feature.d/10.conf`]: feature({ Enabled: "yes" }) },
    [],
  ],
  [
    "transfer/feature-file",
    "conditions of the newest",
    { [`${folder}/a.feature`]: feature({ SuggestOnArchitecture: "arm64" }) },
    [],
  ],
  [
    "transfer/too-new",
    "conditions of the newest",
    { [`${folder}/a.feature`]: feature({ SuggestOnArchitecture: "arm64" }) },
    [`warning ${folder}/a.feature`],
    { systemd: 261 },
  ],
  [
    "transfer/too-new",
    "any folder before 262",
    one(transfer({ MatchPattern: "**/demo_@v.raw" })),
    [error],
    { systemd: 261 },
  ],
  ["transfer/too-new", "any folder", one(transfer({ MatchPattern: "**/demo_@v.raw" })), []],
  ["transfer/too-new", "an ending that 256 does not read", one(transfer()), [warning], { systemd: 256 }],
  [
    "transfer/too-new",
    "the same transfer under both endings",
    { ...one(transfer()), [`${folder}/demo.conf`]: transfer() },
    [],
    { systemd: 256 },
  ],
  [
    "transfer/too-new",
    "a component's file",
    { "usr/lib/sysupdate.demo.component": "[Component]\nEnabled=yes\n" },
    ["warning usr/lib/sysupdate.demo.component"],
    { systemd: 261 },
  ],

  ["transfer/specifier", "a placeholder of a build tool", one(transfer({ Path: "/srv/%EDITION%/x" })), [info]],
  ["transfer/specifier", "in a value that is not needed", one(head("MinVersion=1%x", transfer())), [warning]],
  [
    "transfer/specifier",
    "a percent sign by itself",
    one(transfer({ MatchPattern: "demo%_@v" }, { MatchPattern: "" })),
    [],
  ],

  // What a definition cannot do without.
  ["transfer/source-type", "no type at all", one(transfer({ Type: "" })), [error]],
  ["transfer/source-type", "a partition is no source", one(transfer({ Type: "partition" })), [error]],
  [
    "transfer/source-type",
    "the type of a drop-in",
    { ...one(transfer({ Type: "" })), [`${demo}.d/a.conf`]: "[Source]\nType=regular-file\n" },
    [],
  ],
  [
    "transfer/source-type",
    "a file that another tool fills in",
    { [`${demo}.in`]: transfer({ Type: "{{ type }}" }) },
    [],
  ],
  ["transfer/target-type", "a type of source", one(transfer({}, { Type: "url-file" })), [error]],
  ["transfer/target-type", "no type at all", one(transfer({}, { Type: "" })), []],
  [
    "transfer/type-incompatible",
    "a type that follows from the source",
    one(transfer({ Type: "tar" }, { Type: "" })),
    [],
  ],
  ["transfer/type-incompatible", "an archive as a file", one(transfer({ Type: "tar" })), [error]],
  [
    "transfer/type-incompatible",
    "a subvolume as a folder",
    one(transfer({ Type: "subvolume" }, { Type: "directory" })),
    [],
  ],
  ["transfer/path", "no path at all", one(transfer({ Path: "" })), [error]],
  ["transfer/path", "a folder for an address", one(transfer({ Type: "url-file" })), [error]],
  ["transfer/path", "an address for a folder", one(transfer({ Path: "https://example.com" })), [error]],
  ["transfer/path", "an address of a local file", one(webTransfer({ Path: "file:///srv/updates" })), []],
  ["transfer/path", "a specifier in front", one(transfer({ Path: "%V/updates" })), []],
  ["transfer/path", "auto for a file", one(transfer({}, { Path: "auto" })), [error]],
  ["transfer/path", "auto for a partition", one(`${source()}\n${partitionTarget()}`), []],
  ["transfer/path", "another scheme", one(webTransfer({ Path: "ftp://example.com/demo" })), [error]],
  ["transfer/pattern-missing", "taken back", one(transfer({ MatchPattern: "demo_@v\nMatchPattern=" })), [error]],
  ["transfer/pattern-missing", "only the target has none", one(transfer({}, { MatchPattern: "" })), []],
  [
    "transfer/path-relative-to",
    "files on the boot partition",
    one(transfer({}, { Path: "/EFI/Linux", PathRelativeTo: "boot" })),
    [],
  ],
  [
    "transfer/path-relative-to",
    "a target that nobody names",
    one(transfer({}, { PathRelativeTo: "explicit" })),
    [error],
  ],
  ["transfer/path-relative-to", "another word", one(transfer({}, { PathRelativeTo: "home" })), [warning]],
  ["transfer/symlink-relative", "below a folder", one(transfer({}, { CurrentSymlink: "current" })), []],

  // Patterns.
  [
    "transfer/pattern-syntax",
    "letters beyond ASCII depend on the machine",
    one(transfer({ MatchPattern: "dämo_@v" }, { MatchPattern: "" })),
    [warning],
  ],
  [
    "transfer/pattern-syntax",
    "a slash in front only matches nothing",
    one(transfer({ MatchPattern: "/demo_@v" }, { MatchPattern: "" })),
    [warning],
  ],
  ["transfer/pattern-syntax", "any folder in a target", one(transfer({}, { MatchPattern: "**/demo_@v" })), [error]],
  [
    "transfer/pattern-syntax",
    "a noop",
    one(transfer({ Path: "/", MatchPattern: "invalid@v.raw" }, { Path: "/", MatchPattern: "" })),
    [],
  ],
  ["transfer/pattern-slash", "systemd 262", one(transfer({ MatchPattern: "demo_@v/demo.raw" })), []],
  [
    "transfer/at-a-is-noauto",
    "in the target as well",
    one(transfer({ MatchPattern: "demo_@v_@a.raw" }, { MatchPattern: "" })),
    [error],
  ],
  ["transfer/at-a-is-noauto", "beside a partition's UUID", one(transfer({ MatchPattern: "demo_@v_@u_@a.raw" })), []],
  [
    "transfer/pattern-no-value",
    "mode and time of a file at hand",
    one(transfer({}, { MatchPattern: "demo_@v_@m_@t.raw" })),
    [],
  ],
  [
    "transfer/pattern-no-value",
    "the mode of what is fetched",
    one(webTransfer({}, { MatchPattern: "demo_@v_@m.raw" })),
    [error],
  ],
  [
    "transfer/pattern-no-value",
    "the mode that is given",
    one(webTransfer({}, { MatchPattern: "demo_@v_@m.raw", Mode: "0644" })),
    [],
  ],
  [
    "transfer/pattern-no-value",
    "tries have a number to begin with",
    one(transfer({}, { MatchPattern: "demo_@v+@l-@d.efi" })),
    [],
  ],
  [
    "transfer/pattern-no-value",
    "the second pattern names nothing",
    one(transfer({}, { MatchPattern: "demo_@v demo_@v_@s" })),
    [],
  ],
  [
    "transfer/keeps-compression",
    "in a folder that hosts look into",
    one(transfer({ MatchPattern: "demo_@v.raw.xz" }, { Path: "/var/lib/extensions", MatchPattern: "" })),
    [warning],
  ],
  [
    "transfer/keeps-compression",
    "with a symlink of another name",
    extension({ MatchPattern: "demo_@v.raw.xz" }),
    [info],
  ],
  [
    "transfer/keeps-compression",
    "a partition has no name that counts",
    one(`${source({ MatchPattern: "demo_@v.raw.xz" })}\n${partitionTarget({ MatchPattern: "" })}`),
    [],
  ],
  [
    "transfer/source-target-pattern-drift",
    "another ending",
    one(transfer({ MatchPattern: "demo-@v.efi" }, { MatchPattern: "linux_@v.efi" })),
    [],
  ],
  [
    "transfer/source-target-pattern-drift",
    "an operating system's name",
    one(transfer({ MatchPattern: "%M_@v.raw" })),
    [],
  ],
  ["transfer/unused-setting", "tries without a place in the name", one(transfer({}, { TriesLeft: "3" })), [info]],
  ["transfer/unused-setting", "a signature of local files", one(head("Verify=no", transfer())), [info]],
  [
    "transfer/unused-setting",
    "the mode of a folder",
    one(transfer({ Type: "tar" }, { Type: "directory", Mode: "0755" })),
    [info],
  ],
  [
    "transfer/unused-setting",
    "flags of a partition",
    one(`${source()}\n${partitionTarget({ PartitionFlags: "0", ReadOnly: "yes" })}`),
    [],
  ],

  // Places.
  [
    "transfer/versions-in-search-path",
    "with a slash at the end",
    one(transfer({}, { Path: "/etc/extensions/" })),
    [warning],
  ],
  [
    "transfer/versions-in-search-path",
    "which a check of the tree's own name says",
    { ...release("ID=_any\n"), ...one(transfer({}, { Path: "/var/lib/extensions", MatchPattern: "demo-@v.raw" })) },
    [],
  ],
  [
    "transfer/versions-in-search-path",
    "an extension of the workspace, whose name has no version",
    one(transfer({ MatchPattern: "tools-@v.raw" }, { Path: "/var/lib/extensions", MatchPattern: "" })),
    [error],
    { others: { tools: { "usr/lib/extension-release.d/extension-release.tools": "ID=_any\n" } } },
  ],
  [
    "transfer/versions-in-search-path",
    "files of another kind",
    one(transfer({ MatchPattern: "demo_@v.txt" }, { Path: "/var/lib/extensions", MatchPattern: "" })),
    [],
  ],
  [
    "transfer/versions-in-search-path",
    "a versioned folder in the pattern",
    one(transfer({}, { Path: "/var/lib/extensions", MatchPattern: "demo.raw.v/demo_@v.raw" })),
    [],
  ],
  [
    "transfer/versions-in-search-path",
    "below a boot partition",
    one(transfer({}, { Path: "/var/lib/extensions", PathRelativeTo: "esp" })),
    [],
  ],
  [
    "transfer/versions-in-search-path",
    "configuration extensions",
    one(transfer({}, { Path: "/var/lib/confexts" })),
    [warning],
  ],
  [
    "transfer/symlink-outside",
    "a store that another tool links from",
    one(transfer({}, { Path: "/var/lib/mine/extensions" })),
    [],
  ],
  [
    "transfer/symlink-outside",
    "the usual store without a symlink",
    one(transfer({}, { Path: "/var/lib/extensions.d" })),
    [info],
  ],
  [
    "transfer/symlink-outside",
    "something else than an extension",
    one(transfer({}, { CurrentSymlink: "/opt/demo/current.raw" })),
    [],
  ],
  ["transfer/symlink-outside", "a symlink of another kind", extension({ CurrentSymlink: "/usr/local/bin/demo" }), []],
  [
    "transfer/symlink-name",
    "a folder has no ending",
    one(
      `${source({ Type: "tar", MatchPattern: "demo_@v.tar" })}\n${extensionTarget({ Type: "directory", MatchPattern: "demo_@v", CurrentSymlink: "/var/lib/extensions/demo" })}`,
    ),
    [],
  ],
  [
    "transfer/symlink-name",
    "another name than the tree's",
    { ...release("ID=_any\n"), ...extension({ CurrentSymlink: "/var/lib/extensions/demon.raw" }) },
    [error],
  ],
  [
    "transfer/symlink-name",
    "the tree's name before an underscore",
    { ...release("ID=_any\n"), ...extension({ CurrentSymlink: "/var/lib/extensions/demo_x.raw" }) },
    [],
  ],
  [
    "transfer/symlink-name",
    "the same for an older host",
    {
      ...release("ID=_any\n"),
      [`${folder}/demo.conf`]: `${source()}\n${extensionTarget({ CurrentSymlink: "/var/lib/extensions/demo_x.raw" })}`,
    },
    [`error ${folder}/demo.conf`],
    { systemd: 252 },
  ],
  [
    "transfer/symlink-name",
    "another extension's transfer",
    {
      ...release("ID=_any\n"),
      ...extension(
        { MatchPattern: "tools_@v.raw", CurrentSymlink: "/var/lib/extensions/tools.raw" },
        { MatchPattern: "tools_@v.raw" },
      ),
    },
    [],
  ],
  [
    "transfer/dead-search-path",
    "hosts that still look there",
    { [`${folder}/demo.conf`]: `${source()}\n${extensionTarget({ CurrentSymlink: "/usr/lib/extensions/demo.raw" })}` },
    [],
    { systemd: 253 },
  ],
  [
    "transfer/dead-search-path",
    "versions stored there, linked from elsewhere",
    extension({ Path: "/usr/lib/extensions" }),
    [],
  ],
  [
    "transfer/dead-search-path",
    "configuration extensions lie below /usr",
    extension({ CurrentSymlink: "/usr/lib/confexts/demo.raw" }),
    [],
  ],

  // Addresses.
  ["transfer/verify-off", "a local source", one(head("Verify=no", transfer())), []],
  ["transfer/verify-off", "a value that is no boolean", one(webTransfer({}, {}, { Verify: "maybe" })), []],
  [
    "transfer/http",
    "without a signature",
    one(webTransfer({ Path: "http://example.com" }, {}, { Verify: "no" })),
    [warning],
  ],
  [
    "transfer/http",
    "a name that only begins like the machine's own",
    one(webTransfer({ Path: "http://localhost.example.com" })),
    [info],
  ],
  [
    "transfer/github-layout",
    "the newest release only",
    one(webTransfer({ Path: "https://github.com/a/b/releases/latest/download/" })),
    [info],
  ],
  [
    "transfer/github-layout",
    "a specifier for the tag",
    one(webTransfer({ Path: "https://github.com/a/b/releases/download/%A" })),
    [],
  ],
  [
    "transfer/github-layout",
    "another server",
    one(webTransfer({ Path: "https://example.com/a/b/releases/download" })),
    [],
  ],
  [
    "transfer/github-layout",
    "a server whose name only ends like that of GitHub",
    one(webTransfer({ Path: "https://notgithub.com/a/b/releases/download" })),
    [],
  ],
  [
    "transfer/github-layout",
    "a server whose name has another sign for the point",
    one(webTransfer({ Path: "https://githubxcom/a/b/releases/download" })),
    [],
  ],
  [
    "transfer/github-layout",
    "an address of GitHub in that of another server",
    one(webTransfer({ Path: "https://example.com/https://github.com/a/b/releases/download" })),
    [],
  ],
  [
    "transfer/github-layout",
    "the pages under the other name of GitHub",
    one(webTransfer({ Path: "https://www.github.com/a/b/releases" })),
    [error],
  ],
  [
    "transfer/http",
    "an address of the machine itself in that of another",
    one(webTransfer({ Path: "http://example.com/http://localhost/" })),
    [info],
  ],
];

holdTo(cases);

test("findings of a drop-in lie in the drop-in", async () => {
  const dropIn = `${demo}.d/10-types.conf`;
  const tree = { ...one(transfer()), [dropIn]: "[Target]\nType=directory\n" };
  const found = await treeFindings("transfer/type-incompatible", tree);
  assert.deepEqual(
    found.map(({ path }) => path),
    [dropIn],
  );
});

test("a comment switches a finding off", async () => {
  const text = transfer({}, { InstancesMax: "1" }).replace(
    "InstancesMax",
    "# sysext: disable=transfer/instances-max\nInstancesMax",
  );
  assert.deepEqual(await treeFindings("transfer/instances-max", one(text)), []);
});

const titlesOf = async (id: string, files: Readonly<Record<string, string>>, systemd?: number) => {
  const [found] = await treeFindings(id, files, systemd === undefined ? {} : { systemd });
  return found?.fixes.map(({ title }) => title);
};

test("what is missing is added where it belongs", async () => {
  const bad = one(transfer({ MatchPattern: "" }));
  assert.deepEqual(await titlesOf("transfer/pattern-missing", bad), ['Add "MatchPattern=demo_@v.raw"']);
  const [found] = await treeFindings("transfer/pattern-missing", bad);
  const [change] = found?.fixes[0]?.changes ?? [];
  assert.ok(change?.kind === "edit");
  const { span, text } = change;
  const before = transfer({ MatchPattern: "" });
  assert.equal(before.slice(0, span.start) + text + before.slice(span.end), transfer());
});

test("other words for types, and patterns without a version, have the repair that was probably meant", async () => {
  const fixes = async (id: string, text: string) =>
    (await treeFindings(id, one(text)))[0]?.fixes.map(({ title }) => title);
  assert.deepEqual(await fixes("transfer/source-type", transfer({ Type: "file" })), ['Change to "regular-file"']);
  const web = transfer({ Type: "file", Path: "https://example.com" });
  assert.deepEqual(await fixes("transfer/source-type", web), ['Change to "url-file"']);
  assert.deepEqual(await fixes("transfer/target-type", transfer({}, { Type: "file" })), ['Change to "regular-file"']);
  const patterns = { "demo.raw": "demo_@v.raw", "demo.raw.xz": "demo_@v.raw.xz", "my-%a.raw": "my-%a_@v.raw" };
  for (const [bad, good] of Object.entries(patterns)) {
    const text = transfer({ MatchPattern: bad }, { MatchPattern: "" });
    assert.deepEqual(await fixes("transfer/pattern-no-version", text), [`Change to "${good}"`]);
  }
  assert.deepEqual(await fixes("transfer/pattern-no-version", transfer({ MatchPattern: "@@" })), []);
});
