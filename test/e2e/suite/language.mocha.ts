// Release files have findings, fixes, completion and hover in the editor.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { languages } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { inWorkspace } from "./editor.ts";

/** Opens a release file with this text in a tree of its own, called `name`. */
async function openRelease(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = inWorkspace(`${name}/usr/lib/extension-release.d/extension-release.${name}`);
  await vscode.workspace.fs.writeFile(inWorkspace(`${name}/usr/share/${name}`), Buffer.from("what it brings\n"));
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

/** The findings once they are those ids, in order of their place. */
async function findings(document: vscode.TextDocument, ...ids: string[]): Promise<vscode.Diagnostic[]> {
  let seen: string[] = [];
  try {
    return await eventually(ids.join(", "), () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      found.sort((a, b) => a.range.start.compareTo(b.range.start));
      seen = found.map(({ code }) => (typeof code === "object" ? String(code.value) : String(code)));
      return seen.join() === ids.join() ? found : undefined;
    });
  } catch (error) {
    throw new Error(`wanted ${ids.join(", ")}; found ${seen.join(", ")}`, { cause: error });
  }
}

async function fixes(document: vscode.TextDocument, { range }: vscode.Diagnostic): Promise<vscode.CodeAction[]> {
  const command = "vscode.executeCodeActionProvider";
  const kind = vscode.CodeActionKind.QuickFix.value;
  return await vscode.commands.executeCommand<vscode.CodeAction[]>(command, document.uri, range, kind);
}

suite("language", () => {
  test("a release file has its own language", async () => {
    const document = await openRelease("plain", "ID=_any\n");
    assert.equal(document.languageId, languages.release);
    await findings(document);
  });

  test("a wrong value is underlined, named by its check, and one key repairs it", async () => {
    const document = await openRelease("arch", "ID=fedora\nVERSION_ID=42\nARCHITECTURE=amd64\n");
    const [finding] = await findings(document, "er/architecture-invalid");
    assert.ok(finding);
    assert.equal(finding.source, "sysext");
    assert.equal(document.getText(finding.range), "amd64");
    assert.match(finding.message, /"x86-64"/);
    const [fix] = await fixes(document, finding);
    assert.ok(fix?.edit, "there is no quick fix");
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    assert.equal(document.getText(), "ID=fedora\nVERSION_ID=42\nARCHITECTURE=x86-64\n");
    await findings(document);
    await document.save();
  });

  test("keys and values are completed", async () => {
    const document = await openRelease("complete", "ID=fedora\nVERSION_ID=42\nARCHITECTURE=\n");
    const labels = async (line: number, column: number): Promise<string[]> => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        "vscode.executeCompletionItemProvider",
        document.uri,
        new vscode.Position(line, column),
      );
      return list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    };
    assert.ok((await labels(2, 13)).includes("x86-64"));
    assert.ok((await labels(3, 0)).some((label) => label.startsWith("SYSEXT_LEVEL")));
  });

  test("hover explains a key", async () => {
    const document = await openRelease("hover", "ID=fedora\nVERSION_ID=42\n");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(1, 3),
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === "string" ? part : part.value)),
    );
    assert.match(text.join("\n"), /VERSION_ID/);
  });

  test("the example with mistakes has findings on disk's text", async () => {
    // Not the one whose findings come from a task elsewhere: the task's count for closed documents only.
    const [file] = await vscode.workspace.findFiles("broken/no-version-constraint/**/extension-release.*");
    assert.ok(file);
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document);
    await eventually("findings in the example", () => vscode.languages.getDiagnostics(file)[0]);
  });

  test("a setting turns a check off", async () => {
    const document = await openRelease("severity", "ID=fedora\nVERSION_ID=42\nARCHITECTURE=amd64\n");
    await findings(document, "er/architecture-invalid");
    const settings = vscode.workspace.getConfiguration("sysext.checks");
    await settings.update("severity", { "er/architecture-invalid": "off" }, vscode.ConfigurationTarget.Workspace);
    try {
      await findings(document);
    } finally {
      await settings.update("severity", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });
});
