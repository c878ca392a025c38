// Holds scripts with private mounts to what they promise: their end is told as it was, and nobody else sees a mount.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { besidePrivateMounts, canMount, withPrivateMounts } from "./private-mounts.ts";
import { tempFolder } from "./tools.ts";

test("what a script mounts is seen by itself alone", async (t) => {
  if (!canMount(t)) return;
  const folder = tempFolder(t);
  const script = 'mount -t tmpfs tmpfs "$1"; echo >"$1/inside"; ls "$1"';
  assert.deepEqual(withPrivateMounts(script, folder), { status: 0, output: "inside\n" });
  assert.deepEqual(await besidePrivateMounts(script, folder), { status: 0, output: "inside\n" });
  assert.deepEqual(readdirSync(folder), []);
});

test("an exit status and a signal are told apart", async (t) => {
  if (!canMount(t)) return;
  assert.deepEqual(await besidePrivateMounts("echo said >&2; exit 3"), { status: 3, output: "said\n" });
  assert.deepEqual(await besidePrivateMounts("kill -9 $$"), { status: null, output: "" });
});
