// Pages of bytes say what they show, lead to each other, and are made anew when their image changes.
import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import type * as vscode from "vscode";
import { buildInMemory } from "../../../test/images/memory-image.ts";
import { openWindow } from "../../../test/support/client-window.ts";
import { editor } from "../../../test/support/fake-vscode/editor.ts";
import { textDocument, touch } from "../../../test/support/fake-vscode/workspace.ts";

const { Uri, workspace } = await import("vscode");
const { imageUri, partitionUri } = await import("../images/image-uri.ts");
const { hexUri } = await import("./hex-uri.ts");

const image = Uri.parse("memory:/w/a.raw");
const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };

beforeEach(() => {
  editor.reset();
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.parse("memory:/w") });
});

async function start(t: TestContext) {
  editor.write(image, await buildInMemory({ "usr/small": "ELF\n", "usr/empty": "", "usr/big": "x".repeat(150_000) }));
  await openWindow(t);
  const provider = editor.contentProviders.get("sysext-hex");
  const links = editor.linkProviders.find((one) => {
    const document = textDocument(hexUri({ file: imageUri(image, "usr/big"), page: 1 }), "\n◂ previous page\n\n\n");
    const found = one.provideDocumentLinks(document, token);
    return Array.isArray(found) && found.length > 0;
  });
  assert.ok(provider && links);
  const text = async (uri: vscode.Uri): Promise<string> =>
    String(await provider.provideTextDocumentContent(uri, token));
  return { provider, links, text, page: (file: string, page = 0) => hexUri({ file: imageUri(image, file), page }) };
}

test("a small file is one page without ways on", async (t) => {
  const { text, page } = await start(t);
  assert.deepEqual((await text(page("usr/small"))).split("\n"), [
    "/usr/small: bytes 0 to 3 of 4",
    "",
    "",
    "00000000  45 4c 46 0a                                       |ELF.|",
    "",
  ]);
  assert.deepEqual((await text(page("usr/empty"))).split("\n"), ["/usr/empty: 0 bytes", "", "", ""]);
});

test("pages of a big file follow each other, with links where there is another", async (t) => {
  const { text, page, links } = await start(t);
  const pages = await Promise.all([0, 1, 2].map((at) => text(page("usr/big", at))));
  assert.deepEqual(
    pages.map((one) =>
      one
        .replaceAll(/[\u00a0\u202f]/g, " ")
        .split("\n")
        .slice(0, 2),
    ),
    [
      ["/usr/big: bytes 0 to 65 535 of 150 000", "Page 1 of 3   next page ▸"],
      ["/usr/big: bytes 65 536 to 131 071 of 150 000", "Page 2 of 3   ◂ previous page   next page ▸"],
      ["/usr/big: bytes 131 072 to 149 999 of 150 000", "Page 3 of 3   ◂ previous page"],
    ],
  );
  assert.match(pages[1]?.split("\n")[3] ?? "", /^00010000 {2}78 /);
  const targets = (at: number) => {
    const found = links.provideDocumentLinks(textDocument(page("usr/big", at), pages[at] ?? ""), token);
    assert.ok(Array.isArray(found));
    return found.map(({ target, range }) => [String(target), range.start.line]);
  };
  assert.deepEqual(targets(0), [[page("usr/big", 1).toString(), 1]]);
  assert.deepEqual(targets(1), [
    [page("usr/big", 0).toString(), 1],
    [page("usr/big", 2).toString(), 1],
  ]);
  assert.deepEqual(links.provideDocumentLinks(textDocument(Uri.file("/w/x"), pages[1] ?? ""), token), []);
});

test("what cannot be read is said in the page", async (t) => {
  const { text, page } = await start(t);
  assert.match(await text(page("usr")), /^The bytes cannot be read: "usr" is not a regular file/);
  assert.match(await text(page("usr/none")), /^The bytes cannot be read: /);
  assert.equal(await text(Uri.file("/w/x")), "");
});

test("open pages of a changed image are made anew, those of others are not", async (t) => {
  const { provider, page } = await start(t);
  const other = hexUri({ file: imageUri(Uri.parse("memory:/w/b.raw"), "usr/x"), page: 0 });
  const ofPartition = hexUri({ file: imageUri(partitionUri(image, 2), "usr/x"), page: 0 });
  for (const uri of [page("usr/small"), other, ofPartition, Uri.file("/w/x")])
    editor.documents.push(textDocument(uri, ""));
  const changed: string[] = [];
  provider.onDidChange?.((uri) => changed.push(uri.toString()));
  touch(image, "changed");
  assert.deepEqual(changed, [page("usr/small").toString(), ofPartition.toString()]);
});
