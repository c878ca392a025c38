// The language server as an editor sees it: a process that speaks LSP.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { TreeDescription } from "../../shared/src/requests.ts";
import { tempFolder } from "../support/tools.ts";
import { type Answers, type ServerProcess, startServerProcess } from "./server-process.ts";

const pulling = {
  textDocument: { diagnostic: {} },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
};

async function start(t: TestContext, capabilities: object = pulling, folder?: string, answers?: Answers) {
  const server = startServerProcess(t, answers);
  const workspaceFolders = folder === undefined ? null : [{ uri: pathToFileURL(folder).href, name: "test" }];
  await server.request("initialize", { processId: process.pid, rootUri: null, capabilities, workspaceFolders });
  server.notify("initialized", {});
  return server;
}

function open(server: ServerProcess, uri: string, text: string, languageId = "sysext-release"): void {
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
}

interface Diagnostic {
  readonly code: string;
  readonly message: string;
  readonly severity: number;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly source: string;
  readonly codeDescription: { readonly href: string };
}
interface Position {
  readonly line: number;
  readonly character: number;
}

async function diagnose(server: ServerProcess, uri: string): Promise<readonly Diagnostic[]> {
  const { items } = await server.request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
  return items;
}

/** A tree called `name` in a new folder, with its release file. */
function makeTree(t: TestContext, name: string, release: string, suffix = name) {
  const folder = path.join(tempFolder(t), name);
  const file = path.join(folder, "usr/lib/extension-release.d", `extension-release.${suffix}`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, release);
  return { folder, uri: pathToFileURL(file).href, rootUri: pathToFileURL(folder).href };
}

test("findings come with range, code, page and severity", async (t) => {
  const { uri } = makeTree(t, "demo", "");
  const server = await start(t);
  open(server, uri, "# \u{1f600}\r\nID=_any\r\n  ARCHITECTURE=amd64\r\n");
  const [finding, ...others] = await diagnose(server, uri);
  assert.deepEqual(others, []);
  assert.deepEqual(finding?.range, { start: { line: 2, character: 15 }, end: { line: 2, character: 20 } });
  assert.equal(finding?.code, "er/architecture-invalid");
  assert.equal(finding?.severity, 1);
  assert.equal(finding?.source, "sysext");
  assert.match(finding?.codeDescription.href ?? "", /^https:.*\/docs\/checks\/er\/architecture-invalid\.md$/);
});

test("an editor that does not ask for findings gets them sent, and taken back when the file is closed", async (t) => {
  const { uri } = makeTree(t, "demo", "");
  const server = await start(t, {});
  open(server, uri, "VERSION_ID=1\n");
  type Sent = { uri: string; diagnostics: Diagnostic[] };
  const sent = await server.notification<Sent>("textDocument/publishDiagnostics");
  assert.deepEqual([sent.uri, sent.diagnostics.map(({ code }) => code)], [uri, ["er/id-missing"]]);
  server.notify("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "ID=fedora\n" },
    ],
  });
  assert.deepEqual((await server.notification<Sent>("textDocument/publishDiagnostics")).diagnostics, []);
  server.notify("textDocument/didClose", { textDocument: { uri } });
  assert.deepEqual((await server.notification<Sent>("textDocument/publishDiagnostics")).diagnostics, []);
});

interface CodeAction {
  readonly title: string;
  readonly edit: { readonly changes?: Record<string, unknown>; readonly documentChanges?: readonly unknown[] };
}

const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };

test("a fix is an edit at the place of the finding", async (t) => {
  const { uri } = makeTree(t, "demo", "");
  const server = await start(t);
  open(server, uri, "ID=_any\nARCHITECTURE=amd64\n");
  const params = { textDocument: { uri }, range: everywhere, context: { diagnostics: [] } };
  const [action, ...others] = await server.request<CodeAction[]>("textDocument/codeAction", params);
  assert.deepEqual(others, []);
  assert.equal(action?.title, 'Change to "x86-64"');
  const range = { start: { line: 1, character: 13 }, end: { line: 1, character: 18 } };
  assert.deepEqual(action?.edit.changes, { [uri]: [{ range, newText: "x86-64" }] });
  const elsewhere = { ...params, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } } };
  assert.deepEqual(await server.request("textDocument/codeAction", elsewhere), []);
});

test("a release file of another name can be renamed, or the extension called after it", async (t) => {
  const { uri, rootUri } = makeTree(t, "de mo", "ID=_any\n", "other");
  const params = { textDocument: { uri }, range: everywhere, context: { diagnostics: [] } };
  const server = await start(t);
  open(server, uri, "ID=_any\n");
  assert.deepEqual(
    (await diagnose(server, uri)).map(({ code }) => code),
    ["er/name-mismatch"],
  );
  const [rename, call] = await server.request<CodeAction[]>("textDocument/codeAction", params);
  assert.deepEqual(rename?.edit.documentChanges, [
    { kind: "rename", oldUri: uri, newUri: uri.replace(/other$/, "de%20mo"), options: { overwrite: false } },
  ]);
  assert.match(JSON.stringify(call?.edit.documentChanges), new RegExp(`${rootUri}/sysext\\.json`));

  const simple = await start(t, { textDocument: { diagnostic: {} } });
  open(simple, uri, "ID=_any\n");
  assert.deepEqual(
    await simple.request("textDocument/codeAction", params),
    [],
    "an editor that cannot rename gets no such fix",
  );
});

