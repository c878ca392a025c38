// Unit files have their language where they are units, and with it findings, completion, hover and an effective unit.
import assert from "node:assert/strict";
import * as vscode from "vscode";
import { commands, languages, unitViewScheme } from "../../../shared/src/ids.ts";
import { eventually } from "../../support/eventually.ts";
import { inWorkspace } from "./editor.ts";

const unitFolder = "hello/usr/lib/systemd/system";

async function openFile(path: string, text: string): Promise<vscode.TextDocument> {
  const uri = inWorkspace(path);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
  return document;
}

/** Writes a file that only this test needs, and opens it as it is on the disk. */
async function languageOf(path: string, text: string): Promise<string> {
  return (await openFile(path, text)).languageId;
}

async function becomesUnit(document: vscode.TextDocument): Promise<void> {
  await eventually(`${document.uri.path} as a unit`, () =>
    vscode.workspace.textDocuments.includes(document) && document.languageId === languages.unit ? true : undefined,
  );
}

async function findings(document: vscode.TextDocument, ...ids: string[]): Promise<vscode.Diagnostic[]> {
  let seen: string[] = [];
  try {
    return await eventually(ids.join(", "), () => {
      const found = vscode.languages.getDiagnostics(document.uri);
      seen = found.map(({ code }) => (typeof code === "object" ? String(code.value) : String(code))).sort();
      return seen.join() === ids.toSorted().join() ? found : undefined;
    });
  } catch (error) {
    throw new Error(`wanted ${ids.join(", ")}; found ${seen.join(", ")}`, { cause: error });
  }
}

