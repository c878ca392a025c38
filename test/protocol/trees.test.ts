// Trees as wholes in the language server: verdicts, merges, and findings at files that no editor has open.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  type KnownHost,
  listHostsRequest,
  listMergedRequest,
  type MergedFolder,
  type TreeState,
  treeStateRequest,
} from "../../shared/src/requests.ts";
import { tempFolder } from "../support/tools.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

const release = (name: string) => `usr/lib/extension-release.d/extension-release.${name}`;

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly code: string; readonly message: string }[];
}

interface Workspace {
  readonly server: ServerProcess;
  readonly folder: string;
  uri(file: string): string;
  /** What was published last for a file, as soon as it fits. */
  published(file: string, fits: (codes: readonly string[]) => boolean): Promise<readonly string[]>;
  /** The messages that were published last for a file, among those that somebody waited for. */
  messages(file: string): readonly string[];
}

async function start(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  settings: object = {},
): Promise<Workspace> {
  const folder = tempFolder(t);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const last = new Map<string, Published["diagnostics"]>();
  const server = startServerProcess(t);
  const capabilities = {
    textDocument: { diagnostic: {} },
    workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ["create", "rename", "delete"] } },
  };
  const workspaceFolders = [{ uri: pathToFileURL(folder).href, name: "work" }];
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
    async published(file, fits) {
      for (;;) {
        const codes = (last.get(uri(file)) ?? []).map(({ code }) => code);
        if (fits(codes)) return codes;
        const sent = await server.notification<Published>("textDocument/publishDiagnostics");
        last.set(sent.uri, sent.diagnostics);
      }
    },
    messages: (file) => (last.get(uri(file)) ?? []).map(({ message }) => message),
  };
}

test("a tree is judged for the hosts that its project file names", async (t) => {
  const { server, uri } = await start(t, {
    [`demo/${release("demo")}`]: "ID=debian\nVERSION_ID=13\n",
    "demo/usr/bin/tool": "1234",
    "demo/lab.os-release": "ID=debian\nVERSION_ID=12\nPRETTY_NAME=Lab\n",
    "demo/sysext.json": '{ "hosts": ["debian-13", "lab.os-release"], "systemd": 252 }\n',
  });
  const state = await server.request<TreeState>(treeStateRequest, { uri: uri("demo") });
  assert.deepEqual(
    state.verdicts.map(({ title, verdict, rule }) => [title, verdict, rule]),
    [
      ["Debian 13", "match", "version-id"],
      ["Lab", "reject", "version-id"],
    ],
  );
  assert.deepEqual([state.name, state.class, state.hostsNamed, state.systemd], ["demo", "sysext", true, 252]);
  assert.equal(state.files, 2);
});

test("without named hosts some are shown, and the lens counts them", async (t) => {
  const { server, uri } = await start(t, { [`demo/${release("demo")}`]: "ID=debian\nVERSION_ID=13\n" });
  const state = await server.request<TreeState>(treeStateRequest, { uri: uri("demo") });
  assert.equal(state.hostsNamed, false);
  const document = { uri: uri(`demo/${release("demo")}`), languageId: "sysext-release", version: 1 };
  server.notify("textDocument/didOpen", { textDocument: { ...document, text: "ID=debian\nVERSION_ID=13\n" } });
  const lenses = await server.request<{ command: { title: string; arguments: unknown[] } }[]>("textDocument/codeLens", {
    textDocument: { uri: document.uri },
  });
  assert.deepEqual(
    lenses.map(({ command }) => [command.title, command.arguments]),
    [[`Merges on 1 of ${state.verdicts.length} hosts`, [uri("demo")]]],
  );
});

test("the verdict follows what is typed", async (t) => {
  const { server, uri } = await start(
    t,
    { [`demo/${release("demo")}`]: "ID=debian\nVERSION_ID=13\n" },
    { hosts: ["arch"] },
  );
  const verdict = async () =>
    (await server.request<TreeState>(treeStateRequest, { uri: uri("demo") })).verdicts.map((found) => found.verdict);
  assert.deepEqual(await verdict(), ["reject"]);
  const document = { uri: uri(`demo/${release("demo")}`), version: 1 };
  server.notify("textDocument/didOpen", {
    textDocument: { ...document, languageId: "sysext-release", text: "ID=debian\nVERSION_ID=13\n" },
  });
  server.notify("textDocument/didChange", {
    textDocument: { ...document, version: 2 },
    contentChanges: [{ text: "ID=arch\n" }],
  });
  assert.deepEqual(await verdict(), ["match"]);
});

