// Holds what we say of sets of transfers, and of what an update stores, to a real systemd-sysupdate 257.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import { memoryTree } from "../../image/src/tree/memory-tree.ts";
import { feature, source, target, transfer, webSource } from "../../server/src/core/checks/transfer/example-texts.ts";
import { checkTreeUpdates, type Finding, readTreeUpdates } from "../../server/src/core/index.ts";
import { canUpdate, type MachineFiles, type UpdateMachine, updateMachine } from "../support/sysupdate.ts";

const around = {
  "srv/updates/demo_1.raw": "one",
  "var/lib/demo": { folder: true },
} as const satisfies MachineFiles;

type Texts = Readonly<Record<string, string>>;

function machineWith(t: TestContext, definitions: Texts, more: MachineFiles = {}): UpdateMachine {
  return updateMachine(t, { ...around, ...more, ...definitions });
}

/** What we say of the definitions, without what is only advice. */
async function findingsIn(definitions: Texts, systemd = 257): Promise<Finding[]> {
  return checkTreeUpdates(await readTreeUpdates(memoryTree(definitions)), { systemd });
}

async function hasFinding(check: string, definitions: Texts, systemd?: number): Promise<boolean> {
  return (await findingsIn(definitions, systemd)).some((finding) => finding.check === check);
}

const refused = transfer({ MatchPattern: "demo.raw" });

test("a transfer called .conf is not read beside one called .transfer, in whatever folder", async (t) => {
  if (!canUpdate(t)) return;
  const mixed = { "usr/lib/sysupdate.d/b.conf": refused, "etc/sysupdate.d/a.transfer": transfer() };
  assert.ok(await hasFinding("transfer/mixed-suffix", mixed));
  // The broken one would end the run if it were read.
  assert.deepEqual([...(await machineWith(t, { ...mixed, "etc/sysupdate.d/b.conf": refused }).list()).all], ["1"]);
  const alone = { "etc/sysupdate.d/b.conf": refused };
  assert.ok(!(await hasFinding("transfer/mixed-suffix", alone)));
  await assert.rejects(machineWith(t, alone).list(), /MatchPattern/);
});

test("a transfer called .conf is read by itself, with the remark that we make as well", async (t) => {
  if (!canUpdate(t)) return;
  const old = { "etc/sysupdate.d/a.conf": transfer() };
  assert.ok(await hasFinding("transfer/conf-suffix", old));
  assert.match((await machineWith(t, old).run("list")).log, /should have the '\.transfer' extension/);
});

test("a masked .transfer does not hide a .conf", async (t) => {
  if (!canUpdate(t)) return;
  const masked = { "etc/sysupdate.d/a.transfer": "", "etc/sysupdate.d/b.conf": transfer() };
  assert.ok(!(await hasFinding("transfer/mixed-suffix", masked)));
  assert.deepEqual([...(await machineWith(t, masked).list()).all], ["1"]);
});

test("what needs a feature that nothing defines is off, and so is what needs one that is not enabled", async (t) => {
  if (!canUpdate(t)) return;
  const needing = { "etc/sysupdate.demo.d/a.transfer": `[Transfer]\nFeatures=tools\n\n${transfer()}` };
  assert.ok(await hasFinding("transfer/feature-undefined", needing));
  await assert.rejects(machineWith(t, needing).list());
  const component = ["--component=demo", "--json=short", "list"] as const;
  assert.notEqual((await machineWith(t, needing).run(...component)).status, 0);
  const defined = { ...needing, "etc/sysupdate.demo.d/tools.feature": feature({ Enabled: "yes" }) };
  assert.ok(!(await hasFinding("transfer/feature-undefined", defined)));
  const { status, stdout } = await machineWith(t, defined).run(...component);
  assert.deepEqual([status, JSON.parse(stdout).all], [0, ["1"]]);
});

test("the system's own update fails where only components have transfers", async (t) => {
  if (!canUpdate(t)) return;
  const component = { "etc/sysupdate.demo.d/a.transfer": transfer() };
  assert.ok(await hasFinding("transfer/noop-default", component));
  assert.notEqual((await machineWith(t, component).run("update")).status, 0);
  const [finding] = (await findingsIn(component)).filter(({ check }) => check === "transfer/noop-default");
  const [change] = finding?.fixes[0]?.changes ?? [];
  assert.ok(change?.kind === "write");
  const repaired = { ...component, [change.path]: change.text };
  assert.ok(!(await hasFinding("transfer/noop-default", repaired)));
  assert.equal((await machineWith(t, repaired).run("update")).status, 0);
});

