import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CompletionItemKind,
  CompletionItemTag,
  DiagnosticSeverity,
  InsertTextFormat,
  SymbolKind,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Completion, type Finding, type Fix, lineIndex, type Severity } from "../core/index.ts";
import {
  type EditAbilities,
  rangeIn,
  toCodeAction,
  toCompletionItem,
  toDiagnostic,
  toHover,
  toLocation,
  toRange,
  toRenameEdit,
  toSymbol,
  toTreeDiagnostic,
} from "./to-lsp.ts";

const text = "ID=a\r\nX=\u{1f600}b\n";
const document = TextDocument.create("file:///t/usr/er", "plain", 1, text);
const fix: Fix = { title: "Change", changes: [{ kind: "edit", span: { start: 3, end: 4 }, text: "b" }] };
const finding: Finding = {
  ...{ check: "er/id-missing", severity: "error", message: "wrong", span: { start: 3, end: 10 } },
  fixes: [fix],
};
const range = { start: { line: 0, character: 3 }, end: { line: 1, character: 4 } };
const everything: EditAbilities = { createsFiles: true, renamesFiles: true, deletesFiles: true };
const rootUri = "file:///t";

test("ranges count lines from 0, and end where the span ends", () => {
  assert.deepEqual(toRange(document, finding.span), range);
  assert.deepEqual(rangeIn(lineIndex(text), finding.span), range);
});

const numbers: readonly (readonly [Severity, DiagnosticSeverity])[] = [
  ["error", DiagnosticSeverity.Error],
  ["warning", DiagnosticSeverity.Warning],
  ["info", DiagnosticSeverity.Information],
  ["hint", DiagnosticSeverity.Hint],
];
for (const [severity, number] of numbers) {
  test(`${severity} has the protocol's number, in open documents and in others`, () => {
    const diagnostic = toDiagnostic(document, { ...finding, severity });
    assert.equal(diagnostic.severity, number);
    assert.deepEqual(toTreeDiagnostic(lineIndex(text), { ...finding, severity }), diagnostic);
  });
}

test("a diagnostic has its range, check, message and the page of the check", () => {
  const { codeDescription, ...rest } = toDiagnostic(document, finding);
  assert.deepEqual(rest, { range, severity: 1, code: "er/id-missing", source: "sysext", message: "wrong" });
  assert.match(codeDescription?.href ?? "", /docs\/checks\/er\/id-missing/);
});

const completion: Completion = {
  ...{
    label: "ID",
    kind: "key",
    detail: "d",
    documentation: "",
    span: { start: 0, end: 2 },
    text: "ID=",
    continues: false,
  },
};

test("completions are sorted as they come, and replace their span", () => {
  const item = toCompletionItem(document, completion, 12);
  assert.deepEqual(item, {
    ...{ label: "ID", kind: CompletionItemKind.Property, detail: "d", sortText: "0012", filterText: "ID" },
    textEdit: { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 2 } }, newText: "ID=" },
  });
  assert.ok((toCompletionItem(document, completion, 9).sortText ?? "") < (item.sortText ?? ""));
});

test("snippets, deprecated names, documentation and completions that go on are marked", () => {
  const more = { ...completion, snippet: true, deprecated: true, documentation: "*x*", continues: true };
  const item = toCompletionItem(document, more, 0);
  assert.equal(item.insertTextFormat, InsertTextFormat.Snippet);
  assert.deepEqual(item.tags, [CompletionItemTag.Deprecated]);
  assert.deepEqual(item.documentation, { kind: "markdown", value: "*x*" });
  assert.equal(item.command?.command, "editor.action.triggerSuggest");
});

test("hovers are Markdown over their span", () => {
  assert.deepEqual(toHover(document, { span: finding.span, markdown: "*x*" }), {
    ...{ range, contents: { kind: "markdown", value: "*x*" } },
  });
});

test("an outline has the whole entry and its name, and sections have children", () => {
  const entry = { name: "ID", detail: "a", span: { start: 0, end: 4 }, nameSpan: { start: 0, end: 2 } };
  const symbol = toSymbol(document, entry);
  assert.equal(symbol.kind, SymbolKind.Property);
  assert.equal(symbol.range.end.character, 4);
  assert.equal(symbol.selectionRange.end.character, 2);
  assert.equal("children" in symbol, false);
  const section = toSymbol(document, { ...entry, name: "Unit", children: [entry] });
  assert.equal(section.kind, SymbolKind.Module);
  assert.deepEqual(section.children, [symbol]);
});

const action = (
  changed: Fix,
  abilities = everything,
  surroundings: { rootUri?: string; project?: string } = { rootUri },
) => toCodeAction(document, surroundings, { ...finding, fixes: [changed] }, changed, abilities);

