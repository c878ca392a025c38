// What an update would do, as an editor asks for it: with open documents, sources that are read once, and nothing fetched unasked.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { commands } from "../../shared/src/ids.ts";
import { type ServerOptions, workspaceTrustedNotification } from "../../shared/src/requests.ts";
import { type PlanUpdateParams, planUpdateRequest, type UpdatePlanReport } from "../../shared/src/update-requests.ts";
import { tempFolder } from "../support/tools.ts";
import { startServerProcess } from "./server-process.ts";

interface Hint {
  readonly label: string;
  readonly position: { readonly line: number };
}

const transfer = `[Transfer]
Verify=no

[Source]
Type=url-file
Path=https://example.com/demo/
MatchPattern=demo-@v-%a.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d/demo
MatchPattern=demo-@v-%a.raw
CurrentSymlink=/var/lib/extensions/demo.raw
InstancesMax=2
`;

const place = "host/etc/sysupdate.demo.d/demo.transfer";

async function start(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  initializationOptions: ServerOptions = {},
) {
  const folder = path.join(tempFolder(t), "demo");
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const server = startServerProcess(t);
  const rootUri = pathToFileURL(folder).href;
  await server.request("initialize", { processId: null, rootUri, capabilities: {}, initializationOptions });
  server.notify("initialized", {});
  const uriOf = (file: string) => pathToFileURL(path.join(folder, file)).href;
  return {
    folder,
    write,
    server,
    uriOf,
    at: (file: string) => path.join(folder, file),
    async plan(params: Partial<PlanUpdateParams> = {}, file = place): Promise<UpdatePlanReport> {
      const wanted = { uri: uriOf(file), host: "debian-13", architecture: "x86-64", ...params };
      return (
        (await server.request<UpdatePlanReport | null>(planUpdateRequest, wanted)) ?? assert.fail("there is no plan")
      );
    },
    open(file: string, text: string) {
      const textDocument = { uri: uriOf(file), languageId: "sysext-transfer", version: 1, text };
      server.notify("textDocument/didOpen", { textDocument });
    },
    change(file: string, version: number, text: string) {
      const textDocument = { uri: uriOf(file), version };
      server.notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
    },
  };
}

const published = {
  "published/demo-1.9-x86-64.raw": "x",
  "published/demo-1.10-x86-64.raw": "xx",
  "published/demo-1.10-arm64.raw": "xx",
  "published/demo_2-x86-64.raw": "x",
  "installed/demo-1.8-x86-64.raw": "x",
  "installed/demo-1.9-x86-64.raw": "x",
};

test("a folder of versions gives the whole plan", async (t) => {
  const { plan, at } = await start(t, { [place]: transfer, ...published });
  const report = await plan({ source: at("published"), target: at("installed") });
  assert.equal(report.component, "demo");
  assert.deepEqual(report.faults, []);
  assert.deepEqual([report.newest, report.current, report.candidate], ["1.10", "1.9", "1.10"]);
  assert.deepEqual(report.source, { state: "read", files: 4, doubts: [] });
  const [only] = report.transfers;
  assert.equal(only?.download?.storedAs, "/var/lib/extensions.d/demo/demo-1.10-x86-64.raw");
  assert.deepEqual(only?.remove, ["demo-1.8-x86-64.raw"]);
  assert.equal(only?.symlink?.path, "/var/lib/extensions/demo.raw");
  const missed = only?.misses.map(({ name, at: position }) => `${name} ${position}`);
  assert.deepEqual(missed, ["demo-1.10-arm64.raw 10", "demo_2-x86-64.raw 4"]);
});

test("without a source it tells what would match", async (t) => {
  const { plan } = await start(t, { [place]: transfer });
  const report = await plan();
  assert.deepEqual([report.source.state, report.target.state, report.candidate], ["none", "none", undefined]);
  assert.deepEqual(report.transfers[0]?.sourcePatterns, ["demo-@v-x86-64.raw"]);
  assert.equal(report.transfers[0]?.example, "demo-1.0-x86-64.raw");
  assert.deepEqual(report.versions, []);
});

test("open documents count as they are in the editor", async (t) => {
  const { plan, at, open, change } = await start(t, { [place]: transfer, ...published });
  const wanted = { source: at("published") };
  assert.equal((await plan(wanted)).candidate, "1.10");
  open(place, transfer);
  change(place, 2, transfer.replaceAll("demo-@v", "demo_@v"));
  assert.equal((await plan(wanted)).candidate, "2");
  change(place, 3, transfer.replace("Path=https://example.com/demo/\n", ""));
  assert.match((await plan(wanted)).faults.map(({ message }) => message).join(), /Path/);
});

