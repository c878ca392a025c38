// Files of systemd-sysupdate have their language where they are such files, and with it findings, completion and hover.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { languages } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { inWorkspace } from "./editor.ts";

const folder = "updates/etc/sysupdate.hello.d";
const transfer = `[Transfer]
Features=desktop

[Source]
Type=url-file
Path=https://example.com/hello
MatchPattern=hello-@v-%a.raw

[Target]
Type=regular-file
Path=/var/lib/extensions.d/hello
MatchPattern=hello-@v-%a.raw
CurrentSymlink=/var/lib/extensions/hello.raw
InstancesMax=2
`;

/** Writes a file that only this test needs, as the editor learns of a changed one later, and opens it. */
async function openFile(path: string, text: string): Promise<vscode.TextDocument> {
  const uri = inWorkspace(path);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  return document;
}

async function finding(document: vscode.TextDocument, id: string): Promise<vscode.Diagnostic> {
  return await eventually(id, () =>
    vscode.languages
      .getDiagnostics(document.uri)
      .find(({ code }) => (typeof code === "object" ? code.value : code) === id),
  );
}

suite("files of systemd-sysupdate", () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    await vscode.workspace.fs.delete(inWorkspace("updates"), { recursive: true }).then(undefined, () => undefined);
  });

  test("they have their own languages, and others' features keep theirs", async () => {
    const wanted: readonly [string, string, string][] = [
      [`${folder}/10-hello.transfer`, transfer, languages.transfer],
      [`${folder}/10-hello.transfer.d/20-keep.conf`, "[Target]\nInstancesMax=3\n", languages.transfer],
      [`${folder}/desktop.feature`, "[Feature]\nDescription=A desktop\n", languages.feature],
      ["updates/etc/sysupdate.hello.component", "[Component]\nDescription=Hello\n", languages.feature],
    ];
    for (const [path, text, language] of wanted) assert.equal((await openFile(path, text)).languageId, language, path);
    const gherkin = await openFile("updates/login.feature", "Feature: login\n");
    const loose = await openFile("updates/loose.transfer", "[Source]\nType=tar\n");
    await eventually("the language of a loose transfer", () =>
      vscode.workspace.textDocuments.includes(loose) && loose.languageId === languages.transfer ? true : undefined,
    );
    assert.notEqual(gherkin.languageId, languages.feature);
  });

  test("a pattern without a version is underlined, and its quick fix repairs it", async () => {
    const document = await openFile(`${folder}/20-hello.transfer`, transfer.replace("@v-%a", "1.2.3-%a"));
    const found = await finding(document, "transfer/pattern-no-version");
    assert.equal(document.getText(found.range), "hello-1.2.3-%a.raw");
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      found.range,
    );
    const edit = actions.find(({ isPreferred }) => isPreferred)?.edit;
    assert.ok(edit, actions.map(({ title }) => title).join());
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /^MatchPattern=hello-@v-%a\.raw$/m);
    await document.save();
  });

  test("wildcards and features are completed, and hover explains a wildcard", async () => {
    const document = await openFile(`${folder}/30-hello.transfer`, transfer.replace("@v-%a", "@v-@"));
    const labelsAt = async (line: number, character: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(line, character),
      );
      return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    };
    const wildcards = await labelsAt(6, "MatchPattern=hello-@v-@".length);
    assert.ok(wildcards.includes("@l") && !wildcards.includes("@v"), wildcards.join());
    assert.deepEqual(await labelsAt(1, "Features=".length), ["desktop"]);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(6, "MatchPattern=hello-@".length),
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === "string" ? part : part.value)),
    );
    assert.match(text.join("\n"), /`@v`: the version/);
  });
});
