// The overview of an image in the editor: what its page is told, and what happens when the file changes or is none.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import * as vscode from "vscode";
import type { ShownOverview } from "../../../client/src/overview/overview-session.ts";
import { commands, viewTypes } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { extensionApi, inWorkspace } from "./editor.ts";
import { createMemoryFiles } from "./memory-files.ts";

/** A tree of the workspace with these files, and the image of it. */
async function buildOf(name: string, files: Readonly<Record<string, string>>): Promise<vscode.Uri> {
  const api = await extensionApi();
  const folder = inWorkspace(name);
  const all = { [`usr/lib/extension-release.d/extension-release.${name}`]: "ID=_any\n", ...files };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.join(folder.fsPath, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder.fsPath, file), text);
  }
  const tree = await eventually("the tree", async () => (await api.analysis.describeTree(folder)) ?? undefined);
  return (await api.buildTree(tree, {})).uri;
}

/** Waits until the page of an image shows what `wanted` looks for. */
async function shows(
  image: vscode.Uri,
  what: string,
  wanted: (shown: ShownOverview) => boolean,
): Promise<ShownOverview> {
  const api = await extensionApi();
  const last = (): string => {
    const { overview, usage } = api.overviews.shown(image) ?? {};
    const { busy, summary, crumbs } = usage ?? {};
    return JSON.stringify([overview?.notes, busy, summary, crumbs?.at(-1)?.path]);
  };
  try {
    return await eventually(what, () => {
      const shown = api.overviews.shown(image);
      return shown !== undefined && wanted(shown) ? shown : undefined;
    });
  } catch (error) {
    throw new Error(`${String(error)}, the page shows ${last()}`);
  }
}

function sizesOf({ usage }: ShownOverview): Record<string, number> {
  return Object.fromEntries((usage?.level?.children ?? []).map(({ name, real }) => [name, real]));
}

const isCounted = ({ usage }: ShownOverview): boolean => usage?.level !== undefined && !usage.busy;