test("a fix of the text edits its span, and only the first fix is preferred", () => {
  assert.deepEqual(action(fix, undefined, {})?.edit, {
    changes: {
      [document.uri]: [{ range: { start: { line: 0, character: 3 }, end: { line: 0, character: 4 } }, newText: "b" }],
    },
  });
  const other = { ...fix };
  const preferred = (chosen: Fix) =>
    toCodeAction(document, {}, { ...finding, fixes: [fix, other] }, chosen, everything)?.isPreferred;
  assert.deepEqual([preferred(fix), preferred(other)], [true, false]);
  const { title, kind, diagnostics } = action(fix) ?? {};
  assert.deepEqual(
    { title, kind, diagnostics },
    {
      ...{ title: "Change", kind: "quickfix", diagnostics: [toDiagnostic(document, finding)] },
    },
  );
});

test("renames go from the old path to the new one and overwrite nothing", () => {
  const rename: Fix = { title: "r", changes: [{ kind: "rename", from: "usr/a b", to: "usr/c" }] };
  assert.deepEqual(action(rename)?.edit?.documentChanges, [
    {
      ...{ kind: "rename", oldUri: "file:///t/usr/a%20b", newUri: "file:///t/usr/c" },
      options: { overwrite: false },
    },
  ]);
  assert.equal(action(rename, { ...everything, renamesFiles: false }), undefined);
  assert.equal(action(rename, everything, {}), undefined);
});

test("removals take folders with all that is in them", () => {
  const remove: Fix = { title: "r", changes: [{ kind: "remove", path: "usr" }] };
  assert.deepEqual(action(remove)?.edit?.documentChanges, [
    { kind: "delete", uri: "file:///t/usr", options: { recursive: true, ignoreIfNotExists: true } },
  ]);
  assert.equal(action(remove, { ...everything, deletesFiles: false }), undefined);
});

test("a file is created unless it is the project file that is there, whose whole text is replaced", () => {
  const write = (path: string): Fix => ({ title: "w", changes: [{ kind: "write", path, text: "new" }] });
  const start = { line: 0, character: 0 };
  const uri = "file:///t/sysext.json";
  assert.deepEqual(action(write("sysext.json"))?.edit?.documentChanges, [
    { kind: "create", uri, options: { overwrite: false } },
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: "new" }] },
  ]);
  const known = { rootUri, project: "{\n}" };
  assert.deepEqual(action(write("sysext.json"), everything, known)?.edit?.documentChanges, [
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: { line: 1, character: 1 } }, newText: "new" }],
    },
  ]);
  assert.equal(action(write("usr/x"), everything, known)?.edit?.documentChanges?.length, 2);
  assert.equal(action(write("usr/x"), { ...everything, createsFiles: false }), undefined);
});

test("permission bits are given by the server, and together with other changes by nobody", () => {
  const mode = { kind: "mode", path: "usr/bin/x", mode: 0o755 } as const;
  assert.deepEqual(action({ title: "m", changes: [mode] })?.command, {
    ...{ title: "m", command: "sysext.setModes", arguments: [[{ uri: "file:///t/usr/bin/x", mode: 0o755 }]] },
  });
  assert.equal(action({ title: "m", changes: [mode, ...fix.changes] }), undefined);
  assert.equal(action({ title: "m", changes: [mode] }, everything, {}), undefined);
});

test("a place is a range of its file, and its beginning where the text is not known", () => {
  const place = { path: "usr/er", span: finding.span };
  const start = { line: 0, character: 0 };
  assert.deepEqual(toLocation(rootUri, place, text), { uri: document.uri, range });
  assert.deepEqual(toLocation(rootUri, place, undefined).range, { start, end: start });
  assert.deepEqual(toLocation(rootUri, { path: "usr/er" }, text).range, { start, end: start });
});

test("a rename edits files under their old names first, and needs an editor that moves files", () => {
  const plan = {
    edits: new Map([["usr/er", [{ span: finding.span, text: "new" }]]]),
    moves: [{ from: "usr/a", to: "usr/b" }],
  };
  assert.deepEqual(toRenameEdit(rootUri, plan, () => text, everything)?.documentChanges, [
    { textDocument: { uri: document.uri, version: null }, edits: [{ range, newText: "new" }] },
    { kind: "rename", oldUri: "file:///t/usr/a", newUri: "file:///t/usr/b", options: { overwrite: false } },
  ]);
  const unable = { ...everything, renamesFiles: false };
  assert.equal(
    toRenameEdit(rootUri, plan, () => text, unable),
    undefined,
  );
  assert.equal(toRenameEdit(rootUri, { ...plan, moves: [] }, () => text, unable)?.documentChanges?.length, 1);
});
