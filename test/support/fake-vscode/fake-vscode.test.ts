// The fake of the editor offers all that the extension uses, and does what the editor does.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { projectFiles, readProjectFile } from "../../tidy/project.ts";
import { editor } from "./editor.ts";

const vscode = await import("vscode");
const { Uri, window, workspace, commands, l10n } = vscode;

beforeEach(() => editor.reset());

test("all that the extension takes from the editor is there", () => {
  const spaces: Readonly<Record<string, unknown>> = { ...vscode };
  const missing = projectFiles(/^client\/src\/.*(?<!\.test)\.ts$/).flatMap((file) => {
    const text = readProjectFile(file).replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, "");
    const imported = [...text.matchAll(/^import \{([^}]*)\} from "vscode";$/gm)]
      .flatMap(([, names = ""]) => names.split(","))
      .map((name) => name.trim().split(" as "))
      .filter(([name = ""]) => name !== "" && !name.startsWith("type "));
    return imported.flatMap(([name = "", alias = name]) => {
      const space = spaces[name];
      if (space === undefined) return [`${file}: ${name}`];
      if (
        typeof space !== "object" ||
        space === null ||
        !/^(commands|env|extensions|l10n|languages|tasks|window|workspace)$/.test(name)
      )
        return [];
      const members = [...text.matchAll(new RegExp(`(?<![-.\\w"'/])${alias}\\.(\\w+)`, "g"))].map(
        ([, member = ""]) => member,
      );
      return members.filter((member) => !(member in space)).map((member) => `${file}: ${name}.${member}`);
    });
  });
  assert.deepEqual(missing, []);
});

test("URIs are written, read, joined and changed as the editor does it", () => {
  const uri = Uri.file("/w/a b[1]#x%.raw");
  assert.equal(uri.toString(), "file:///w/a%20b%5B1%5D%23x%25.raw");
  assert.equal(Uri.parse(uri.toString()).fsPath, "/w/a b[1]#x%.raw");
  assert.equal(uri.with({ fragment: "partition=2" }).toString(), "file:///w/a%20b%5B1%5D%23x%25.raw#partition%3D2");
  assert.equal(Uri.parse("file:///w/a.raw#partition%3D2").fragment, "partition=2");
  assert.equal(Uri.parse("file:///w/a.raw#x").with({ fragment: "" }).toString(), "file:///w/a.raw");
  assert.equal(Uri.joinPath(Uri.file("/w/a/b"), "..", "c").path, "/w/a/c");
  assert.equal(Uri.from({ scheme: "sysext-image", authority: "A%b", path: "/x" }).toString(), "sysext-image://a%25b/x");
  assert.throws(() => Uri.parse("no scheme", true), /Scheme is missing/);
});

test("what is shown is recorded and answered in turn", async () => {
  editor.answer("Yes", (items: readonly unknown[]) => items[1]);
  assert.equal(await window.showWarningMessage("Sure?", { modal: true }, "Yes", "No"), "Yes");
  assert.deepEqual(await window.showQuickPick([{ label: "a" }, { label: "b" }], { placeHolder: "Which?" }), {
    label: "b",
  });
  assert.equal(await window.showInformationMessage("Done", "Reveal"), undefined);
  assert.deepEqual(editor.messages(), ["Sure?", "Done"]);
  assert.deepEqual(editor.shown[0]?.items, ["Yes", "No"]);
  assert.deepEqual(editor.shown[1]?.items, ["a", "b"]);
});

test("files are found by glob in the folders of the workspace, and are missing with the editor's error", async () => {
  workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
  editor.write("file:///w/a/x.raw", "abc");
  editor.write("file:///v/y.raw", "abc");
  assert.deepEqual((await workspace.findFiles("**/*.raw")).map(String), ["file:///w/a/x.raw"]);
  assert.equal(workspace.asRelativePath(Uri.file("/w/a/x.raw")), "a/x.raw");
  assert.equal((await workspace.fs.stat(Uri.file("/w/a/x.raw"))).size, 3);
  assert.equal((await workspace.fs.stat(Uri.file("/w/a"))).type, vscode.FileType.Directory);
  await assert.rejects(async () => await workspace.fs.stat(Uri.file("/w/b")), { code: "FileNotFound" });
});

test("settings, commands and texts", async () => {
  const changes: boolean[] = [];
  workspace.onDidChangeConfiguration((change) => changes.push(change.affectsConfiguration("sysext")));
  await workspace.getConfiguration("sysext").update("hosts", ["debian-13"]);
  assert.deepEqual(workspace.getConfiguration().get("sysext.hosts"), ["debian-13"]);
  assert.equal(workspace.getConfiguration("sysext").get("other", "none"), "none");
  assert.deepEqual(changes, [true]);
  commands.registerCommand("a.b", (value: number) => value + 1);
  assert.equal(await commands.executeCommand("a.b", 1), 2);
  assert.deepEqual(editor.executedNames, ["a.b"]);
  assert.equal(l10n.t("{0} of {1}", 1, "two"), "1 of two");
});
