// Files of systemd-sysupdate in the language server, as an editor sees them.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { tempFolder } from "../support/tools.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const folder = "usr/lib/sysupdate.d";
const source = "[Source]\nType=url-file\nPath=https://example.com/demo\nMatchPattern=demo-@v-%a.raw\n";
const target =
  "[Target]\nType=regular-file\nPath=/var/lib/extensions.d\nMatchPattern=demo-@v-%a.raw\nCurrentSymlink=/var/lib/extensions/demo.raw\n";
const transfer = `[Transfer]\nFeatures=desktop\n\n${source}\n${target}`;
const files: Readonly<Record<string, string>> = {
  "usr/lib/extension-release.d/extension-release.demo": "ID=fedora\nVERSION_ID=42\nARCHITECTURE=x86-64\n",
  [`${folder}/demo.transfer`]: transfer,
  [`${folder}/demo.transfer.d/10-keep.conf`]: "[Target]\nInstancesMax=4\n",
  [`${folder}/desktop.feature`]: "[Feature]\nDescription=A desktop\n",
};

const capabilities = {
  textDocument: { diagnostic: {} },
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
};

interface Tree {
  readonly server: ServerProcess;
  readonly root: string;
  uri(file: string): string;
  open(file: string, text?: string, languageId?: string): string;
}

async function start(t: TestContext, settings: object = {}, texts = files): Promise<Tree> {
  const root = path.join(tempFolder(t), "demo");
  for (const [file, text] of Object.entries(texts)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  const server = startServerProcess(t);
  await server.request("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities,
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: "demo" }],
    initializationOptions: settings,
  });
  server.notify("initialized", {});
  const uri = (file: string) => pathToFileURL(path.join(root, file)).href;
  return {
    server,
    root,
    uri,
    open(file, text = texts[file] ?? "", languageId = "sysext-transfer") {
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
interface Diagnostic {
  readonly code: string;
  readonly severity: number;
  readonly range: Location["range"];
}

async function findingsIn({ server }: Tree, uri: string): Promise<readonly Diagnostic[]> {
  const { items } = await server.request<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } });
  return items;
}

async function codesIn(tree: Tree, uri: string): Promise<string[]> {
  return (await findingsIn(tree, uri)).map(({ code }) => code);
}

const at = (uri: string, line: number, character: number) => ({ textDocument: { uri }, position: { line, character } });

test("mistakes of a value, of a file and of its set are found, and quick fixes repair them", async (t) => {
  const tree = await start(t);
  const text = transfer.replace("demo-@v-%a.raw\n\n", "demo-%a.raw\n\n").replace("desktop", "missing");
  const uri = tree.open(`${folder}/demo.transfer`, text);
  const codes = await codesIn(tree, uri);
  assert.ok(codes.includes("transfer/pattern-no-version"), codes.join());
  assert.ok(codes.includes("transfer/feature-undefined"), codes.join());
  assert.deepEqual(
    (await findingsIn(tree, uri)).filter(({ code }) => code.startsWith("unit/")),
    [],
  );

  const wrong = text.replace("Type=url-file", "Type=url-fil").replace("demo-%a", "demo-@v-%a");
  tree.server.notify("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: wrong }],
  });
  assert.ok((await codesIn(tree, uri)).includes("transfer/source-type"));
  type Action = { title: string; edit?: { changes?: Record<string, { newText: string }[]> } };
  const actions = await tree.server.request<Action[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 4, character: 0 }, end: { line: 4, character: 12 } },
    context: { diagnostics: [] },
  });
  const repairs = actions.flatMap(({ edit }) => edit?.changes?.[uri]?.map(({ newText }) => newText) ?? []);
  assert.ok(repairs.includes("url-file"), JSON.stringify(actions));
});