test("up to systemd 260 a pattern finds what another transfer's name goes on with", async (t) => {
  if (!canUpdate(t)) return;
  const both = {
    "etc/sysupdate.d/a.transfer": transfer(),
    "etc/sysupdate.d/b.transfer": transfer({ MatchPattern: "demo_@v.raw.index" }, { MatchPattern: "demo_@v.index" }),
  };
  assert.ok(await hasFinding("transfer/greedy-tail", both, 257));
  assert.ok(!(await hasFinding("transfer/greedy-tail", both, 261)));
  // Only the index is there, and yet both transfers have the version.
  const { all } = await updateMachine(t, {
    "srv/updates/demo_2.raw.index": "i",
    "var/lib/demo": { folder: true },
    ...both,
  }).list();
  assert.deepEqual([...all], ["2"]);
});

test("transfers of a set are updated to versions that all of them have", async (t) => {
  if (!canUpdate(t)) return;
  const tools = transfer(
    { Path: "/srv/tools", MatchPattern: "tools_@v.raw" },
    { Path: "/var/lib/demo", MatchPattern: "" },
  );
  const set = { "etc/sysupdate.d/a.transfer": transfer(), "etc/sysupdate.d/b.transfer": tools };
  assert.equal(await machineWith(t, set, { "srv/tools/tools_7.raw": "x" }).candidate(), undefined);
  assert.equal(await machineWith(t, set, { "srv/tools/tools_1.raw": "x" }).candidate(), "1");
});

/** Wildcards of the target's first pattern, the settings beside it, and whether an update can name what it stores. */
const named: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ["@u", {}],
  ["@u", { PartitionUUID: "01234567-89ab-cdef-0123-456789abcdef" }],
  ["@f", {}],
  ["@f", { PartitionFlags: "0x1" }],
  ["@a", {}],
  ["@a", { PartitionNoAuto: "yes" }],
  ["@g", {}],
  ["@g", { PartitionGrowFileSystem: "yes" }],
  ["@r", {}],
  ["@r", { ReadOnly: "no" }],
  ["@t", {}],
  ["@m", {}],
  ["@m", { Mode: "0600" }],
  ["@s", {}],
  ["@d", {}],
  ["@l", {}],
  ["@l", { TriesLeft: "2" }],
  ["@h", {}],
];

for (const isWeb of [false, true]) {
  test(`a wildcard of the target needs a value, from ${isWeb ? "an address" : "a folder"}`, async (t) => {
    if (!canUpdate(t)) return;
    const address = isWeb ? await serve(t) : "";
    for (const [wildcard, settings] of named) {
      const text = isWeb ? `[Transfer]\nVerify=no\n\n${webSource({ Path: address })}` : source();
      const definitions = {
        "etc/sysupdate.d/a.transfer": `${text}\n${target({ MatchPattern: `demo_@v_${wildcard}.raw demo_@v`, ...settings })}`,
      };
      const isFaulty = await hasFinding("transfer/pattern-no-value", definitions);
      const { status, log } = await machineWith(t, definitions).run("update");
      const what = `${wildcard} with ${JSON.stringify(settings)}:\n${log}`;
      assert.equal(/Failed to format target pattern/.test(log), isFaulty, what);
      // Whether what is named is then fetched as well is the server's business.
      if (!isWeb) assert.equal(status !== 0, isFaulty, what);
    }
  });
}

/** Serves the one version on this machine; resolves with its address. */
async function serve(t: TestContext): Promise<string> {
  const sums = "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed  demo_1.raw\n";
  const server = createServer((request, response) => {
    if (request.url?.endsWith("SHA256SUMS") === true) response.end(sums);
    else if (request.url?.endsWith("demo_1.raw") === true) response.end("one");
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/demo`;
}

test("what is stored is decompressed, whatever it is called", async (t) => {
  if (!canUpdate(t)) return;
  const inherited = {
    "etc/sysupdate.d/a.transfer": transfer({ MatchPattern: "demo_@v.raw.gz" }, { MatchPattern: "" }),
  };
  assert.ok(await hasFinding("transfer/keeps-compression", inherited));
  const files = {
    "srv/updates/demo_2.raw.gz": gzipSync("two"),
    "var/lib/demo": { folder: true },
    ...inherited,
  } as const;
  const machine = updateMachine(t, files);
  assert.equal((await machine.run("update")).status, 0);
  assert.deepEqual(machine.files("var/lib/demo"), { "demo_2.raw.gz": "two" });
});