test("findings at files without an editor are published, and taken back when the files are gone", async (t) => {
  const { server, folder, uri, published } = await start(t, {
    [`demo/${release("demo")}`]: "ID=_any\n",
    "demo/data/tool.conf": "x=1\n",
  });
  assert.deepEqual(await published("demo/data", (codes) => codes.length > 0), ["tree/outside-hierarchy"]);
  const text = "ID=_any\n";
  const document = { uri: uri(`demo/${release("demo")}`), languageId: "sysext-release", version: 1, text };
  server.notify("textDocument/didOpen", { textDocument: document });
  const { items } = await server.request<{ items: { code: string; message: string }[] }>("textDocument/diagnostic", {
    textDocument: { uri: document.uri },
  });
  assert.ok(
    items.some(({ code, message }) => code === "tree/outside-hierarchy" && message.startsWith("data: ")),
    "the release file shows it as well",
  );
  rmSync(path.join(folder, "demo/data"), { recursive: true });
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri("demo/data"), type: 3 }] });
  assert.deepEqual(await published("demo/data", (codes) => codes.length === 0), []);
});

test("a tree that comes as a whole is found, though only its folder is told", async (t) => {
  const { server, folder, uri, published } = await start(t, { "other/file": "" });
  for (const [file, text] of Object.entries({ [release("demo")]: "ID=_any\n", "usr/share/demo": "", "data/x": "" })) {
    mkdirSync(path.dirname(path.join(folder, "demo", file)), { recursive: true });
    writeFileSync(path.join(folder, "demo", file), text);
  }
  server.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: uri("demo"), type: 1 }] });
  const codes = await published("demo/data", (found) => found.length > 0);
  assert.ok(codes.includes("tree/outside-hierarchy"));
});

test("the merge of all trees says which file comes from which extension", async (t) => {
  const { server, uri } = await start(t, {
    [`a/${release("a")}`]: "ID=_any\n",
    "a/usr/bin/tool": "a",
    [`b/${release("b")}`]: "ID=_any\n",
    "b/usr/bin/tool": "b",
    [`c/${release("c")}`]: "ID=fedora\nVERSION_ID=43\n",
    "c/usr/bin/other": "c",
  });
  const list = (folder: string) =>
    server.request<MergedFolder>(listMergedRequest, { class: "sysext", host: "debian-13", folder });
  const top = await list("");
  assert.deepEqual(top.layers, ["a", "b"]);
  assert.deepEqual(
    top.leftOut.map(({ name }) => name),
    ["c"],
  );
  const { entries } = await list("usr/bin");
  assert.deepEqual(entries, [
    { name: "tool", path: "usr/bin/tool", type: "file", uri: uri("b/usr/bin/tool"), layer: "b", hides: ["a"] },
  ]);
});

test("known hosts are listed, and odd questions have an empty answer", async (t) => {
  const { server, uri } = await start(t, {});
  const hosts = await server.request<KnownHost[]>(listHostsRequest, undefined);
  assert.ok(hosts.some(({ name, known }) => name === "flatcar-stable" && known !== undefined));
  assert.equal(await server.request(treeStateRequest, { uri: "untitled:demo" }), null);
  const merged = { class: "sysext", host: "nothing", folder: "../.." };
  const nothing = await server.request<MergedFolder>(listMergedRequest, merged);
  assert.deepEqual([nothing.entries, nothing.problem], [[], 'there is no known host and no file "nothing"']);
  assert.ok(uri(""));
});

test("a host that is there and cannot be used is told with the reason", async (t) => {
  const { server, folder, published, messages } = await start(t, {
    "demo/sysext.json": '{ "hosts": ["readme.txt", "nowhere"] }\n',
    "demo/readme.txt": "hello\n",
    [`demo/${release("demo")}`]: "ID=_any\n",
  });
  await published("demo/sysext.json", (codes) => codes.includes("project/unknown-host"));
  assert.deepEqual(messages("demo/sysext.json"), [
    'the host "readme.txt" cannot be used: it is not an os-release file, as it has no line such as ID=debian',
    '"nowhere" is neither a known host nor a file in the tree\'s folder; use a known host, or the path of an os-release file',
  ]);
  const merged = { class: "sysext", host: path.join(folder, "demo/readme.txt"), folder: "" };
  const { problem } = await server.request<MergedFolder>(listMergedRequest, merged);
  assert.match(problem ?? "", /^it is not an os-release file/);
});

test("a mode is changed by the server's own command", async (t) => {
  const { server, folder, uri } = await start(t, { "demo/usr/bin/tool": "" });
  await server.request("workspace/executeCommand", {
    command: "sysext.setModes",
    arguments: [[{ uri: uri("demo/usr/bin/tool"), mode: 0o755 }]],
  });
  assert.equal(statSync(path.join(folder, "demo/usr/bin/tool")).mode & 0o7777, 0o755);
});
