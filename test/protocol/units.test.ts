// Unit files in the language server, as an editor sees it.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type EffectiveUnit, effectiveUnitRequest } from "../../shared/src/requests.ts";
import { tempFolder } from "../support/tools.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const units = "usr/lib/systemd/system";
const files: Readonly<Record<string, string>> = {
  "usr/lib/extension-release.d/extension-release.demo": "ID=_any\nEXTENSION_RESTART_UNITS=demo.service\n",
  "usr/bin/demo": "",
  [`${units}/demo.service`]:
    "[Unit]\nDescription=Demo\nDocumentation=https://example.com/demo man:demo(8)\nAfter=helper@a.service\n[Service]\nExecStart=/usr/bin/demo\nRestart=on-failure\n",
  [`${units}/demo.service.d/10-a.conf`]: "[Service]\nRestart=always\n",
  [`${units}/helper@.service`]: "[Unit]\nBefore=demo.service\n[Service]\nExecStart=/usr/bin/helper %i\n",
  [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\n",
};

const capabilities = {
  textDocument: { diagnostic: {} },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
};

interface Tree {
  readonly server: ServerProcess;
  readonly folder: string;
  uri(file: string): string;
  pathOf(uri: string): string;
  open(file: string, text?: string, languageId?: string): string;
}

async function start(t: TestContext, settings: object = {}): Promise<Tree> {
  const folder = path.join(tempFolder(t), "demo");
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const server = startServerProcess(t);
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "demo" }];
  await server.request("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders,
    initializationOptions: settings,
  });
  server.notify("initialized", {});
  const uri = (file: string) => pathToFileURL(path.join(folder, file)).href;
  return {
    server,
    folder,
    uri,
    pathOf: (found) => decodeURIComponent(found).slice(decodeURIComponent(uri("")).length + 1),
    open(file, text = files[file] ?? "", languageId = "sysext-unit") {
      server.notify("textDocument/didOpen", { textDocument: { uri: uri(file), languageId, version: 1, text } });
      return uri(file);
    },
  };
}

interface Position {
  readonly line: number;
  readonly character: number;
}
interface Location {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

async function codesIn({ server }: Tree, uri: string): Promise<string[]> {
  type Found = { items: { code: string; range: Location["range"] }[] };
  const { items } = await server.request<Found>("textDocument/diagnostic", { textDocument: { uri } });
  return items.map(({ code, range }) => `${range.start.line}:${range.start.character} ${code}`);
}

/** Places as paths in the tree with lines and columns. */
function shown(tree: Tree, locations: readonly Location[]): string[] {
  return locations.map(({ uri, range: { start } }) => [tree.pathOf(uri), start.line, start.character].join(":"));
}

test("a unit has findings whatever language its editor thinks it is in", async (t) => {
  const tree = await start(t);
  const text = "[Service]\r\nExecStart=/usr/bin/demo\r\nRestart=onfailure\r\n";
  const uri = tree.open(`${units}/demo.service`, text, "systemd-conf");
  assert.deepEqual(await codesIn(tree, uri), ["2:8 unit/invalid-value"]);
});

test("files that only look like units by their endings are left alone", async (t) => {
  const tree = await start(t);
  const bus = "[D-BUS Service]\nName=org.demo\nExec=/bin/false\n";
  const left = [
    tree.open("usr/share/dbus-1/services/org.demo.service", bus, "ini"),
    tree.open("notes.path", "not a unit\n", "plaintext"),
    tree.open("login.feature", "Feature: log in\n", "cucumber"),
  ];
  for (const uri of left) assert.deepEqual(await codesIn(tree, uri), []);
  const loose = tree.open("loose.service", "[Service]\nRestart=onfailure\n", "plaintext");
  assert.deepEqual(await codesIn(tree, loose), ["0:0 unit/no-command", "1:8 unit/invalid-value"]);
});

test("units count in extension trees only when the user wants it so", async (t) => {
  const tree = await start(t, { units: { scope: "trees" } });
  const text = "[Service]\nExecStart=/usr/bin/demo\nRestart=onfailure\n";
  assert.deepEqual(await codesIn(tree, tree.open("loose.service", text)), []);
  assert.deepEqual(await codesIn(tree, tree.open(`${units}/demo.service`, text)), ["2:8 unit/invalid-value"]);
});

test("the settings of the tree's project file count in its units", async (t) => {
  const tree = await start(t);
  writeFileSync(
    path.join(tree.folder, "sysext.json"),
    JSON.stringify({ systemd: 248, checks: { "unit/invalid-value": "off" } }),
  );
  const text = "[Unit]\nUpholds=helper@a.service\n[Service]\nExecStart=/usr/bin/demo\nRestart=onfailure\n";
  assert.deepEqual(await codesIn(tree, tree.open(`${units}/demo.service`, text)), ["1:0 unit/too-new"]);
});

test("a unit's definition is its file and its drop-ins, and a path's is the file in the tree", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/multi-user.target.d/10-demo.conf`);
  const ask = (file: string, line: number, character: number) =>
    tree.server.request<Location[]>("textDocument/definition", {
      textDocument: { uri: file },
      position: { line, character },
    });
  assert.deepEqual(shown(tree, await ask(uri, 1, 10)), [
    `${units}/demo.service:4:0`,
    `${units}/demo.service.d/10-a.conf:0:0`,
  ]);
  const service = tree.open(`${units}/demo.service`);
  assert.deepEqual(shown(tree, await ask(service, 5, 15)), ["usr/bin/demo:0:0"]);
  assert.deepEqual(await ask(service, 1, 3), []);
  const release = tree.open("usr/lib/extension-release.d/extension-release.demo");
  assert.deepEqual(shown(tree, await ask(release, 1, 30)), [
    `${units}/demo.service:4:0`,
    `${units}/demo.service.d/10-a.conf:0:0`,
  ]);
});

test("references are found in open documents, files and release files", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service`);
  tree.open(`${units}/helper@.service`, "[Unit]\n\nBefore=demo.service\n[Service]\nExecStart=/usr/bin/helper %i\n");
  const found = await tree.server.request<Location[]>("textDocument/references", {
    textDocument: { uri },
    position: { line: 4, character: 3 },
    context: { includeDeclaration: false },
  });
  assert.deepEqual(shown(tree, found).sort(), [
    "usr/lib/extension-release.d/extension-release.demo:1:24",
    `${units}/helper@.service:2:7`,
    `${units}/multi-user.target.d/10-demo.conf:1:8`,
  ]);
});

