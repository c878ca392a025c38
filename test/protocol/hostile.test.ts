// The language server among editors and hosts that do not behave: it answers what it can, and says what went wrong.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { type Answers, type ServerProcess, serverMain, startServerProcess } from "./server-process.ts";

const uri = "file:///x/demo/usr/lib/extension-release.d/extension-release.demo";
const at = { textDocument: { uri }, position: { line: 0, character: 0 } };

async function start(t: TestContext, capabilities: object, answers?: Answers, main?: string) {
  const server = startServerProcess(t, answers, main);
  await server.request("initialize", { processId: null, rootUri: null, capabilities });
  server.notify("initialized", {});
  return server;
}

function open(server: ServerProcess, text: string): void {
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "sysext-release", version: 1, text } });
}

async function assertAlive(server: ServerProcess): Promise<void> {
  open(server, "ID=_any\n");
  assert.match(JSON.stringify(await server.request("textDocument/hover", at)), /\*\*ID\*\*/);
}

test("an editor that refuses what the server asks for is served all the same", async (t) => {
  const asked: string[] = [];
  const refuse = (what: string) => () => {
    asked.push(what);
    throw new Error("not today");
  };
  const server = await start(
    t,
    {
      textDocument: { diagnostic: {} },
      workspace: {
        configuration: true,
        diagnostics: { refreshSupport: true },
        didChangeWatchedFiles: { dynamicRegistration: true },
      },
    },
    {
      "workspace/configuration": refuse("settings"),
      "client/registerCapability": refuse("watching"),
      "workspace/diagnostic/refresh": refuse("refresh"),
    },
  );
  const expected = new Set(["watching files", "reading settings", "refreshing findings"]);
  while (expected.size > 0) {
    const { message } = await server.notification<{ message: string }>("window/logMessage");
    expected.delete(message.replace(/ failed: .*/s, ""));
  }
  assert.deepEqual(asked, ["watching", "settings", "refresh"]);
  await assertAlive(server);
});

test("requests and notifications without what they need get an answer", async (t) => {
  const server = await start(t, { textDocument: { diagnostic: {} } });
  open(server, "ID=_any\n");
  const wrong = [{}, { textDocument: null }, { textDocument: { uri: 7 } }, { textDocument: { uri } }, at, null, []];
  const methods = ["completion", "hover", "documentSymbol", "codeAction", "diagnostic"];
  for (const params of wrong) {
    for (const method of methods) await server.request(`textDocument/${method}`, params).catch(() => undefined);
    for (const method of ["describeTree", "listTrees"]) {
      await server.request(`sysext/${method}`, params).catch(() => undefined);
    }
    server.notify("workspace/didChangeConfiguration", params);
    server.notify("workspace/didChangeWatchedFiles", params);
  }
  for (const method of ["didOpen", "didChange", "didClose", "didSave"]) {
    server.notify(`textDocument/${method}`, { textDocument: null });
  }
  const far = { line: 4_000_000, character: 4_000_000 };
  for (const position of [far, { line: -1, character: -1 }, { line: 0, character: 0.5 }]) {
    assert.ok(Array.isArray(await server.request("textDocument/completion", { ...at, position })));
  }
  await assertAlive(server);
});

test("a message that is no JSON is passed over", async (t) => {
  const server = await start(t, {});
  server.write("Content-Length: 9\r\n\r\n{ no json");
  server.write('Content-Length: 2\r\nContent-Type: x\r\n\r\n[]Content-Length: 4\r\n\r\n"ab"');
  await assertAlive(server);
});

test("a host that fails costs findings only, and only as long as it fails", async (t) => {
  const server = await start(
    t,
    { textDocument: { diagnostic: {} } },
    {},
    path.join(import.meta.dirname, "broken-server.ts"),
  );
  open(server, "ARCHITECTURE=amd64\n");
  const codes = async () => {
    const { items } = await server.request<{ items: { code: string }[] }>("textDocument/diagnostic", at);
    return items.map(({ code }) => code);
  };
  assert.deepEqual(await codes(), []);
  const { message } = await server.notification<{ message: string }>("window/logMessage");
  assert.match(message, /^diagnostics failed: Error: the folder is broken/);
  assert.deepEqual(await server.request("textDocument/completion", at), []);
  assert.equal(await server.request("sysext/describeTree", { uri }), null);
  assert.match(JSON.stringify(await server.request("textDocument/hover", at)), /ARCHITECTURE/);
  assert.match(JSON.stringify(await server.request("textDocument/documentSymbol", at)), /ARCHITECTURE/);
  server.notify("test/repair");
  assert.deepEqual(await codes(), ["er/id-missing", "er/architecture-invalid"]);
});

test("the process ends with its editor", async (t) => {
  const server = await start(t, {});
  server.hangUp();
  assert.equal(await server.exit, 1);

  const child = fork(serverMain, ["--node-ipc"]);
  t.after(() => child.kill());
  child.send({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, capabilities: {} } });
  const [answer] = await once(child, "message");
  assert.equal(answer.id, 1);
  child.disconnect();
  await once(child, "exit");
});
