import assert from "node:assert/strict";
import { test } from "node:test";
import { startInProcess } from "../../../../test/support/server-in-process.ts";

test("only files on the disk get a mode, and only one that there is", async (t) => {
  const changed: string[] = [];
  const setMode = async (uri: string, mode: number) => void changed.push(`${uri} ${mode.toString(8)}`);
  const { client } = await startInProcess(t, {}, { platform: { setMode } });
  const run = (command: string, given: unknown) =>
    client.sendRequest("workspace/executeCommand", { command, arguments: [given] });
  const change = (uri: unknown, mode: unknown) => ({ uri, mode });
  await run("sysext.setModes", [
    change("file:///a", 0o755),
    change("file:///b", 0),
    change("file:///c", 0o7777),
    change("file:///d", 0o10000),
    change("file:///d", -1),
    change("file:///d", 1.5),
    change("file:///d", "7"),
    change("http:///d", 0o755),
    change(7, 0o755),
    { uri: "file:///d" },
    { mode: 0o755 },
    null,
    "file:///d",
  ]);
  await run("sysext.setModes", change("file:///d", 0o755));
  await run("sysext.other", [change("file:///d", 0o755)]);
  assert.deepEqual(changed, ["file:///a 755", "file:///b 0", "file:///c 7777"]);
});

test("the user is told of a mode that could not be changed, and the others still are", async (t) => {
  const changed: string[] = [];
  const setMode = async (uri: string) => {
    if (uri.endsWith("run")) throw new Error("no permission");
    changed.push(uri);
  };
  const { client } = await startInProcess(t, {}, { platform: { setMode } });
  const shown: unknown[] = [];
  const logged: unknown[] = [];
  client.onNotification("window/showMessage", (params) => void shown.push(params));
  client.onRequest("window/showMessageRequest", (params) => void shown.push(params));
  client.onNotification("window/logMessage", (params) => void logged.push(params));
  const changes = ["file:///usr/bin/run", "file:///b"].map((uri) => ({ uri, mode: 0o755 }));
  await client.sendRequest("workspace/executeCommand", { command: "sysext.setModes", arguments: [changes] });
  assert.deepEqual(changed, ["file:///b"]);
  assert.match(JSON.stringify(shown), /The mode of \\"run\\" could not be changed; use chmod 755\./);
  assert.match(JSON.stringify(logged), /changing a mode failed: no permission/);
});