suite("overview", () => {
  test("a click on an image opens its overview, with what the server says and where the bytes go", async () => {
    const image = await buildOf("shown", {
      "usr/share/shown/big": "x".repeat(90_000),
      "usr/share/shown/small": "y".repeat(10_000),
      "usr/lib/systemd/system/shown.service": "[Unit]\nDescription=Shows\n\n[Service]\nExecStart=/usr/bin/true\n",
    });
    await vscode.commands.executeCommand("vscode.open", image);
    await eventually("the editor", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputCustom && input.viewType === viewTypes.overview ? true : undefined;
    });
    const { overview, usage } = await shows(
      image,
      "all of it",
      (shown) => isCounted(shown) && shown.overview.parts.some(({ id }) => id === "units"),
    );
    assert.equal(overview.title, "shown.raw");
    assert.match(overview.subtitle, /^system extension "shown", squashfs image$/);
    assert.deepEqual(
      overview.parts.map(({ id }) => id),
      ["hosts", "findings", "units", "release"],
    );
    assert.deepEqual(
      usage?.level?.children.map(({ name, files }) => [name, files]),
      [
        ["share", 2],
        ["lib", 2],
      ],
    );
    assert.equal(usage?.storedKnown, true);
    assert.ok((usage?.level?.stored ?? 0) < 5000, "the same letter over and over takes little");
    assert.equal(usage?.largest[0]?.path, "usr/share/shown/big");
    assert.ok(overview.buttons.some(({ action }) => action === "browse"));
  });

  test("zooming gives the folder that is asked for, and one that is gone the next above", async () => {
    const api = await extensionApi();
    const image = inWorkspace("shown.raw");
    await api.overviews.receive(image, { kind: "zoom", path: "usr/share/shown", measure: "real" });
    const inside = api.overviews.shown(image);
    assert.ok(inside);
    assert.deepEqual(sizesOf(inside), { big: 90_000, small: 10_000 });
    assert.deepEqual(
      inside.usage?.crumbs.map(({ name }) => name),
      ["/", "usr", "share", "shown"],
    );
    await api.overviews.receive(image, { kind: "zoom", path: "usr/share/gone/deeper", measure: "real" });
    assert.equal(api.overviews.shown(image)?.usage?.crumbs.at(-1)?.path, "usr/share");
    for (const odd of [undefined, 7, { kind: "zoom" }, { kind: "press", button: "constructor" }, { kind: "open" }]) {
      await api.overviews.receive(image, odd);
    }
    assert.equal(api.overviews.shown(image)?.usage?.crumbs.at(-1)?.path, "usr/share");
  });

  test("an image that is built again is read again, in the folder where its reader was", async () => {
    const api = await extensionApi();
    const image = inWorkspace("shown.raw");
    await api.overviews.receive(image, { kind: "zoom", path: "usr/share/shown", measure: "stored" });
    await buildOf("shown", { "usr/share/shown/new": "z".repeat(50_000) });
    const renewed = await shows(image, "the new file", (shown) => sizesOf(shown)["new"] === 50_000);
    assert.equal(renewed.usage?.crumbs.at(-1)?.path, "usr/share/shown");
  });

  test("a file of the image opens at a line", async () => {
    const api = await extensionApi();
    const place = { kind: "open", path: "usr/lib/systemd/system/shown.service", line: 5 };
    await api.overviews.receive(inWorkspace("shown.raw"), place);
    const editor = await eventually("the unit", () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.fileName.endsWith("shown.service") === true ? active : undefined;
    });
    assert.equal(editor.selection.active.line, 4);
  });

  test("a button does what its command does", async () => {
    const api = await extensionApi();
    const image = inWorkspace("shown.raw");
    await api.overviews.receive(image, { kind: "press", button: "browse" });
    assert.ok((await api.images.list()).some(({ id }) => id === image.toString()));
  });

  test("an image that is gone says so, and comes back", async () => {
    const image = inWorkspace("shown.raw");
    const bytes = readFileSync(image.fsPath);
    await vscode.commands.executeCommand("vscode.open", image);
    rmSync(image.fsPath);
    const gone = await shows(image, "that it is gone", ({ overview }) => overview.parts.length === 0);
    assert.match(gone.overview.notes[0]?.text ?? "", /no longer exists/);
    writeFileSync(image.fsPath, bytes);
    await shows(image, "the image", isCounted);
  });

  test("a damaged image tells where, and another file what it is", async () => {
    const bytes = readFileSync(inWorkspace("shown.raw").fsPath);
    const damaged = inWorkspace("damaged.raw");
    writeFileSync(damaged.fsPath, bytes.subarray(0, 150));
    const other = inWorkspace("other.raw");
    writeFileSync(other.fsPath, "just a text\n".repeat(100));
    await vscode.commands.executeCommand("vscode.open", damaged);
    const broken = await shows(damaged, "the damage", ({ overview }) => overview.notes.length > 0);
    assert.equal(broken.overview.subtitle, "damaged image");
    assert.match(broken.overview.notes[0]?.text ?? "", /^The image is damaged: .+\.$/);
    await vscode.commands.executeCommand("vscode.open", other);
    const unknown = await shows(other, "what it is", ({ overview }) => overview.notes.length > 0);
    assert.deepEqual(
      unknown.overview.buttons.map(({ label }) => label),
      ["Open with…"],
    );
    rmSync(damaged.fsPath);
    rmSync(other.fsPath);
  });

  test("bytes that are no image, an empty file and a folder are told in a sentence each", async () => {
    const told = async (uri: vscode.Uri): Promise<readonly (string | undefined)[]> => {
      await vscode.commands.executeCommand("vscode.openWith", uri, viewTypes.overview);
      const { overview } = await shows(uri, "what it is", (shown) => shown.overview.notes.length > 0);
      return [overview.subtitle, overview.notes[0]?.text, overview.buttons[0]?.label];
    };
    const [noise, empty, folder] = ["noise.raw", "empty.raw", "folder.raw"].map(inWorkspace);
    assert.ok(noise !== undefined && empty !== undefined && folder !== undefined);
    writeFileSync(
      noise.fsPath,
      Uint8Array.from({ length: 5000 }, (_, at) => (at * at * 31 + 7) % 251),
    );
    writeFileSync(empty.fsPath, "");
    mkdirSync(folder.fsPath);
    const all = [await told(noise), await told(empty), await told(folder)];
    for (const one of [noise, empty, folder]) rmSync(one.fsPath, { recursive: true });
    assert.deepEqual(
      all.map(([subtitle, , button]) => [subtitle, button]),
      [
        ["not an image that can be opened", "Open with…"],
        ["not an image that can be opened", "Open with…"],
        ["cannot be read", undefined],
      ],
    );
    const [ofNoise = "", ofEmpty = "", ofFolder = ""] = all.map(([, note]) => note);
    assert.match(ofNoise, /^It is data of an unknown format; only squashfs, .+ can be opened, .+\.$/);
    assert.match(ofEmpty, /^It is an empty file; .+\.$/);
    assert.match(ofFolder, /^It is a folder; .+\.$/);
  });

  test("an image of another file system than the machine's is shown, without what only files have", async () => {
    const memory = createMemoryFiles();
    const registration = vscode.workspace.registerFileSystemProvider(memory.scheme, memory);
    try {
      const uri = memory.write("/far.raw", readFileSync(inWorkspace("shown.raw").fsPath));
      await vscode.commands.executeCommand("vscode.openWith", uri, viewTypes.overview);
      const { overview } = await shows(uri, "what is in it", isCounted);
      assert.equal(overview.title, "far.raw");
      assert.match(overview.subtitle, /squashfs image$/);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    } finally {
      registration.dispose();
    }
  });

  test("a compressed image is unpacked, and says that no host takes it", async () => {
    const packed = inWorkspace("shown.raw.gz");
    writeFileSync(packed.fsPath, gzipSync(readFileSync(inWorkspace("shown.raw").fsPath)));
    await vscode.commands.executeCommand("vscode.openWith", packed, viewTypes.packedOverview);
    const { overview } = await shows(packed, "what is in it", isCounted);
    assert.match(overview.notes[0]?.text ?? "", /compressed with gzip, which hosts do not accept/);
    rmSync(packed.fsPath);
  });

  test("opening and browsing an image work as before", async () => {
    const image = inWorkspace("shown.raw");
    await vscode.commands.executeCommand(commands.openImage, image);
    await vscode.commands.executeCommand(commands.browseImage, image);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    const api = await extensionApi();
    assert.equal(api.overviews.shown(image), undefined);
    rmSync(image.fsPath);
    rmSync(inWorkspace("shown").fsPath, { recursive: true });
  });
});