suite("units", () => {
  suiteTeardown(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    for (const path of ["loose", `${unitFolder}/hello.service.d`, `${unitFolder}/wrong.service`]) {
      await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true }).then(undefined, () => undefined);
    }
  });

  test("units and drop-ins of a tree have their own language", async () => {
    for (const file of ["hello.service", "hello.socket", "multi-user.target.d/10-hello.conf"]) {
      const document = await vscode.workspace.openTextDocument(inWorkspace(`${unitFolder}/${file}`));
      assert.equal(document.languageId, languages.unit, file);
      await findings(document);
    }
  });

  test("other programs' files with the same endings keep their language", async () => {
    const others: readonly [string, string][] = [
      ["loose/login.feature", "Feature: x\n"],
      ["loose/icon.path", "M 0 0 L 10 10\n"],
      ["loose/dbus-1/services/org.example.service", "[D-BUS Service]\nName=org.example\nExec=/bin/x\n"],
      ["loose/org.example.service", "[D-BUS Service]\nName=org.example\nExec=/bin/x\n"],
      ["loose/containers/systemd/web.volume", "[Volume]\n"],
      ["loose/eth0.network", "[Match]\nName=eth0\n"],
    ];
    for (const [path, text] of others) assert.notEqual(await languageOf(path, text), languages.unit, path);
    // By now the extension has looked at the first ones.
    await becomesUnit(await openFile("loose/last.service", "[Unit]\nDescription=x\n"));
    for (const [path] of others) {
      const document = await vscode.workspace.openTextDocument(inWorkspace(path));
      assert.notEqual(document.languageId, languages.unit, path);
    }
  });

  test("a unit anywhere gets the language by its name and text", async () => {
    await becomesUnit(await openFile("loose/foo.service", "# mine\n[Unit]\nDescription=x\n"));
    await becomesUnit(await openFile("loose/foo.service.d/10-x.conf", "[Service]\nRestart=no\n"));
    const empty = await openFile("loose/new.timer", "");
    const edit = new vscode.WorkspaceEdit();
    edit.insert(empty.uri, new vscode.Position(0, 0), "[Timer]\nOnCalendar=daily\n");
    assert.ok(await vscode.workspace.applyEdit(edit));
    await empty.save();
    await becomesUnit(empty);
  });

  test("a language that the user chooses stays", async () => {
    const document = await openFile("loose/chosen.service", "[Unit]\nDescription=x\n");
    await becomesUnit(document);
    await vscode.languages.setTextDocumentLanguage(document, "plaintext");
    await becomesUnit(await openFile("loose/after.service", "[Unit]\nDescription=x\n"));
    assert.equal(document.languageId, "plaintext");
  });

  test("a language that the settings name stays", async () => {
    const settings = vscode.workspace.getConfiguration("files");
    await settings.update("associations", { "*.service": "ini" }, vscode.ConfigurationTarget.Workspace);
    try {
      const document = await openFile("loose/associated.service", "[Unit]\nDescription=x\n");
      await becomesUnit(await openFile("loose/after.timer", "[Unit]\nDescription=x\n"));
      assert.equal(document.languageId, "ini");
    } finally {
      await settings.update("associations", undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  test("a value that goes on is indented, and what follows it is not", async () => {
    const document = await openFile("loose/enter.service", "[Service]\nExecStart=/bin/a \\");
    await becomesUnit(document);
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    const end = document.lineAt(1).range.end;
    editor.selection = new vscode.Selection(end, end);
    editor.options = { insertSpaces: true, tabSize: 2 };
    for (const text of ["\n", "-b \\", "\n", "-c", "\n", "Nice=5"])
      await vscode.commands.executeCommand("type", { text });
    assert.deepEqual(document.getText().split("\n").slice(1), ["ExecStart=/bin/a \\", "  -b \\", "  -c", "Nice=5"]);
    await document.save();
  });

  test("a wrong value is underlined, whatever language the file has been given", async () => {
    const document = await openFile(
      `${unitFolder}/wrong.service`,
      "[Unit]\nDescription=x\n\n[Service]\nExecStart=/usr/bin/hello\nRestart=onfailure\n",
    );
    const expected = ["unit/never-started", "unit/invalid-value"];
    const [, finding] = await findings(document, ...expected);
    assert.ok(finding);
    assert.equal(document.getText(finding.range), "onfailure");
    await vscode.languages.setTextDocumentLanguage(document, "ini");
    await findings(document, ...expected);
    await vscode.languages.setTextDocumentLanguage(document, languages.unit);
  });

  test("values are completed, and hover explains a setting", async () => {
    const document = await openFile(
      `${unitFolder}/wrong.service`,
      "[Unit]\nDescription=x\n\n[Service]\nExecStart=/usr/bin/hello\nRestart=on\n",
    );
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      "vscode.executeCompletionItemProvider",
      document.uri,
      new vscode.Position(5, "Restart=on".length),
    );
    const labels = list.items.map(({ label }) => (typeof label === "string" ? label : label.label));
    assert.ok(labels.includes("on-failure"), labels.join());
    assert.ok(!labels.includes("ExecStart"), "words of the text are offered for want of an answer");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(5, 2),
    );
    const text = hovers.flatMap(({ contents }) =>
      contents.map((part) => (typeof part === "string" ? part : part.value)),
    );
    assert.match(text.join("\n"), /Restart/);
  });

  test("formatting changes blanks only", async () => {
    const document = await openFile(
      `${unitFolder}/wrong.service`,
      "[Service]\nType = exec\nExecStart=/usr/bin/hello\n",
    );
    const edits = await eventually("edits", async () => {
      const found = await vscode.commands.executeCommand<vscode.TextEdit[] | undefined>(
        "vscode.executeFormatDocumentProvider",
        document.uri,
        { tabSize: 2, insertSpaces: true },
      );
      return found !== undefined && found.length > 0 ? found : undefined;
    });
    const edit = new vscode.WorkspaceEdit();
    edit.set(document.uri, edits);
    assert.ok(await vscode.workspace.applyEdit(edit));
    assert.match(document.getText(), /^Type=exec$/m);
    await document.save();
  });

  test("the effective unit follows its files, and each line leads to its own", async () => {
    const service = inWorkspace(`${unitFolder}/hello.service`);
    const dropIn = await openFile(`${unitFolder}/hello.service.d/10-x.conf`, "[Service]\nNice=5\n");
    const lens = await eventually("the lens", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        dropIn.uri,
        10,
      );
      return lenses.find(({ command }) => command?.command === commands.showEffectiveUnit)?.command;
    });
    await vscode.commands.executeCommand(lens.command, ...(lens.arguments ?? []));
    const view = await eventually("the view", () =>
      vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme === unitViewScheme),
    );
    const { document } = view;
    assert.equal(document.languageId, languages.unit);
    assert.equal(document.uri.path, "/hello.service (effective)");
    assert.match(document.getText(), /^ExecStart=/m);

    const lead = async (words: RegExp): Promise<vscode.Location> => {
      const line = document
        .getText()
        .split("\n")
        .findIndex((text) => words.test(text));
      const [location] = await vscode.commands.executeCommand<vscode.Location[]>(
        "vscode.executeDefinitionProvider",
        document.uri,
        new vscode.Position(line, 0),
      );
      assert.ok(location, `${words} in line ${line}`);
      return location;
    };
    const nice = await lead(/^Nice=5/);
    assert.equal(nice.uri.toString(), dropIn.uri.toString());
    assert.equal(nice.range.start.line, 1);
    assert.equal((await lead(/^ExecStart=/)).uri.toString(), service.toString());

    const edit = new vscode.WorkspaceEdit();
    edit.replace(dropIn.uri, new vscode.Range(1, 0, 1, 6), "Nice=7");
    assert.ok(await vscode.workspace.applyEdit(edit));
    await eventually("the new value", () => (/^Nice=7/m.test(document.getText()) ? true : undefined));
    await dropIn.save();

    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      "vscode.executeLinkProvider",
      document.uri,
    );
    const targets = links.map(({ target }) => target?.with({ fragment: "" }).toString());
    assert.ok(targets.includes(service.toString()) && targets.includes(dropIn.uri.toString()), targets.join());
  });
});