test("renaming a unit is one edit of mentions, files and folders", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/multi-user.target.d/10-demo.conf`);
  const at = { textDocument: { uri }, position: { line: 1, character: 10 } };
  const prepared = await tree.server.request("textDocument/prepareRename", at);
  assert.deepEqual(prepared, {
    range: { start: { line: 1, character: 8 }, end: { line: 1, character: 20 } },
    placeholder: "demo.service",
  });
  type Change = { kind?: string; oldUri?: string; newUri?: string; textDocument?: { uri: string } };
  const { documentChanges } = await tree.server.request<{ documentChanges: Change[] }>("textDocument/rename", {
    ...at,
    newName: "agent.service",
  });
  const inTree = (found: string | undefined) => found && tree.pathOf(found);
  assert.deepEqual(
    documentChanges.map(
      ({ textDocument, oldUri, newUri }) => inTree(textDocument?.uri) ?? [inTree(oldUri), inTree(newUri)],
    ),
    [
      `${units}/helper@.service`,
      `${units}/multi-user.target.d/10-demo.conf`,
      "usr/lib/extension-release.d/extension-release.demo",
      [`${units}/demo.service`, `${units}/agent.service`],
      [`${units}/demo.service.d`, `${units}/agent.service.d`],
    ],
  );
  await assert.rejects(
    tree.server.request("textDocument/rename", { ...at, newName: "agent" }),
    /"agent" is not a valid unit name.*"\.service"/,
  );
});

test("links lead to documentation and to files that are there", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service`);
  const links = await tree.server.request<{ target: string }[]>("textDocument/documentLink", { textDocument: { uri } });
  assert.deepEqual(
    links.map(({ target }) => target),
    ["https://example.com/demo", "https://manpages.debian.org/demo.8", tree.uri("usr/bin/demo")],
  );
});

test("a lens leads to the effective unit, each line of which comes from a file", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service.d/10-a.conf`);
  type Lens = { command: { title: string; command: string; arguments: string[] } };
  const [lens] = await tree.server.request<Lens[]>("textDocument/codeLens", { textDocument: { uri } });
  assert.deepEqual(lens?.command, {
    title: "Effective demo.service (with 1 drop-in)",
    command: "sysext.showEffectiveUnit",
    arguments: [uri],
  });
  const unit = await tree.server.request<EffectiveUnit>(effectiveUnitRequest, { uri });
  const line = unit.text.split("\n").indexOf("Restart=always");
  assert.deepEqual(unit.lines[line], { uri, line: 1 });
  assert.ok(!unit.text.includes("Restart=on-failure"));
  const helper = tree.open(`${units}/helper@.service`);
  assert.deepEqual(await tree.server.request("textDocument/codeLens", { textDocument: { uri: helper } }), []);
  assert.equal(await tree.server.request(effectiveUnitRequest, { uri: tree.uri("usr/bin/demo") }), null);
});

test("units of the open folders are found by their letters", async (t) => {
  const tree = await start(t);
  type Found = { name: string; containerName: string; location: Location }[];
  const found = await tree.server.request<Found>("workspace/symbol", { query: "dmo" });
  assert.deepEqual(
    found.map(({ name, containerName }) => [name, containerName]),
    [
      ["demo.service", "demo: Demo"],
      ["demo.service.d/10-a.conf", "demo"],
      ["multi-user.target.d/10-demo.conf", "demo"],
    ],
  );
});

test("what changes on the disk is seen when the editor tells of it", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service`);
  const lenses = async () =>
    (await tree.server.request<unknown[]>("textDocument/codeLens", { textDocument: { uri } })).length;
  assert.equal(await lenses(), 1);
  const dropIn = `${units}/demo.service.d/10-a.conf`;
  rmSync(path.join(tree.folder, dropIn));
  tree.server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: tree.uri(dropIn), type: 3 }] });
  assert.equal(await lenses(), 0);
});