test("the project file counts as it is in the editor", async (t) => {
  const { uri, rootUri } = makeTree(t, "demo", "ID=_any\n", "other");
  const server = await start(t);
  open(server, uri, "ID=_any\n");
  assert.equal((await diagnose(server, uri)).length, 1);
  open(server, `${rootUri}/sysext.json`, '{ "name": "other" }', "json");
  assert.deepEqual(await diagnose(server, uri), []);
});

test("a project file is checked, and counts as on the disk again when it is closed", async (t) => {
  const { uri, rootUri } = makeTree(t, "demo", "ID=_any\n");
  const project = `${rootUri}/sysext.json`;
  const server = await start(t);
  open(server, uri, "ID=_any\n");
  open(server, project, '{\n  "name": "other",\n  "class": "extension"\n}\n', "json");
  const [finding, ...others] = await diagnose(server, project);
  assert.deepEqual(others, []);
  assert.equal(finding?.code, "project/value");
  assert.deepEqual(finding?.range, { start: { line: 2, character: 2 }, end: { line: 2, character: 9 } });
  assert.equal((await diagnose(server, uri)).length, 1);
  server.notify("textDocument/didClose", { textDocument: { uri: project } });
  assert.deepEqual(await diagnose(server, uri), []);
});

test("a fix in a project file replaces all of what is in it", async (t) => {
  const { uri, rootUri } = makeTree(t, "demo", "ID=_any\n", "other");
  const server = await start(t);
  open(server, uri, "ID=_any\n");
  const params = { textDocument: { uri }, range: everywhere, context: { diagnostics: [] } };
  const call = async () => {
    const actions = await server.request<CodeAction[]>("textDocument/codeAction", params);
    return actions.find(({ title }) => title.startsWith("Name the extension"))?.edit.documentChanges;
  };
  const project = `${rootUri}/sysext.json`;
  const nowhere = { line: 0, character: 0 };
  const whole = (end: Position, newText: string) => ({
    textDocument: { uri: project, version: null },
    edits: [{ range: { start: nowhere, end }, newText }],
  });
  assert.deepEqual(await call(), [
    { kind: "create", uri: project, options: { overwrite: false } },
    whole(nowhere, '{\n  "name": "other"\n}\n'),
  ]);
  open(server, project, '{ "class":\r\n "sysext" }', "json");
  assert.deepEqual(await call(), [
    whole({ line: 1, character: 11 }, '{\n  "class": "sysext",\n  "name": "other"\n}\n'),
  ]);
});

test("files that appear on the disk count when the editor tells of them", async (t) => {
  const { folder, uri } = makeTree(t, "demo", "ID=_any\n", "other");
  const file = path.join(folder, "usr/lib/extension-release.d/extension-release.demo");
  type Registered = { registrations: { registerOptions: { watchers: { globPattern: string }[] } }[] };
  const watching = Promise.withResolvers<Registered>();
  const capabilities = { ...pulling, workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
  const server = await start(t, capabilities, undefined, { "client/registerCapability": watching.resolve });
  const { registrations } = await watching.promise;
  assert.deepEqual(
    registrations.map(({ registerOptions }) => registerOptions.watchers.map(({ globPattern }) => globPattern)),
    [["**/*"]],
  );
  open(server, uri, "ID=_any\n");
  assert.equal((await diagnose(server, uri)).length, 1);
  writeFileSync(file, "ID=_any\n");
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: pathToFileURL(file).href, type: 1 }] });
  assert.deepEqual(await diagnose(server, uri), []);
});

test("an editor that watches no files has them count at the next save", async (t) => {
  const { folder, uri } = makeTree(t, "demo", "ID=_any\n", "other");
  const file = path.join(folder, "usr/lib/extension-release.d/extension-release.demo");
  writeFileSync(file, "ID=_any\n");
  const server = await start(t);
  open(server, uri, "ID=_any\n");
  assert.deepEqual(await diagnose(server, uri), []);
  rmSync(file);
  server.notify("textDocument/didSave", { textDocument: { uri } });
  assert.equal((await diagnose(server, uri)).length, 1);
});

test("settings change severities and the target version", async (t) => {
  const { uri } = makeTree(t, "demo", "");
  let settings: unknown = { checks: { severity: { "er/id-missing": "hint" } } };
  const capabilities = { ...pulling, workspace: { configuration: true, diagnostics: { refreshSupport: true } } };
  let refreshed = 0;
  const server = await start(t, capabilities, undefined, {
    "workspace/configuration": () => [settings],
    "workspace/diagnostic/refresh": () => {
      refreshed += 1;
      return null;
    },
  });
  open(server, uri, "VERSION_ID=1\nEXTENSION_RESTART_UNITS=a.service\n");
  const codes = async () => (await diagnose(server, uri)).map(({ code, severity }) => [code, severity]);
  while (refreshed < 1) await codes();
  assert.deepEqual(await codes(), [["er/id-missing", 4]]);
  settings = { checks: { severity: { "er/id-missing": "off", "er/x": 7 } }, targetSystemd: 257 };
  server.notify("workspace/didChangeConfiguration", { settings: null });
  while (refreshed < 2) await codes();
  assert.deepEqual(await codes(), [["er/restart-units-version", 3]]);
});