test("what was read is kept until somebody asks for it anew", async (t) => {
  const { plan, at, write } = await start(t, { [place]: transfer, ...published });
  const wanted = { source: at("published") };
  assert.equal((await plan(wanted)).candidate, "1.10");
  write("published/demo-3-x86-64.raw", "x");
  assert.equal((await plan(wanted)).candidate, "1.10");
  assert.equal((await plan({ ...wanted, read: true })).candidate, "3");
  rmSync(at("published"), { recursive: true });
  const { source } = await plan({ ...wanted, read: true });
  assert.equal(source.state, "failed");
  assert.match(source.state === "failed" ? source.reason : "", /no such file or folder/);
});

/** A web server with one version; gives the address of its folder. */
async function serveVersion(t: TestContext) {
  let requests = 0;
  const web = createServer((request, response) => {
    requests += 1;
    response.writeHead(request.url === "/demo/SHA256SUMS" ? 200 : 404);
    response.end(`${"a".repeat(64)}  demo-7-x86-64.raw\n`);
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  t.after(() => web.close());
  return { source: `http://127.0.0.1:${(web.address() as AddressInfo).port}/demo/`, requests: () => requests };
}

test("a web address is asked only when the user says so", async (t) => {
  const { source, requests } = await serveVersion(t);
  const { plan } = await start(t, { [place]: transfer }, { trusted: true });
  assert.deepEqual((await plan({ source })).source, { state: "unread" });
  assert.equal(requests(), 0);
  assert.equal((await plan({ source, read: true })).candidate, "7");
  assert.equal((await plan({ source })).candidate, "7");
  assert.equal(requests(), 1);
});

test("without trust no web address is fetched, whatever an editor asks, until trust is granted", async (t) => {
  const { source, requests } = await serveVersion(t);
  const { plan, server } = await start(t, { [place]: transfer });
  const refused = { state: "failed", reason: "web addresses are fetched only in a trusted workspace" };
  assert.deepEqual((await plan({ source, read: true })).source, refused);
  assert.deepEqual((await plan({ source })).source, { state: "unread" });
  assert.equal(requests(), 0);
  server.notify(workspaceTrustedNotification);
  assert.equal((await plan({ source, read: true })).candidate, "7");
  assert.equal(requests(), 1);
});

test("specifiers stand for what the host and the architecture say", async (t) => {
  const text = transfer.replaceAll("-%a", "-%o-%w-%a");
  const { plan, write, at } = await start(t, { [place]: text });
  write("lab.os-release", "ID=lab\nVERSION_ID=3\n");
  const patterns = async (params: Partial<PlanUpdateParams>) => (await plan(params)).transfers[0]?.sourcePatterns;
  assert.deepEqual(await patterns({ architecture: "arm64" }), ["demo-@v-debian-13-arm64.raw"]);
  assert.deepEqual(await patterns({ host: at("lab.os-release") }), ["demo-@v-lab-3-x86-64.raw"]);
  assert.equal((await plan({ host: at("lab.os-release") })).hostTitle, at("lab.os-release"));
});

test("a lens above the first section of a transfer leads to its plan", async (t) => {
  const { server, open, uriOf } = await start(t, { [place]: transfer });
  open(place, `# mine\n${transfer}`);
  const lenses = await server.request<unknown[]>("textDocument/codeLens", { textDocument: { uri: uriOf(place) } });
  assert.deepEqual(lenses, [
    {
      range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
      command: { title: "Show update plan", command: commands.showUpdatePlan, arguments: [uriOf(place)] },
    },
  ]);
});

test("a hint has the newest version while a source is chosen", async (t) => {
  const { server, open, uriOf, plan, at } = await start(t, { [place]: transfer, ...published });
  open(place, transfer);
  const hints = async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const textDocument = { uri: uriOf(place) };
    const found = await server.request<readonly Hint[]>("textDocument/inlayHint", { textDocument, range });
    return found.filter(({ label }) => label.startsWith("→"));
  };
  assert.deepEqual(await hints(), []);
  await plan({ source: at("published") });
  assert.deepEqual(
    (await hints()).map(({ label, position }) => `${label} ${position.line}`),
    ["→ newest 1.10 6"],
  );
  await plan();
  assert.deepEqual(await hints(), []);
});

test("a loose folder is a set, and other files have no plan", async (t) => {
  const { plan, server, uriOf, at } = await start(t, {
    ...published,
    "loose/a.transfer": transfer,
    "loose/a.transfer.d/10.conf": "[Target]\nInstancesMax=3\n",
    "loose/notes.conf": "x",
  });
  const report = await plan({ source: at("published"), target: at("installed") }, "loose/a.transfer");
  assert.equal(report.candidate, "1.10");
  assert.deepEqual(report.transfers[0]?.remove, []);
  assert.deepEqual(
    report.transfers.map(({ uri }) => uri),
    [uriOf("loose/a.transfer")],
  );
  for (const uri of [uriOf("loose/notes.conf"), "nonsense", uriOf("published/demo-1.9-x86-64.raw")]) {
    assert.equal(await server.request(planUpdateRequest, { uri }), null);
  }
});
