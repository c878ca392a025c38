// Updates in the editor: transfers that are written, renamed and laid out, and the plan that follows what is typed.
import assert from "node:assert/strict";
import { readlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as vscode from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { exists, extensionApi, inWorkspace } from "./editor.ts";

const transferPath = "hello/host/etc/sysupdate.hello.d/hello.transfer";
const answers = { address: "https://example.com/hello/", set: "component", verify: true } as const;

async function write(path: string, text: string): Promise<vscode.Uri> {
  const uri = inWorkspace(path);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return uri;
}

async function read(path: string): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(inWorkspace(path))).toString();
}

async function newTransfer(): Promise<vscode.Uri | undefined> {
  const folder = inWorkspace("hello/host");
  return await vscode.commands.executeCommand(commands.newTransfer, inWorkspace("hello"), { ...answers, folder });
}

suite("updates", () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const path of ["hello/host", "old", "published", "hello.raw"]) {
      await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true }).then(undefined, () => undefined);
    }
  });

  test("New Transfer writes the transfer of a tree, and leaves it alone when nothing changes", async () => {
    const uri = await newTransfer();
    assert.equal(uri?.path, inWorkspace(transferPath).path);
    assert.equal(vscode.window.activeTextEditor?.document.uri.path, uri?.path);
    assert.match(await read(transferPath), /^CurrentSymlink=\/var\/lib\/extensions\/hello\.raw$/m);
    assert.match(await read("hello/host/etc/tmpfiles.d/50-extensions.conf"), /^d \/var\/lib\/extensions /m);
    const { mtime } = await vscode.workspace.fs.stat(inWorkspace(transferPath));
    await newTransfer();
    assert.equal((await vscode.workspace.fs.stat(inWorkspace(transferPath))).mtime, mtime);
  });

  test("the plan follows what is typed, and what is published", async () => {
    const { updatePlanPanels } = await extensionApi();
    await newTransfer();
    const uri = inWorkspace(transferPath);
    const release = await read("hello/usr/lib/extension-release.d/extension-release.hello");
    const ending = /^ARCHITECTURE=/m.test(release) ? "-x86-64.raw" : ".raw";
    await write(`published/hello-1.0${ending}`, "one");
    await write(`published/hello-1.10${ending}`, "ten");
    await write(`published/hullo-2.0${ending}`, "another");
    await vscode.commands.executeCommand(commands.showUpdatePlan, uri);
    await updatePlanPanels.choose(uri, { source: inWorkspace("published").fsPath, architecture: "x86-64" });
    const candidate = (version: string | undefined) =>
      eventually(`a plan for ${version}`, () => {
        const plan = updatePlanPanels.shown(uri);
        return plan !== undefined && plan.candidate === version ? plan : undefined;
      });
    const plan = await candidate("1.10");
    assert.equal(plan.transfers[0]?.download?.storedAs, `/var/lib/extensions.d/hello/hello-1.10${ending}`);
    assert.deepEqual(
      plan.transfers[0]?.misses.map(({ name, at }) => ({ name, at })),
      [{ name: `hullo-2.0${ending}`, at: 1 }],
    );

    const document = await vscode.workspace.openTextDocument(uri);
    const start = document.getText().indexOf("MatchPattern=hello") + "MatchPattern=h".length;
    const typeThere = async (letter: string) => {
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(start + 1)), letter);
      await vscode.workspace.applyEdit(edit);
    };
    await typeThere("u");
    await candidate("2.0");

    await write(`published/hullo-2.1${ending}`, "newer");
    await candidate("2.1");
    await typeThere("e");
    await document.save();
    await candidate("1.10");

    await eventually("a hint with the newest version", async () => {
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>(
        "vscode.executeInlayHintProvider",
        uri,
        range,
      );
      return hints.some(({ label }) => label === "→ newest 1.10") ? true : undefined;
    });
  });

  test("a web address is asked for nothing before the user presses Fetch", async () => {
    const { updatePlanPanels } = await extensionApi();
    let requests = 0;
    const web = createServer((_request, response) => {
      requests += 1;
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
    try {
      const uri = inWorkspace(transferPath);
      const { port } = web.address() as AddressInfo;
      await updatePlanPanels.show(uri);
      await updatePlanPanels.choose(uri, { source: `http://127.0.0.1:${port}/hello/` });
      assert.equal(updatePlanPanels.shown(uri)?.source.state, "unread");
      await updatePlanPanels.show(uri);
      assert.equal(requests, 0);
    } finally {
      web.close();
    }
  });

  test("the plan stays with a transfer that is renamed", async () => {
    const { updatePlanPanels } = await extensionApi();
    const path = "old/etc/sysupdate.x.d/x.conf";
    await write(path, await read(transferPath));
    const uri = inWorkspace(path);
    assert.ok(await updatePlanPanels.show(uri));
    await updatePlanPanels.choose(uri, {
      host: "debian-13",
      architecture: "x86-64",
      source: inWorkspace("published").fsPath,
    });
    assert.equal(updatePlanPanels.shown(uri)?.candidate, "1.10");
    await vscode.commands.executeCommand(commands.migrateTransfers, uri);
    await eventually("a plan of the renamed file", () =>
      updatePlanPanels.shown(uri)?.transfers[0]?.uri.endsWith("/x.transfer") ? true : undefined,
    );
  });

  test("a file that is no transfer has no plan", async () => {
    const { updatePlanPanels } = await extensionApi();
    assert.equal(await updatePlanPanels.show(inWorkspace("hello/README.md")), false);
  });

  test("Migrate Transfers renames a whole set with its drop-ins", async () => {
    const old = ["old/etc/sysupdate.d/a.conf", "old/etc/sysupdate.d/b.conf", "old/etc/sysupdate.d/a.conf.d/10.conf"];
    const renamed = ["a.transfer", "b.transfer", "a.transfer.d/10.conf"].map((name) => `old/etc/sysupdate.d/${name}`);
    for (const path of old) await write(path, "[Transfer]\nVerify=yes\n");
    const there = async (paths: readonly string[]) =>
      (await Promise.all(paths.map((path) => exists(inWorkspace(path))))).every(Boolean);
    assert.equal(
      await vscode.commands.executeCommand(commands.migrateTransfers, inWorkspace("old/etc/sysupdate.d")),
      3,
    );
    assert.ok(await there(renamed));
    assert.ok(!(await exists(inWorkspace(old[0] ?? ""))));
  });

  test("Refresh Extensions After an Update writes the drop-ins of the sets that are there", async () => {
    await newTransfer();
    const folder = inWorkspace("hello/host");
    await vscode.workspace.fs.delete(inWorkspace("old"), { recursive: true });
    const uri = await vscode.commands.executeCommand<vscode.Uri>(commands.refreshAfterUpdate, inWorkspace("hello"), {
      folder,
    });
    const path = "hello/host/etc/systemd/system/systemd-sysupdate.service.d/50-refresh-extensions.conf";
    assert.equal(uri.path, inWorkspace(path).path);
    assert.ok(await exists(inWorkspace("hello/host/etc/systemd/system/timers.target.d/50-update-extensions.conf")));
    assert.match(await read(path), /--component=hello update/);
  });

  test("Lay Out Versioned Image builds the tree, and puts a symlink beside the versions", async () => {
    const uri = await vscode.commands.executeCommand<vscode.Uri>(commands.layOutVersion, inWorkspace("hello"), {
      version: "1.2",
    });
    assert.match(uri.path, /\/hello\/host\/var\/lib\/extensions\.d\/hello\/hello-1\.2.*\.raw$/);
    assert.ok(await exists(uri));
    const link = inWorkspace("hello/host/var/lib/extensions/hello.raw");
    assert.equal(readlinkSync(link.fsPath), `../extensions.d/hello/${uri.path.split("/").at(-1)}`);
    assert.deepEqual(
      await vscode.workspace.fs.readFile(link),
      await vscode.workspace.fs.readFile(inWorkspace("hello.raw")),
    );
    // An image says the same of its extension as its tree, whatever the image is called.
    const written = await read(transferPath);
    const folder = inWorkspace("hello/host/of-image");
    const transfer = await vscode.commands.executeCommand<vscode.Uri>(commands.newTransfer, uri, {
      ...answers,
      folder,
    });
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(transfer)).toString(), written);
    // The folder for the host is no part of the extension.
    const tree = await (await extensionApi()).analysis.describeTree(inWorkspace("hello"));
    assert.ok(tree?.leftOut.includes("host"));
  });
});