test("completion, hover and symbols answer", async (t) => {
  const { uri } = makeTree(t, "demo", "");
  const server = await start(t);
  open(server, uri, "ID=fla\n");
  const at = { textDocument: { uri }, position: { line: 0, character: 6 } };
  const items = await server.request<{ label: string; textEdit: unknown }[]>("textDocument/completion", at);
  const range = { start: { line: 0, character: 3 }, end: { line: 0, character: 6 } };
  assert.deepEqual(items.find(({ label }) => label === "flatcar")?.textEdit, { range, newText: "flatcar" });
  const hover = await server.request("textDocument/hover", { ...at, position: { line: 0, character: 1 } });
  assert.match(JSON.stringify(hover), /\*\*ID\*\*/);
  const symbols = await server.request<{ name: string }[]>("textDocument/documentSymbol", at);
  assert.deepEqual(
    symbols.map(({ name }) => name),
    ["ID"],
  );
});

test("a tree with a project file needs no release file to be found from inside; other folders do", async (t) => {
  const folder = path.join(tempFolder(t), "demo");
  mkdirSync(path.join(folder, "usr/bin"), { recursive: true });
  const server = await start(t);
  const describe = async (file: string) =>
    (
      await server.request<TreeDescription | null>("sysext/describeTree", {
        uri: pathToFileURL(path.join(folder, file)).href,
      })
    )?.name;
  assert.deepEqual([await describe(""), await describe("usr/bin")], ["demo", undefined]);
  writeFileSync(path.join(folder, "sysext.json"), '{ "name": "tool" }');
  assert.deepEqual([await describe(""), await describe("usr/bin")], ["tool", "tool"]);
});

test("trees are described from any file in them, and listed by folder", async (t) => {
  const { folder, uri, rootUri } = makeTree(t, "demo", "ID=_any\n");
  writeFileSync(path.join(folder, "README.md"), "");
  const server = await start(t, pulling, path.dirname(folder));
  const expected: TreeDescription = {
    uri: rootUri,
    name: "demo",
    class: "sysext",
    hierarchies: ["usr"],
    leftOut: ["README.md"],
    releaseFiles: [uri],
    build: {},
  };
  for (const inside of [uri, rootUri, `${rootUri}/`, `${rootUri}/usr/lib`, `${rootUri}/README.md`]) {
    assert.deepEqual(await server.request("sysext/describeTree", { uri: inside }), expected, inside);
  }
  assert.deepEqual(await server.request("sysext/listTrees"), [expected]);
});

test("odd URIs and requests get an answer, and the next one is answered too", async (t) => {
  const server = await start(t);
  for (const uri of [
    "untitled:Untitled-1",
    "sysext-image:/usr/x",
    "sysext-image://zz/usr/x",
    "sysext-image://61/usr/x",
    "vscode-remote://a+b/c%zz",
    "file:///c%3A/x/y",
    "",
    "x",
    "file://host/share",
  ]) {
    open(server, uri, "ARCHITECTURE=amd64\n");
    await diagnose(server, uri);
    assert.ok((await server.request("sysext/describeTree", { uri })) === null, uri);
    server.notify("textDocument/didClose", { textDocument: { uri } });
  }
  assert.deepEqual((await diagnose(server, "file:///not/open")).length, 0);
  await assert.rejects(server.request("no/such/request"), /Unhandled method/);
  await server.request("sysext/describeTree", {}).catch(() => undefined);
  assert.equal(await server.request("sysext/describeTree", { uri: "file:///nowhere" }), null);
});

test("a release file without a tree around it, or inside an image, is checked by itself", async (t) => {
  const server = await start(t);
  for (const uri of ["untitled:Untitled-1", "sysext-image://61/usr/lib/extension-release.d/extension-release.x"]) {
    open(server, uri, "ID=_any\nVERSION_ID=1\n");
    assert.deepEqual(
      (await diagnose(server, uri)).map(({ code }) => code),
      ["er/any-ignores-version"],
    );
  }
});

test("a file of 1 MB is checked, and shown as far as anybody reads", async (t) => {
  const { uri } = makeTree(t, "demo", "");
  const server = await start(t);
  open(server, uri, "ID=_any\n".repeat(130_000));
  assert.equal((await diagnose(server, uri)).length, 1000);
});

test("the process ends when it is told to, with the status that the protocol asks for", async (t) => {
  const polite = await start(t);
  await polite.request("shutdown");
  polite.notify("exit");
  assert.equal(await polite.exit, 0);
  const rude = await start(t);
  rude.notify("exit");
  assert.equal(await rude.exit, 1);
});
