// The extension starts as a whole, and its commands are there.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { commands } from "../../shared/src/ids.ts";
import { openWindow } from "../../test/support/client-window.ts";
import { editor } from "../../test/support/fake-vscode/editor.ts";

beforeEach(() => editor.reset());

test("activation registers every command, and the views", async (t) => {
  await openWindow(t);
  assert.deepEqual([...editor.commands.keys()].sort(), Object.values(commands).sort());
  assert.deepEqual([...editor.treeViews.keys()].sort(), ["sysext.extensions", "sysext.images", "sysext.merged"]);
});
