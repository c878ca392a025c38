import assert from "node:assert/strict";
import { test } from "node:test";
import { waitUntil } from "../../../../test/support/eventually.ts";
import { startInProcess, workspace } from "../../../../test/support/server-in-process.ts";

const uri = `${workspace}/demo/usr/lib/systemd/system/demo.service`;
const wrong = "[Service]\nType=wrong\n";

test("an editor that asks gets the findings of a document, and none of what is not ours", async (t) => {
  const { client, open } = await startInProcess(t, {}, { capabilities: { textDocument: { diagnostic: {} } } });
  await open(uri, wrong);
  await open(`${workspace}/README.md`, wrong);
  const ask = (of: string) => client.sendRequest("textDocument/diagnostic", { textDocument: { uri: of } });
  const answer = JSON.stringify(await ask(uri));
  assert.match(answer, /^\{"kind":"full","items":\[\{/);
  assert.match(answer, /"start":\{"line":1,"character":5\}/);
  assert.deepEqual(await ask(`${workspace}/README.md`), { kind: "full", items: [] });
  assert.deepEqual(await ask(`${workspace}/closed.service`), { kind: "full", items: [] });
});

test("an editor that does not ask is sent findings, and none when it closes the document", async (t) => {
  const { client, open, published } = await startInProcess(t, {});
  await open(uri, wrong);
  await open(`${workspace}/README.md`, wrong);
  await waitUntil("findings", () => (published.get(uri)?.diagnostics.length ?? 0) > 0);
  assert.equal(published.get(uri)?.version, 1);
  assert.equal(published.get(uri)?.diagnostics[0]?.source, "sysext");
  assert.equal(published.has(`${workspace}/README.md`), false);
  await client.sendNotification("textDocument/didClose", { textDocument: { uri } });
  await waitUntil("their end", () => published.get(uri)?.diagnostics.length === 0);
});
