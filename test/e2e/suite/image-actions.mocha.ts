// What can be done with files inside images: search, open, compare, copy, extract, reveal, and look at their bytes.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { hexPageOf } from "../../../client/src/hex/hex-uri.ts";
import { imageUri } from "../../../client/src/images/image-uri.ts";
import type { ExtensionApi } from "../../../client/src/main.ts";
import { type FindQuery, type FoundPlace, findInImage } from "../../../client/src/search/find-in-image.ts";
import type { EntryNode, ImagesNode } from "../../../client/src/views/images-node.ts";
import type { FileType } from "../../../image/src/index.ts";
import type { ExtractSummary } from "../../../image/src/node/index.ts";
import { commands, viewTypes } from "../../../shared/src/ids.ts";
import { buildInMemory } from "../../images/memory-image.ts";
import { eventually } from "../../support/eventually.ts";
import { extensionApi, inWorkspace } from "./editor.ts";

const release = "usr/lib/extension-release.d/extension-release.hello";

suite("image actions", () => {
  let api: ExtensionApi;
  let image: vscode.Uri;
  const outside = (name: string): vscode.Uri =>
    vscode.Uri.file(path.join(path.dirname(inWorkspace("").fsPath), "actions", name));
  const entry = (file: string, type: FileType = "file"): EntryNode => {
    return { kind: "entry", image: image.toString(), path: file, type };
  };
  const run = async <Result>(command: string, ...args: unknown[]): Promise<Result> =>
    await vscode.commands.executeCommand<Result>(command, ...args);

  suiteSetup(async () => {
    api = await extensionApi();
    mkdirSync(outside("").fsPath, { recursive: true });
    image = outside("hello-1.2.raw");
    const binary = Buffer.alloc(150_000, 7);
    binary[0] = 0;
    binary.write("needle", 70_000);
    const files = {
      [release]: "ID=_any\n",
      "usr/bin/hello": { content: "#!/bin/sh\necho from the image\n", mode: 0o755 },
      "usr/bin/alias": { target: "hello" },
      "usr/share/text": "first line\nsecond line with a Needle\n",
      "usr/share/needle.txt": "nothing\n",
      "usr/share/binary": binary,
      "usr/share/deep/er/file": "x",
    };
    writeFileSync(image.fsPath, await buildInMemory(files));
    await api.images.open(image);
  });
  suiteTeardown(async () => await api.images.close(image.toString()));
  const { showWarningMessage } = vscode.window;
  teardown(async () => {
    vscode.window.showWarningMessage = showWarningMessage;
    await run("workbench.action.closeAllEditors");
  });

  /** VS Code shows no dialogs in tests: presses the button `label` of the next ones, or Escape. */
  function answer(label: string | undefined): string[] {
    const questions: string[] = [];
    vscode.window.showWarningMessage = async (question: string, ...items: unknown[]) => {
      questions.push(question);
      return items.find((item) => item === label) as undefined;
    };
    return questions;
  }

  async function find(query: Partial<FindQuery> & { text: string }): Promise<FoundPlace[]> {
    const whole: FindQuery = {
      ...{ where: "contents", matchCase: false, wholeWord: false, regex: false, everything: false, ...query },
    };
    const places: FoundPlace[] = [];
    const signal = new AbortController().signal;
    const control = { signal, onFound: (some: readonly FoundPlace[]) => void places.push(...some), onProgress() {} };
    await findInImage(api, image, whole, control);
    return places;
  }

  test("contents are found by line, in binary files only when it is asked for", async () => {
    const [text, ...others] = await find({ text: "needle" });
    assert.deepEqual([text?.path, text?.line?.number, text?.line?.column], ["usr/share/text", 1, 19]);
    assert.deepEqual(others, []);
    const binary = (await find({ text: "needle", everything: true })).find(({ offset }) => offset !== undefined);
    assert.deepEqual([binary?.path, binary?.offset], ["usr/share/binary", 70_000]);
    assert.deepEqual(await find({ text: "needle", matchCase: true }), []);
    await assert.rejects(find({ text: "(", regex: true }), SyntaxError);
  });

  test("names are found, with a slash in paths", async () => {
    const paths = async (text: string): Promise<string[]> =>
      (await find({ text, where: "names" })).map((place) => place.path);
    assert.deepEqual(await paths("NEEDLE"), ["usr/share/needle.txt"]);
    assert.deepEqual(await paths("bin/hel"), ["usr/bin/hello"]);
  });

  test("several files open, one of them beside the active editor", async () => {
    await run(commands.openEntry, entry("usr/share/text"), [entry("usr/share/text"), entry("usr/bin/hello")]);
    const open = (): string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) => tabs.map(({ label }) => `${viewColumn} ${label}`));
    assert.deepEqual(open(), ["1 text", "1 hello"]);
    await run(commands.openToSide, entry("usr/bin/alias", "symlink"));
    assert.deepEqual(open(), ["1 text", "1 hello", "2 hello"]);
  });

  test("a file is compared with that of the tree that has the extension's name", async () => {
    await run(commands.compareWithSource, entry("usr/bin/hello"));
    const tab = await eventually("the comparison", () => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.ok(tab.input instanceof vscode.TabInputTextDiff, tab.label);
    assert.equal(tab.input.original.toString(), inWorkspace("hello/usr/bin/hello").toString());
    assert.equal(tab.input.modified.toString(), imageUri(image, "usr/bin/hello").toString());
  });

  test("paths of all selected files go to the clipboard", async () => {
    const nodes = [entry("usr/bin/hello"), entry("usr/share/deep", "directory")];
    await run(commands.copyPathInImage, nodes[0], nodes);
    assert.equal(await vscode.env.clipboard.readText(), "/usr/bin/hello\n/usr/share/deep");
  });

  test("a file, folders and a whole image are extracted, and nothing is overwritten unasked", async () => {
    const target = outside("extracted");
    const at = (file: string): string => path.join(target.fsPath, file);
    const extract = async (nodes: readonly ImagesNode[]): Promise<ExtractSummary> =>
      await run<ExtractSummary>(commands.extractFromImage, nodes[0], nodes, target);
    const one = await extract([entry("usr/bin/hello")]);
    assert.deepEqual([one.files, one.folders, one.leftOut.length], [1, 0, 0]);
    assert.equal(statSync(at("hello")).mode & 0o777, 0o755);
    writeFileSync(at("hello"), "changed");
    for (const button of [undefined, "Keep"]) {
      const questions = answer(button);
      const kept = await extract([entry("usr/bin/hello")]);
      assert.deepEqual(
        kept.leftOut.map(({ path: file, isThere }) => [file, isThere]),
        [["hello", true]],
      );
      assert.equal(questions[0], '"hello" already exists. Replace it?');
      assert.equal(readFileSync(at("hello"), "utf8"), "changed");
    }
    answer("Replace");
    const replaced = await extract([entry("usr/bin/hello")]);
    assert.deepEqual([replaced.files, replaced.leftOut.length], [1, 0]);
    assert.match(readFileSync(at("hello"), "utf8"), /from the image/);
    await extract([entry("usr/bin/hello"), entry("usr/share/deep", "directory")]);
    assert.equal(readFileSync(at("share/deep/er/file"), "utf8"), "x");
    const whole = await extract([{ kind: "image", image: image.toString() }]);
    assert.ok(whole.files >= 5 && existsSync(at("usr/share/binary")) && existsSync(at(release)));
  });

  test("a large file is unpacked by other threads", async () => {
    const large = outside("large.raw");
    const content = Buffer.alloc(40_000_000, "large ");
    writeFileSync(
      large.fsPath,
      await buildInMemory({ "usr/large": content, "usr/small": "s" }, { compression: "gzip" }),
    );
    const target = outside("large");
    const folder: EntryNode = { kind: "entry", image: large.toString(), path: "usr", type: "directory" };
    const { files, leftOut } = await run<ExtractSummary>(commands.extractFromImage, folder, [folder], target);
    assert.deepEqual([files, leftOut], [2, []]);
    assert.ok(readFileSync(path.join(target.fsPath, "usr/large")).equals(content));
  });

  test("bytes are shown a page at a time", async () => {
    await run(commands.showHex, entry("usr/share/binary"));
    const text = (): string => vscode.window.activeTextEditor?.document.getText() ?? "";
    const page = (): number | undefined => {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri && hexPageOf(uri)?.page;
    };
    await eventually("the first page", () => (page() === 0 ? true : undefined));
    assert.match(text(), /^\/usr\/share\/binary: bytes 0 to 65\u202f535 of 150\u202f000\nPage 1 of 3 {3}next page ▸\n/);
    await run(commands.hexNextPage);
    await eventually("the second page", () => (page() === 1 ? true : undefined));
    await run(commands.hexGoToOffset, "0x11170");
    assert.match(text(), /^00011170 {2}6e 65 65 64 6c 65 07 07 .*\|needle\.{10}\|$/m);
    await run(commands.hexPreviousPage);
    await eventually("the first page again", () => (page() === 0 ? true : undefined));
  });

  test("the overview of the selected image opens", async () => {
    await run(commands.openOverview, { kind: "image", image: image.toString() } satisfies ImagesNode);
    const tab = await eventually("the overview", () => vscode.window.tabGroups.activeTabGroup.activeTab);
    assert.ok(tab.input instanceof vscode.TabInputCustom && tab.input.viewType.endsWith(viewTypes.overview), tab.label);
  });

  test("a file is found in the Merged view, when a tree of the workspace has it", async () => {
    await eventually("the merge", async () => await api.mergedView.find("usr/bin/hello"));
    await run(commands.revealInMerged, entry("usr/bin/hello"));
    const [node] = await eventually("the selection", () => {
      const { selection } = api.mergedTree;
      return selection.length > 0 ? selection : undefined;
    });
    assert.ok(node?.kind === "entry" && node.entry.path === "usr/bin/hello");
    assert.equal(await api.mergedView.find("usr/no/such/folder/file"), undefined);
  });
});
