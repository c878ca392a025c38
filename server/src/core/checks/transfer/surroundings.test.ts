// Transfers among others: more near misses of what depends on the files and extensions around, and on the version of systemd.
import assert from "node:assert/strict";
import { test } from "node:test";
import { holdTo, type TreeCase, treeFindings } from "../../../../../test/support/tree-cases.ts";
import { extensionTarget, feature, partitionTarget, source, transfer } from "./example-texts.ts";

const folder = "usr/lib/sysupdate.demo.d";
const demo = `${folder}/demo.transfer`;
const one = (text: string) => ({ [demo]: text });
const head = (settings: string, text: string) => `[Transfer]\n${settings}\n\n${text}`;
const release = (text: string) => ({ "usr/lib/extension-release.d/extension-release.demo": text });
const extension = (settings: Readonly<Record<string, string>> = {}, more: Readonly<Record<string, string>> = {}) =>
  one(`${source(more)}\n${extensionTarget(settings)}`);
const info = `info ${demo}`;
const warning = `warning ${demo}`;

const cases: readonly TreeCase[] = [
  // Sets.
  ["transfer/conf-suffix", "a host that reads no other", { [`${folder}/demo.conf`]: transfer() }, [], { systemd: 256 }],
  ["transfer/conf-suffix", "a template", { [`${folder}/demo.conf.in`]: transfer() }, []],
  [
    "transfer/mixed-suffix",
    "older hosts read the one, newer the other",
    { ...one(transfer()), [`${folder}/b.conf`]: transfer() },
    [`warning ${folder}/b.conf`],
    { systemd: 256 },
  ],
  [
    "transfer/mixed-suffix",
    "in another component",
    { ...one(transfer()), "usr/lib/sysupdate.b.d/b.conf": transfer() },
    [],
  ],
  [
    "transfer/mixed-suffix",
    "a mask hides nothing",
    { [`${folder}/a.transfer`]: "", [`${folder}/b.conf`]: transfer() },
    [],
  ],
  ["transfer/feature-undefined", "a requisite", one(head("RequisiteFeatures=a b", transfer())), [warning, warning]],
  [
    "transfer/feature-undefined",
    "defined in another folder of the set",
    { ...one(head("Features=a", transfer())), "etc/sysupdate.demo.d/a.feature": feature({ Description: "A" }) },
    [],
  ],
  [
    "transfer/feature-undefined",
    "masked",
    {
      ...one(head("Features=a", transfer())),
      [`${folder}/a.feature`]: feature({ Description: "A" }),
      "etc/sysupdate.demo.d/a.feature": { target: "/dev/null" },
    },
    [warning],
  ],
  [
    "transfer/feature-undefined",
    "the system's own set may have more",
    { "usr/lib/sysupdate.d/demo.transfer": head("Features=a", transfer()) },
    ["info usr/lib/sysupdate.d/demo.transfer"],
  ],
  ["transfer/feature-undefined", "taken back", one(head("Features=a\nFeatures=", transfer())), []],
  [
    "transfer/shared-component",
    "one repository of several extensions",
    {
      [`${folder}/1.transfer`]: `${source()}\n${extensionTarget()}`,
      [`${folder}/2.transfer`]: `${source({ Path: "/srv/tools", MatchPattern: "tools_@v.raw" })}\n${extensionTarget({ MatchPattern: "tools_@v.raw" })}`,
    },
    [`info ${folder}/2.transfer`],
  ],
  [
    "transfer/shared-component",
    "bound to the system's version",
    {
      [`${folder}/1.transfer`]: `${source()}\n${extensionTarget()}`,
      [`${folder}/2.transfer`]: head(
        "ProtectVersion=%A",
        `${source({ Path: "/srv/tools", MatchPattern: "tools_@v.raw" })}\n${extensionTarget({ MatchPattern: "tools_@v.raw" })}`,
      ),
    },
    [],
  ],
  [
    "transfer/set-differs",
    "other protected versions",
    {
      [`${folder}/1.transfer`]: head("ProtectVersion=%A", transfer()),
      [`${folder}/2.transfer`]: transfer({ MatchPattern: "b_@v" }, { MatchPattern: "" }),
    },
    [`info ${folder}/2.transfer`],
  ],
  [
    "transfer/set-differs",
    "partitions are counted by themselves",
    {
      [`${folder}/1.transfer`]: `${source()}\n${partitionTarget()}`,
      [`${folder}/2.transfer`]: transfer({ MatchPattern: "b_@v" }, { MatchPattern: "", InstancesMax: "2" }),
    },
    [],
  ],
  [
    "transfer/set-differs",
    "a transfer that is not read",
    { [`${folder}/1.transfer`]: transfer(), [`${folder}/2.conf`]: transfer({}, { InstancesMax: "5" }) },
    [],
  ],
  [
    "transfer/greedy-tail",
    "hosts that look at the whole name",
    {
      [`${folder}/1.transfer`]: transfer(),
      [`${folder}/2.transfer`]: transfer({ MatchPattern: "demo_@v.raw.sig" }, { MatchPattern: "sig_@v" }),
    },
    [],
  ],
  [
    "transfer/greedy-tail",
    "a wildcard at the end takes all",
    {
      [`${folder}/1.transfer`]: transfer({ MatchPattern: "demo_@v" }, { MatchPattern: "a_@v" }),
      [`${folder}/2.transfer`]: transfer({ MatchPattern: "demo_@v.sig" }, { MatchPattern: "b_@v" }),
    },
    [`info ${folder}/1.transfer`],
  ],
  [
    "transfer/greedy-tail",
    "partitions of another type",
    {
      [`${folder}/1.transfer`]: `${source()}\n${partitionTarget({ MatchPattern: "root-@v" })}`,
      [`${folder}/2.transfer`]: `${source({ MatchPattern: "hash_@v" })}\n${partitionTarget({ MatchPattern: "root-@v-verity", MatchPartitionType: "root-verity" })}`,
    },
    [],
  ],

  // Extensions around.
  [
    "transfer/pattern-name-mismatch",
    "another name in the file's name",
    {
      [`${folder}/10-other.transfer`]: `${source({ MatchPattern: "other_@v.raw" })}\n${extensionTarget({ MatchPattern: "other_@v.raw" })}`,
    },
    [],
  ],
  [
    "transfer/os-bound-without-w",
    "a release in the address",
    { ...release("ID=fedora\nVERSION_ID=42\n"), ...extension({}, { Path: "/srv/fedora-42" }) },
    [],
  ],
  [
    "transfer/os-bound-without-w",
    "a text that only looks like the release",
    { ...release("ID=debian\nVERSION_ID=4.2\n"), ...extension({}, { Path: "/srv/debian-4x2" }) },
    [info],
  ],
  [
    "transfer/os-bound-without-w",
    "a longer number that begins like the release",
    { ...release("ID=debian\nVERSION_ID=4.2\n"), ...extension({}, { Path: "/srv/debian-4.20" }) },
    [info],
  ],
  [
    "transfer/os-bound-without-w",
    "a release with a point in the address",
    { ...release("ID=debian\nVERSION_ID=4.2\n"), ...extension({}, { Path: "/srv/debian-4.2" }) },
    [],
  ],
  [
    "transfer/os-bound-without-w",
    "a level instead of a version",
    { ...release("ID=fedora\nVERSION_ID=42\nSYSEXT_LEVEL=1\n"), ...extension() },
    [],
  ],
  ["transfer/os-bound-without-w", "a release without a system", { ...release("VERSION_ID=42\n"), ...extension() }, []],
  [
    "transfer/greedy-tail",
    "the same files in a folder that is written with a slash",
    {
      [`${folder}/10-demo.transfer`]: transfer(),
      [`${folder}/20-index.transfer`]: transfer(
        { Path: "/srv/updates/", MatchPattern: "demo_@v.raw.index" },
        { MatchPattern: "demo_@v.index" },
      ),
    },
    [`info ${folder}/10-demo.transfer`],
    { systemd: 257 },
  ],
  [
    "transfer/greedy-tail",
    "names of another folder",
    {
      [`${folder}/10-demo.transfer`]: transfer(),
      [`${folder}/20-index.transfer`]: transfer(
        { Path: "/srv/indexes", MatchPattern: "demo_@v.raw.index" },
        { MatchPattern: "demo_@v.index" },
      ),
    },
    [],
    { systemd: 257 },
  ],
  ["transfer/os-bound-without-w", "for any system", { ...release("ID=_any\nVERSION_ID=42\n"), ...extension() }, []],
  [
    "transfer/arch-unscoped",
    "an architecture in the address",
    { ...release("ID=_any\nARCHITECTURE=x86-64\n"), ...extension({}, { Path: "/srv/x86-64" }) },
    [],
  ],
  [
    "transfer/arch-unscoped",
    "by another name",
    { ...release("ID=_any\nARCHITECTURE=x86-64\n"), ...extension({}, { MatchPattern: "demo_@v_amd64.raw" }) },
    [],
  ],
  [
    "transfer/protect-version",
    "in the system's own set",
    { "usr/lib/sysupdate.d/demo.transfer": head("ProtectVersion=%A", `${source()}\n${extensionTarget()}`) },
    [],
  ],
];

holdTo(cases);

const titlesOf = async (id: string, files: Readonly<Record<string, string>>, systemd?: number) => {
  const [found] = await treeFindings(id, files, systemd === undefined ? {} : { systemd });
  return found?.fixes.map(({ title }) => title);
};

test("a file with drop-ins is not renamed alone, since these are called after it", async () => {
  const conf = { [`${folder}/demo.conf`]: transfer() };
  assert.deepEqual(await titlesOf("transfer/conf-suffix", conf), ['Rename the file to "demo.transfer"']);
  const withDropIn = { ...conf, [`${folder}/demo.conf.d/a.conf`]: "[Target]\nInstancesMax=2\n" };
  assert.deepEqual(await titlesOf("transfer/conf-suffix", withDropIn), []);
  assert.deepEqual(await titlesOf("transfer/too-new", one(transfer()), 256), ['Rename the file to "demo.conf"']);
});

test("a feature that is missing is created beside the transfer", async () => {
  const [found] = await treeFindings("transfer/feature-undefined", one(head("Features=tools", transfer())));
  assert.deepEqual(found?.fixes[0]?.changes, [
    { kind: "write", path: `${folder}/tools.feature`, text: "[Feature]\nDescription=tools\nEnabled=no\n" },
  ]);
});
