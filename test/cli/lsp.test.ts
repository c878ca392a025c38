// `sysext lsp` as an editor runs it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { before, type TestContext, test } from "node:test";
import { cliFile, ensureBundles } from "./run-cli.ts";

before(ensureBundles);

function startServer(t: TestContext) {
  const server = spawn(process.execPath, [cliFile, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  t.after(() => server.kill("SIGKILL"));
  let heard = "";
  const initialized = new Promise<void>((resolve) => {
    server.stdout.on("data", (chunk: Buffer) => {
      heard += chunk;
      if (heard.includes('"capabilities"')) resolve();
    });
  });
  server.stdin.write(initialize);
  return { server, initialized };
}

function message(content: object): string {
  const text = JSON.stringify({ jsonrpc: "2.0", ...content });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

const initialize = message({
  id: 1,
  method: "initialize",
  params: { processId: null, rootUri: null, capabilities: {} },
});

test("the language server answers and ends as the protocol asks", async (t) => {
  const { server, initialized } = startServer(t);
  await initialized;
  server.stdin.write(message({ method: "initialized", params: {} }));
  server.stdin.write(message({ id: 2, method: "shutdown" }) + message({ method: "exit" }));
  const [status] = await once(server, "exit");
  assert.equal(status, 0);
});

test("the language server ends when a signal tells it to", async (t) => {
  if (process.platform === "win32") return t.skip("Windows sends no signals");
  const { server, initialized } = startServer(t);
  await initialized;
  server.kill("SIGTERM");
  const [status] = await once(server, "exit");
  assert.equal(status, 130);
});