test("a feature that is missing is created beside the transfer", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${folder}/demo.transfer`, transfer.replace("desktop", "missing"));
  type Action = { edit?: { documentChanges?: { kind?: string; uri?: string }[] } };
  const actions = await tree.server.request<Action[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 1, character: 9 }, end: { line: 1, character: 9 } },
    context: { diagnostics: [] },
  });
  const created = actions.flatMap(({ edit }) => edit?.documentChanges?.flatMap((change) => change.uri ?? []) ?? []);
  assert.deepEqual(created, [tree.uri(`${folder}/missing.feature`)]);
});

test("drop-ins, features and files of other folders are judged as what they are", async (t) => {
  const tree = await start(t);
  const dropIn = tree.open(`${folder}/demo.transfer.d/10-keep.conf`, "[Target]\nInstancesMax=1\n");
  assert.deepEqual(await codesIn(tree, dropIn), ["transfer/instances-max"]);
  const feature = tree.open(`${folder}/desktop.feature`, "[Feature]\nEnabled=maybe\n", "plaintext");
  assert.deepEqual(await codesIn(tree, feature), ["transfer/feature-file"]);
  const gherkin = tree.open("test/login.feature", "Feature: login\n  Scenario: a\n", "plaintext");
  assert.deepEqual(await codesIn(tree, gherkin), []);
  const loose = tree.open("examples/a.transfer", "[Source]\nMatchPattern=a\n", "ini");
  assert.ok((await codesIn(tree, loose)).includes("transfer/pattern-no-version"));
  const chosen = tree.open("examples/b.conf", "[Source]\nMatchPattern=a\n", "sysext-transfer");
  assert.ok((await codesIn(tree, chosen)).includes("transfer/pattern-no-version"));
});

test("severities of the settings and of the project file count", async (t) => {
  const tree = await start(
    t,
    { checks: { severity: { "transfer/instances-max": "error" } } },
    { ...files, "sysext.json": '{ "checks": { "transfer/value": "off" } }' },
  );
  const uri = tree.open(`${folder}/demo.transfer.d/10-keep.conf`, "[Target]\nInstancesMax=1\nTriesLeft=x\n");
  assert.deepEqual(
    (await findingsIn(tree, uri))
      .filter(({ code }) => code !== "transfer/unused-setting")
      .map(({ code, severity }) => [code, severity]),
    [["transfer/instances-max", 1]],
  );
});

test("files that come, change and go on the disk change what is found", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${folder}/demo.transfer`);
  assert.ok(!(await codesIn(tree, uri)).includes("transfer/feature-undefined"));
  const feature = tree.uri(`${folder}/desktop.feature`);
  rmSync(path.join(tree.root, `${folder}/desktop.feature`));
  tree.server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: feature, type: 3 }] });
  assert.ok((await codesIn(tree, uri)).includes("transfer/feature-undefined"));
  writeFileSync(path.join(tree.root, `${folder}/desktop.feature`), "[Feature]\n");
  tree.server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: feature, type: 1 }] });
  assert.ok(!(await codesIn(tree, uri)).includes("transfer/feature-undefined"));
});

