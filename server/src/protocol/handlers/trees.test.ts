import assert from "node:assert/strict";
import { test } from "node:test";
import {
  describeTreeRequest,
  type EffectiveUnit,
  effectiveUnitRequest,
  type KnownHost,
  listHostsRequest,
  listMergedRequest,
  listTreesRequest,
  type MergedFolder,
  type TreeDescription,
  type TreeState,
  treeStateRequest,
} from "../../../../shared/src/requests.ts";
import { startInProcess, workspace } from "../../../../test/support/server-in-process.ts";
import { findHost } from "../../core/index.ts";

const release = (name: string) => `usr/lib/extension-release.d/extension-release.${name}`;
const units = "usr/lib/systemd/system";
const files = {
  [`b/${release("b")}`]: "ID=_any\nARCHITECTURE=x86-64\n",
  "b/usr/bin/run": "12345",
  "b/usr/share/b": "b",
  [`b/${units}/run.service`]: "[Unit]\nDescription=Runs\n[Service]\nExecStart=/usr/bin/run\n",
  [`b/${units}/run.service.d/x.conf`]: "[Service]\nNice=5\n",
  [`a/${release("a")}`]: "ID=_any\n",
  "a/usr/bin/run": "1",
  "other/usr/bin/x": "no tree by itself",
};

test("trees are listed by their URIs and described from within", async (t) => {
  const { client } = await startInProcess(t, files);
  const listed: TreeDescription[] = await client.sendRequest(listTreesRequest);
  assert.deepEqual(
    listed.map(({ uri, name }) => [uri, name]),
    [
      [`${workspace}/a`, "a"],
      [`${workspace}/b`, "b"],
    ],
  );
  const describe = (uri: string): Promise<TreeDescription | null> => client.sendRequest(describeTreeRequest, { uri });
  assert.equal((await describe(`${workspace}/b/usr/bin/run`))?.uri, `${workspace}/b`);
  assert.deepEqual((await describe(`${workspace}/b`))?.releaseFiles, [`${workspace}/b/${release("b")}`]);
  assert.equal(await describe(`${workspace}/other/usr/bin/x`), null);
  assert.equal((await describe(`${workspace}/other`))?.name, "other", "a folder that is named needs no release file");
});

test("the state of a tree counts its files, bytes and findings, and has verdicts", async (t) => {
  const { client } = await startInProcess(t, files, {
    options: { checks: { severity: { "unit/never-started": "hint" } } },
  });
  const state: TreeState = await client.sendRequest(treeStateRequest, { uri: `${workspace}/b/` });
  assert.equal(state.name, "b");
  assert.equal(state.class, "sysext");
  const inTree = Object.entries(files).filter(([path]) => path.startsWith("b/"));
  assert.equal(state.files, inTree.length);
  assert.equal(
    state.bytes,
    inTree.reduce((sum, [, text]) => sum + text.length, 0),
  );
  assert.equal(state.findings.hint, 1);
  assert.equal(state.hostsNamed, false);
  assert.deepEqual(
    state.verdicts.map(({ host, verdict }) => `${host} ${verdict}`),
    ["flatcar-stable match", "fedora-coreos match", "ubuntu-24.04 match", "debian-13 match", "opensuse-microos match"],
  );
  assert.equal(await client.sendRequest(treeStateRequest, { uri: "file:///" }), null);
});

test("the hosts that are known are listed with their day", async (t) => {
  const { client } = await startInProcess(t, {});
  const hosts: KnownHost[] = await client.sendRequest(listHostsRequest);
  const debian = hosts.find(({ name }) => name === "debian-13");
  assert.equal(debian?.title, findHost("debian-13")?.title);
  assert.equal(debian?.systemd, findHost("debian-13")?.systemd);
  assert.match(debian?.known ?? "", /^\d{4}-\d\d-\d\d$/);
});

test("a merged folder shows the uppermost file, and which others it hides", async (t) => {
  const host = findHost("debian-13");
  assert.ok(host);
  const asked: (string | undefined)[] = [];
  const { client } = await startInProcess(t, files, {
    platform: {
      namedHost: async (name, folder) => {
        asked.push(folder);
        return name === "debian-13" ? { host } : { name };
      },
    },
  });
  const list = (more: object): Promise<MergedFolder> =>
    client.sendRequest(listMergedRequest, { class: "sysext", host: "debian-13", folder: "usr/bin", ...more });
  assert.deepEqual(await list({}), {
    hostTitle: host.title,
    layers: ["a", "b"],
    leftOut: [],
    entries: [
      { name: "run", path: "usr/bin/run", type: "file", uri: `${workspace}/b/usr/bin/run`, layer: "b", hides: ["a"] },
    ],
  });
  assert.deepEqual(asked, [workspace]);
  assert.deepEqual((await list({ class: "confext" })).layers, []);
  assert.equal((await list({ host: "moon" })).problem, 'there is no known host and no file "moon"');
});

test("a unit is put together with its drop-ins, each line from its file", async (t) => {
  const { client } = await startInProcess(t, files);
  const ask = (uri: string): Promise<EffectiveUnit | null> => client.sendRequest(effectiveUnitRequest, { uri });
  const unit = await ask(`${workspace}/b/${units}/run.service`);
  assert.equal(unit?.name, "run.service");
  const lines = unit?.text.split("\n") ?? [];
  const placeOf = (line: string) => unit?.lines[lines.indexOf(line)];
  assert.deepEqual(placeOf("ExecStart=/usr/bin/run"), { uri: `${workspace}/b/${units}/run.service`, line: 3 });
  assert.deepEqual(placeOf("Nice=5"), { uri: `${workspace}/b/${units}/run.service.d/x.conf`, line: 1 });
  assert.equal(await ask(`${workspace}/b/usr/bin/run`), null);
});

test("symbols of the workspace are found by letters in their order", async (t) => {
  const { client } = await startInProcess(t, files);
  const find = async (query: string) =>
    (await client.sendRequest<{ name: string; containerName?: string }[]>("workspace/symbol", { query })).map(
      ({ name, containerName }) => `${name} in ${containerName}`,
    );
  assert.deepEqual(await find(""), ["run.service in b: Runs", "run.service.d/x.conf in b"]);
  assert.deepEqual(await find("R U x"), ["run.service.d/x.conf in b"]);
  assert.deepEqual(await find("nnn"), []);
  assert.deepEqual(await find("nr"), ["run.service in b: Runs", "run.service.d/x.conf in b"]);
});

test("a merge leaves out what the host rejects, and says why", async (t) => {
  const host = findHost("debian-13");
  assert.ok(host);
  const alone = { [`a/${release("a")}`]: "ID=moon\n", "a/usr/bin/run": "1" };
  const { client } = await startInProcess(t, alone, { platform: { namedHost: async () => ({ host }) } });
  const params = { class: "sysext", host: "debian-13", folder: "usr/bin" };
  const { layers, leftOut }: MergedFolder = await client.sendRequest(listMergedRequest, params);
  assert.deepEqual(layers, []);
  assert.deepEqual(
    leftOut.map(({ name, reason }) => [name, /moon/.test(reason)]),
    [["a", true]],
  );
});
