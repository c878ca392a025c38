// What is remembered for update plans: by set, within bounds, and whatever was stored before.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Memento } from "vscode";
import { isAddress, readChoices, setFolderOf, storeChoices } from "./update-plan-choices.ts";

function memory(start: unknown = undefined): Memento {
  let kept = start;
  return {
    keys: () => [],
    get: (_key: string, fallback?: unknown) => kept ?? fallback,
    update: async (_key: string, value: unknown) => {
      kept = value;
    },
  } as unknown as Memento;
}

test("files and drop-ins of a folder are one set", () => {
  const folder = "file:///w/host/etc/sysupdate.demo.d";
  assert.equal(setFolderOf(`${folder}/demo.transfer`), folder);
  assert.equal(setFolderOf(`${folder}/demo.transfer.d/10-x.conf`), folder);
  assert.equal(setFolderOf("file:///w/loose.transfer"), "file:///w");
});

test("choices come back for their set", async () => {
  const kept = memory();
  await storeChoices(kept, "a", { source: "/x", host: "debian-13" });
  await storeChoices(kept, "b", { target: "/y" });
  assert.deepEqual(readChoices(kept, "a"), { source: "/x", host: "debian-13" });
  assert.deepEqual(readChoices(kept, "b"), { target: "/y" });
  assert.equal(readChoices(kept, "c"), undefined);
});

test("the oldest are forgotten, and nonsense counts as nothing", async () => {
  const kept = memory();
  for (let set = 0; set < 60; set++) await storeChoices(kept, `set ${set}`, { source: `/${set}` });
  assert.equal(readChoices(kept, "set 9"), undefined);
  assert.deepEqual(readChoices(kept, "set 59"), { source: "/59" });
  assert.equal(readChoices(memory(7), "a"), undefined);
  assert.deepEqual(readChoices(memory({ a: { source: 1, host: "" } }), "a"), {});
});

test("web addresses are told from paths", () => {
  assert.ok(isAddress("https://example.com/x") && isAddress("HTTP://127.0.0.1/"));
  assert.ok(!isAddress("/srv/https://x") && !isAddress("C:\\x"));
});
