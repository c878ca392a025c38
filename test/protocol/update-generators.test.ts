// What the language server writes for updates, and which files it renames, as an editor sees it.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  type MigrationPlan,
  type NewTransferParams,
  newTransferRequest,
  type PlanMigrationParams,
  planMigrationRequest,
  type RefreshAfterUpdateParams,
  refreshAfterUpdateRequest,
  type VersionedLayoutParams,
  type VersionedLayoutResult,
  versionedLayoutRequest,
  type Written,
} from "../../shared/src/update-requests.ts";
import { tempFolder } from "../support/tools.ts";
import { startServerProcess } from "./server-process.ts";

async function start(t: TestContext, files: Readonly<Record<string, string>>, settings: object = {}) {
  const folder = path.join(tempFolder(t), "demo");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const server = startServerProcess(t);
  const uri = pathToFileURL(folder).href;
  await server.request("initialize", {
    processId: null,
    rootUri: uri,
    capabilities: {},
    initializationOptions: settings,
  });
  server.notify("initialized", {});
  return {
    uri,
    newTransfer: (params: NewTransferParams) => server.request<Written>(newTransferRequest, params),
    refresh: (params: RefreshAfterUpdateParams) => server.request<Written>(refreshAfterUpdateRequest, params),
    layout: (params: VersionedLayoutParams) => server.request<VersionedLayoutResult>(versionedLayoutRequest, params),
    migrate: (params: PlanMigrationParams) => server.request<MigrationPlan | null>(planMigrationRequest, params),
  };
}

const release = "usr/lib/extension-release.d/extension-release.demo";
const wanted = { address: "https://example.com/demo/", verify: true, set: "component" } as const;

function paths(written: Written): string[] {
  return "fault" in written ? assert.fail(written.fault) : written.files.map((file) => file.path);
}

test("the transfer of a tree has its name, its binding and the systemd of its hosts", async (t) => {
  const files = { [release]: "ID=debian\nVERSION_ID=12\nARCHITECTURE=x86-64\n", "usr/bin/demo": "" };
  const young = await start(t, files);
  const written = await young.newTransfer({ ...wanted, extension: { tree: young.uri } });
  assert.deepEqual(paths(written), ["etc/sysupdate.demo.d/demo.transfer", "etc/tmpfiles.d/50-extensions.conf"]);
  assert.match(JSON.stringify(written), /MatchPattern=demo-@v-%w-%a\.raw/);

  const old = await start(t, { ...files, "sysext.json": '{"name": "other", "hosts": ["debian-12", "debian-13"]}' });
  assert.deepEqual(
    paths(await old.newTransfer({ ...wanted, extension: { tree: old.uri } }))[0],
    "etc/sysupdate.other.d/other.conf",
  );
  assert.deepEqual(
    paths(await old.refresh({ tree: old.uri, components: ["a"], systemSet: false, classes: ["sysext"] })),
    [
      "etc/systemd/system/systemd-sysupdate.service.d/50-refresh-extensions.conf",
      "etc/systemd/system/timers.target.d/50-update-extensions.conf",
    ],
  );
});

test("the user's own version of systemd goes before that of the hosts", async (t) => {
  const { uri, newTransfer } = await start(
    t,
    { [release]: "ID=_any\n", "usr/bin/demo": "", "sysext.json": '{"hosts": ["debian-12"]}' },
    { targetSystemd: 258 },
  );
  assert.match(paths(await newTransfer({ ...wanted, extension: { tree: uri } }))[0] ?? "", /\.transfer$/);
});

test("an image's release file says the same as a tree's", async (t) => {
  const { newTransfer, layout } = await start(t, {});
  const extension = { name: "demo", class: "confext", release: "ID=_any\nARCHITECTURE=arm64\n" } as const;
  assert.match(
    JSON.stringify(await newTransfer({ ...wanted, extension })),
    /CurrentSymlink=\/var\/lib\/confexts\/demo\.raw/,
  );
  assert.deepEqual(await layout({ extension, version: "1.2" }), {
    image: "var/lib/confexts.d/demo/demo-1.2-arm64.raw",
    symlink: "var/lib/confexts/demo.raw",
    target: "../confexts.d/demo/demo-1.2-arm64.raw",
  });
  const refused = await layout({ extension, version: "1 2" });
  assert.match("fault" in refused ? refused.fault : "", /"1 2" is not a version/);
});

test("all folders of a set are renamed together, whichever of its files is named", async (t) => {
  const { uri, migrate } = await start(t, {
    "host/etc/sysupdate.d/b.conf": "",
    "host/etc/sysupdate.d/a.conf.d/10.conf": "",
    "host/usr/lib/sysupdate.d/a.conf": "",
    "host/usr/lib/sysupdate.x.d/c.conf": "",
    "loose/sysupdate.d/d.conf": "",
  });
  const expected = [
    ["etc/sysupdate.d/a.conf.d", "etc/sysupdate.d/a.transfer.d"],
    ["etc/sysupdate.d/b.conf", "etc/sysupdate.d/b.transfer"],
    ["usr/lib/sysupdate.d/a.conf", "usr/lib/sysupdate.d/a.transfer"],
  ].map(([from, to]) => ({ from: `${uri}/host/${from}`, to: `${uri}/host/${to}` }));
  for (const place of [
    "etc/sysupdate.d",
    "etc/sysupdate.d/",
    "usr/lib/sysupdate.d/a.conf",
    "etc/sysupdate.d/a.conf.d/10.conf",
  ]) {
    assert.deepEqual((await migrate({ uri: `${uri}/host/${place}` }))?.renames, expected, place);
  }
  assert.deepEqual((await migrate({ uri: `${uri}/host/usr/lib/sysupdate.x.d` }))?.renames.length, 1);
  assert.deepEqual((await migrate({ uri: `${uri}/loose/sysupdate.d` }))?.renames, [
    { from: `${uri}/loose/sysupdate.d/d.conf`, to: `${uri}/loose/sysupdate.d/d.transfer` },
  ]);
  assert.equal(await migrate({ uri: `${uri}/host/etc` }), null);
  assert.equal(await migrate({ uri: "nonsense" }), null);
});