const inUnit = (uri: string, line: number, character: number) => ({
  textDocument: { uri },
  position: { line, character },
});

test("a unit's settings, values and units are completed and explained", async (t) => {
  const tree = await start(t);
  const text = "[Unit]\nAfter=hel\n[Service]\nExecStart=/usr/bin/demo\nRestart=on\n";
  const uri = tree.open(`${units}/demo.service`, text);
  type Item = { label: string };
  const complete = async (line: number, character: number) =>
    (await tree.server.request<Item[]>("textDocument/completion", inUnit(uri, line, character))).map(
      ({ label }) => label,
    );
  assert.ok((await complete(4, 10)).includes("on-failure"));
  assert.ok((await complete(1, 9)).includes("helper@.service"));
  const hover = await tree.server.request<{ contents: { value: string } }>("textDocument/hover", inUnit(uri, 4, 3));
  assert.match(hover.contents.value, /^\*\*Restart=\*\*/);
});

test("a command line has help for its parts", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service`, "[Service]\nExecStart=-/usr/bin/demo --x\n");
  type Help = { signatures: { label: string; parameters: unknown[] }[]; activeParameter: number };
  const help = await tree.server.request<Help>("textDocument/signatureHelp", inUnit(uri, 1, 14));
  assert.match(help.signatures[0]?.label ?? "", /^ExecStart=/);
  assert.equal(help.activeParameter, 1);
});

test("a unit is outlined, folded, selected, coloured and highlighted", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service`);
  const textDocument = { uri };
  type Symbol = { name: string; children: { name: string }[] };
  const symbols = await tree.server.request<Symbol[]>("textDocument/documentSymbol", { textDocument });
  assert.deepEqual(
    symbols.map(({ name, children }) => [name, children.length]),
    [
      ["Unit", 3],
      ["Service", 2],
    ],
  );
  const folds = await tree.server.request<{ startLine: number; endLine: number }[]>("textDocument/foldingRange", {
    textDocument,
  });
  assert.deepEqual(
    folds.map(({ startLine, endLine }) => [startLine, endLine]),
    [
      [0, 3],
      [4, 6],
    ],
  );
  type Selection = { range: Location["range"]; parent?: Selection };
  const [selection] = await tree.server.request<Selection[]>("textDocument/selectionRange", {
    textDocument,
    positions: [{ line: 6, character: 10 }],
  });
  assert.equal(selection?.range.start.character, 8);
  assert.ok(selection?.parent);
  const { data } = await tree.server.request<{ data: number[] }>("textDocument/semanticTokens/full", { textDocument });
  assert.ok(data.length >= 5 * 8 && data.length % 5 === 0);
  const highlights = await tree.server.request<unknown[]>("textDocument/documentHighlight", inUnit(uri, 3, 10));
  assert.equal(highlights.length, 1);
});

test("a unit is formatted as a whole and in a range", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${units}/demo.service`, "[Unit]\nDescription = Demo  \n[Service]\nExecStart =/usr/bin/demo\n");
  type Edit = { range: Location["range"]; newText: string };
  const options = { tabSize: 2, insertSpaces: true };
  const whole = await tree.server.request<Edit[]>("textDocument/formatting", { textDocument: { uri }, options });
  assert.ok(whole.length >= 3);
  const range = { start: { line: 3, character: 0 }, end: { line: 4, character: 0 } };
  const part = await tree.server.request<Edit[]>("textDocument/rangeFormatting", {
    textDocument: { uri },
    range,
    options,
  });
  assert.ok(part.length > 0 && part.every((edit) => edit.range.start.line === 3));
});

test("hints say what specifiers are, unless the user does not want them", async (t) => {
  const hintsWith = async (settings: object) => {
    const tree = await start(t, settings);
    const uri = tree.open(`${units}/demo.service`, "[Unit]\nDescription=%N\n[Service]\nExecStart=/usr/bin/demo\n");
    const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
    type Hint = { label: string; position: Position };
    return await tree.server.request<Hint[]>("textDocument/inlayHint", { textDocument: { uri }, range });
  };
  const [hint] = await hintsWith({});
  assert.match(hint?.label ?? "", /demo/);
  assert.equal(hint?.position.line, 1);
  assert.deepEqual(await hintsWith({ inlayHints: { enabled: false } }), []);
});
