// "Go to File in Image…" offers paths by a few letters, and opens the one that is chosen.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { eventually, openWindow } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";

const { Uri, workspace } = await import("vscode");
const { imageUri } = await import("../images/image-uri.ts");

const image = Uri.parse("memory:/w/a.raw");

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.parse("memory:/w") });
});

async function start(t: TestContext) {
  editor.write(
    image,
    await buildInMemory({ "usr/lib/systemd/demo.service": "", "usr/bin/demo": "", "usr/link": { target: "bin/demo" } }),
  );
  const window = await openWindow(t);
  const done = window.run("sysext.goToFileInImage", image);
  const pick = await eventually(() => editor.quickPicks[0]);
  return { ...window, done, pick };
}

test("letters of a path find it, and it opens", async (t) => {
  const { pick, done } = await start(t);
  await eventually(() => !pick.busy);
  assert.match(pick.title, /^Go to File in a\.raw \(\d+ names\)$/);
  pick.type("dmsrv");
  const [item] = await eventually(() => pick.items.length === 1 && pick.items);
  assert.deepEqual([item?.label, item?.description], ["demo.service", "/usr/lib/systemd"]);
  pick.accept(...pick.items);
  await done;
  assert.deepEqual(editor.executed.at(-1)?.args.map(String), [
    imageUri(image, "usr/lib/systemd/demo.service").toString(),
  ]);
});

test("folders and links have icons, and lead where they lead", async (t) => {
  const { pick, done, run, imagesTree } = await start(t);
  await eventually(() => !pick.busy);
  pick.type("systemd");
  const folder = await eventually(() => pick.items.find(({ label }) => label === "$(folder) systemd"));
  pick.accept(folder);
  await done;
  assert.deepEqual(imagesTree.revealed, [
    { kind: "entry", image: image.toString(), path: "usr/lib/systemd", type: "directory" },
  ]);
  const again = run("sysext.goToFileInImage", image);
  const second = await eventually(() => editor.quickPicks[1]);
  second.type("link");
  second.accept(await eventually(() => second.items.find(({ label }) => label === "$(file-symlink-file) link")));
  await again;
  assert.deepEqual(editor.executed.at(-1)?.args.map(String), [imageUri(image, "usr/bin/demo").toString()]);
});

test("an image that cannot be read is said in the list, and Escape ends", async (t) => {
  editor.write("memory:/w/bad.raw", "no image");
  const { run } = await openWindow(t);
  const done = run("sysext.goToFileInImage", Uri.parse("memory:/w/bad.raw"));
  const pick = await eventually(() => editor.quickPicks[0]);
  await eventually(() => pick.items.length > 0);
  assert.match(pick.labels[0] ?? "", /^\$\(error\) The image cannot be read: it is a text file/);
  assert.equal(pick.busy, false);
  pick.accept(...pick.items);
  assert.equal(pick.visible, true, "a remark is nothing to open");
  pick.hide();
  await done;
  assert.equal(editor.executedNames.includes("vscode.open"), false);
});
