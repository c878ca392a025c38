// Images in the language server: the report on one, findings in its files, and that nothing offers to write into it.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { buildImageFile } from "../../image/src/node/index.ts";
import { imageScheme } from "../../shared/src/ids.ts";
import { imageAuthority } from "../../shared/src/image-authority.ts";
import { type ImageReport, imageReportRequest } from "../../shared/src/image-requests.ts";
import type { TreeDescription } from "../../shared/src/requests.ts";
import { ensureBundles, runCli } from "../cli/run-cli.ts";
import { tempFolder } from "../support/tools.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";
const service = "usr/lib/systemd/system/demo.service";
const files = {
  [release]: "ID=debian\nVERSION_ID=13\nARCHITECTURE=amd64\n",
  [service]: "[Unit]\nDescription=A demo\n[Service]\nExecStart=/usr/bin/demo\nExecStrat=/usr/bin/demo\n",
  "usr/lib/systemd/system/multi-user.target.d/10-demo.conf": "[Unit]\nUpholds=demo.service\n",
  "usr/lib/systemd/system/alone.service": "[Service]\nExecStart=/usr/bin/demo\n",
  "usr/bin/demo": "#!/bin/sh\n",
};

function write(folder: string, contents: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(contents)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

async function build(folder: string, output: string): Promise<void> {
  const plan = { format: "squashfs", hierarchies: ["usr"], compression: "gzip", level: 6, blockSize: 131072 } as const;
  await buildImageFile({ folder, output, plan, mayRunPrograms: false }, {});
}

/** The form in which VS Code writes the URI of a file inside an image. */
function inImage(image: string, file: string, fragment = ""): string {
  return `${imageScheme}://${imageAuthority(pathToFileURL(image).href + fragment)}/${file}`;
}

interface Started {
  readonly server: ServerProcess;
  readonly folder: string;
  readonly image: string;
}

async function start(t: TestContext): Promise<Started> {
  const folder = tempFolder(t);
  const image = path.join(folder, "demo.raw");
  write(path.join(folder, "demo"), files);
  await build(path.join(folder, "demo"), image);
  const server = startServerProcess(t);
  await server.request("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: { diagnostic: {} },
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
    },
    workspaceFolders: [{ uri: inImage(image, ""), name: "demo.raw" }],
  });
  server.notify("initialized", {});
  return { server, folder, image };
}

const report = (server: ServerProcess, uri: string) => server.request<ImageReport | null>(imageReportRequest, { uri });

test("the report has the command line's findings, the verdicts and what starts the units", async (t) => {
  ensureBundles();
  const { server, image } = await start(t);
  const found = await report(server, pathToFileURL(image).href);
  assert.ok(found);
  assert.deepEqual([found.name, found.class, found.problem], ["demo", "sysext", undefined]);
  assert.deepEqual(found.releaseFiles, [{ path: release, text: files[release] }]);
  assert.ok(found.verdicts.length > 0 && !found.hostsNamed);
  assert.deepEqual(
    found.units.map(({ name, description, startedBy }) => [name, description, startedBy]),
    [
      ["alone.service", undefined, []],
      ["demo.service", "A demo", ['pulled in by "multi-user.target" with Upholds=']],
    ],
  );
  const cli = await runCli(["check", "--format", "json", image]);
  const theirs = (JSON.parse(cli.stdout) as { file: string; code: string; message: string }[]).map(
    ({ file, code, message }) => [path.posix.relative(image.replaceAll(path.sep, "/"), file), code, message],
  );
  assert.deepEqual(
    found.findings.map(({ path: file, check, message }) => [file, check, message]),
    theirs,
  );
  assert.ok(theirs.length > 2);
});

test("documents inside an image have findings, and no fix that would write into it", async (t) => {
  const { server, image } = await start(t);
  const uri = inImage(image, service);
  const text = files[service] ?? "";
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "sysext-unit", version: 1, text } });
  const { items } = await server.request<{ items: { code: string; range: object }[] }>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  const typo = items.find(({ code }) => code === "unit/unknown-key");
  assert.ok(typo, JSON.stringify(items));
  const actions = await server.request<unknown[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: typo.range,
    context: { diagnostics: [typo] },
  });
  assert.deepEqual(actions, []);
  const described = await server.request<TreeDescription>("sysext/describeTree", { uri });
  assert.match(described.problem ?? "", /is an image, which is built already/);
  assert.equal(described.uri, inImage(image, ""));
  assert.deepEqual(await server.request("sysext/listTrees"), []);
  const prepared = await server.request("textDocument/prepareRename", {
    textDocument: { uri },
    position: { line: 0, character: 2 },
  });
  assert.equal(prepared, null);
});

test("definitions lead from file to file inside an image", async (t) => {
  const { server, image } = await start(t);
  const uri = inImage(image, "usr/lib/systemd/system/multi-user.target.d/10-demo.conf");
  const text = "[Unit]\nUpholds=demo.service\n";
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "sysext-unit", version: 1, text } });
  const found = await server.request<{ uri: string }[]>("textDocument/definition", {
    textDocument: { uri },
    position: { line: 1, character: 10 },
  });
  assert.equal([found].flat()[0]?.uri, inImage(image, service));
});

test("an image that was built again is read again", async (t) => {
  const { server, folder, image } = await start(t);
  const uri = pathToFileURL(image).href;
  const before = await report(server, uri);
  assert.ok(before?.findings.some(({ check }) => check === "unit/unknown-key"));
  write(path.join(folder, "demo"), { [service]: "[Service]\nExecStart=/usr/bin/demo\n" });
  await build(path.join(folder, "demo"), image);
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });
  const after = await report(server, uri);
  assert.ok(after && !after.findings.some(({ check }) => check === "unit/unknown-key"), JSON.stringify(after));
});

test("what is no image, and odd URIs, end in an answer", async (t) => {
  const { server, folder, image } = await start(t);
  write(folder, { "text.raw": "hello\n", "empty.raw": "" });
  for (const name of ["text.raw", "empty.raw", "missing.raw", "demo"]) {
    const found = await report(server, pathToFileURL(path.join(folder, name)).href);
    assert.ok(found?.problem, name);
    assert.deepEqual([found.findings, found.units], [[], []]);
  }
  const part = await report(server, `${pathToFileURL(image).href}#partition=1`);
  assert.match(part?.problem ?? "", /has no partitions/);
  for (const uri of [
    "",
    "x",
    "http://example.com/a.raw",
    "file:///%",
    "file:///a%00b",
    `${image}#x`,
    "file:///a#partition=x",
  ]) {
    assert.equal(await report(server, uri), null, uri);
  }
  for (const uri of [
    `${imageScheme}:`,
    `${imageScheme}://`,
    `${imageScheme}://25/a/../..`,
    `${imageScheme}://${imageAuthority("file:///x")}/%FF`,
  ]) {
    await server.request("sysext/describeTree", { uri });
    await server.request("sysext/treeState", { uri });
  }
  assert.equal((await report(server, pathToFileURL(image).href))?.name, "demo");
});