test("another file of the set counts as it is in the editor", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${folder}/demo.transfer`);
  const dropIn = tree.open(`${folder}/demo.transfer.d/10-keep.conf`, "[Transfer]\nFeatures=other\n");
  const spans = async () => (await codesIn(tree, dropIn)).includes("transfer/feature-undefined");
  assert.ok(await spans());
  tree.server.notify("textDocument/didChange", {
    textDocument: { uri: dropIn, version: 2 },
    contentChanges: [{ text: "[Transfer]\nFeatures=desktop\n" }],
  });
  assert.ok(!(await spans()));
  assert.ok(!(await codesIn(tree, uri)).includes("transfer/feature-undefined"));
});

test("settings, wildcards and features are completed and explained", async (t) => {
  const tree = await start(t);
  const text = `${transfer.replace("Features=desktop", "Features=")}Mode=0644\n`;
  const uri = tree.open(`${folder}/demo.transfer`, text);
  type Item = { label: string; detail?: string };
  const labels = async (line: number, character: number) =>
    (await tree.server.request<Item[]>("textDocument/completion", at(uri, line, character))).map(({ label }) => label);
  assert.deepEqual(await labels(1, 9), ["desktop"]);
  assert.ok((await labels(2, 0)).includes("RequisiteFeatures"));
  assert.ok((await labels(6, 19)).includes("@v"));
  type Hover = { contents: { value: string } } | null;
  const hover = await tree.server.request<Hover>("textDocument/hover", at(uri, 6, 19));
  assert.match(hover?.contents.value ?? "", /^`@v`: the version/);
  const hints = await tree.server.request<{ label: string }[]>("textDocument/inlayHint", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 7, character: 0 } },
  });
  assert.deepEqual(
    hints.map(({ label }) => label),
    ["x86-64"],
  );
});

test("symbols, folding, colours, highlights, links and formatting come from the same file", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${folder}/demo.transfer`, transfer.replace("Features=", "Features = "));
  const ask = <Answer>(method: string, more: object = {}) =>
    tree.server.request<Answer>(method, { textDocument: { uri }, ...more });
  type Symbols = { name: string }[];
  assert.deepEqual(
    (await ask<Symbols>("textDocument/documentSymbol")).map(({ name }) => name),
    ["Transfer", "Source", "Target"],
  );
  assert.equal((await ask<unknown[]>("textDocument/foldingRange")).length, 3);
  assert.ok((await ask<{ data: number[] }>("textDocument/semanticTokens/full")).data.length > 20);
  assert.equal((await ask<unknown[]>("textDocument/documentHighlight", at(uri, 1, 12))).length, 1);
  assert.deepEqual(
    (await ask<{ target: string }[]>("textDocument/documentLink")).map((link) => link.target),
    ["https://example.com/demo"],
  );
  const edits = await ask<{ newText: string }[]>("textDocument/formatting", {
    options: { tabSize: 2, insertSpaces: true },
  });
  assert.equal(edits.length, 2);
  assert.equal(
    (await ask<unknown[]>("textDocument/selectionRange", { positions: [{ line: 6, character: 19 }] })).length,
    1,
  );
});

test("definitions are found by their names", async (t) => {
  const tree = await start(t);
  const named = async () =>
    (await tree.server.request<{ name: string }[]>("workspace/symbol", { query: "demo.transfer" })).map(
      ({ name }) => name,
    );
  await tree.server.notification("sysext/treesRead");
  assert.deepEqual(await named(), ["demo.transfer", "demo.transfer.d/10-keep.conf"]);
});

test("a feature leads to its file, is found in transfers, and is renamed with its file", async (t) => {
  const tree = await start(t);
  const uri = tree.open(`${folder}/demo.transfer`);
  const place = at(uri, 1, 10);
  const definition = await tree.server.request<Location[]>("textDocument/definition", place);
  assert.deepEqual(
    definition.map((found) => found.uri),
    [tree.uri(`${folder}/desktop.feature`)],
  );
  const references = await tree.server.request<Location[]>("textDocument/references", {
    ...place,
    context: { includeDeclaration: false },
  });
  assert.deepEqual(references, [{ uri, range: { start: { line: 1, character: 9 }, end: { line: 1, character: 16 } } }]);
  assert.equal(
    (await tree.server.request<{ placeholder: string }>("textDocument/prepareRename", place)).placeholder,
    "desktop",
  );
  type Edit = { documentChanges: { kind?: string; newUri?: string }[] };
  const edit = await tree.server.request<Edit>("textDocument/rename", { ...place, newName: "gnome" });
  assert.deepEqual(
    edit.documentChanges.flatMap(({ newUri }) => newUri ?? []),
    [tree.uri(`${folder}/gnome.feature`)],
  );
  await assert.rejects(
    () => tree.server.request("textDocument/rename", { ...place, newName: "a b" }),
    /not a valid feature name/,
  );
});
