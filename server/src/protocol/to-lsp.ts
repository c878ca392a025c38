// From core's plain data to LSP: the only place, with from-lsp.ts, that knows lines, columns and LSP's numbers.
import {
  type CodeAction,
  CodeActionKind,
  type Command,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  type Location,
  MarkupKind,
  type Range,
  SymbolKind,
  type WorkspaceEdit,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { diagnosticSource, projectFileName, setModesCommand } from "../../../shared/src/ids.ts";
import {
  type Completion,
  type Hover as CoreHover,
  checkDocumentation,
  type Finding,
  type Fix,
  type LineIndex,
  lineIndex,
  type OutlineEntry,
  type Place,
  type RenamePlan,
  type SectionOutline,
  type Severity,
  type Span,
} from "../core/index.ts";
import { descendantUri } from "./uris.ts";

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toDiagnostic(document: TextDocument, finding: Finding): Diagnostic {
  return {
    range: toRange(document, finding.span),
    severity: severities[finding.severity],
    code: finding.check,
    codeDescription: { href: checkDocumentation(finding.check) },
    source: diagnosticSource,
    message: finding.message,
  };
}

/** A finding in a text that is not open, whose lines are these. */
export function toTreeDiagnostic(lines: LineIndex, { span, check, severity, message }: Finding): Diagnostic {
  const [start, end] = [lines.position(span.start), lines.position(span.end)];
  return {
    range: {
      start: { line: start.line, character: start.column },
      end: { line: end.line, character: end.column },
    },
    severity: severities[severity],
    code: check,
    codeDescription: { href: checkDocumentation(check) },
    source: diagnosticSource,
    message,
  };
}

const completionKinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  section: CompletionItemKind.Module,
  unit: CompletionItemKind.Reference,
  feature: CompletionItemKind.Reference,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  specifier: CompletionItemKind.Constant,
  variable: CompletionItemKind.Variable,
  snippet: CompletionItemKind.Snippet,
};

export function toCompletionItem(document: TextDocument, completion: Completion, index: number): CompletionItem {
  return {
    label: completion.label,
    kind: completionKinds[completion.kind],
    ...(completion.snippet ? { insertTextFormat: InsertTextFormat.Snippet } : {}),
    ...(completion.deprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    detail: completion.detail,
    ...(completion.documentation === ""
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: completion.documentation } }),
    // Editors sort by text; ours come in the order of their use.
    sortText: String(index).padStart(4, "0"),
    filterText: completion.label,
    textEdit: { range: toRange(document, completion.span), newText: completion.text },
    ...(completion.continues ? { command: { title: "Suggest", command: "editor.action.triggerSuggest" } } : {}),
  };
}

export function toHover(document: TextDocument, { span, markdown }: CoreHover): Hover {
  return { range: toRange(document, span), contents: { kind: MarkupKind.Markdown, value: markdown } };
}

export function toSymbol(document: TextDocument, entry: OutlineEntry | SectionOutline): DocumentSymbol {
  const { name, detail, span, nameSpan } = entry;
  const children = "children" in entry ? entry.children : undefined;
  return {
    name,
    detail,
    kind: children === undefined ? SymbolKind.Property : SymbolKind.Module,
    range: toRange(document, span),
    selectionRange: toRange(document, nameSpan),
    ...(children === undefined ? {} : { children: children.map((child) => toSymbol(document, child)) }),
  };
}

/** What the editor can do to files beside changing the text of one. */
export interface EditAbilities {
  readonly createsFiles: boolean;
  readonly renamesFiles: boolean;
  readonly deletesFiles: boolean;
}

/** The tree that a document is in. */
export interface FixContext {
  readonly rootUri?: string;
  /** Text of its project file, when there is one. */
  readonly project?: string;
}

/** A fix of a finding; undefined when the editor cannot make its changes. */
export function toCodeAction(
  document: TextDocument,
  context: FixContext,
  finding: Finding,
  fix: Fix,
  abilities: EditAbilities,
): CodeAction | undefined {
  const made = modeCommand(context, fix) ?? toWorkspaceEdit(document, context, fix, abilities);
  if (made === undefined) return undefined;
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, finding)],
    isPreferred: finding.fixes[0] === fix,
    ...("command" in made ? { command: made } : { edit: made }),
  };
}

/** Other permission bits are nothing that an edit of the workspace could say, so that the server gives them. */
function modeCommand({ rootUri }: FixContext, { title, changes }: Fix): Command | undefined {
  const modes = changes.filter((change) => change.kind === "mode");
  if (rootUri === undefined || modes.length === 0 || modes.length < changes.length) return undefined;
  const given = modes.map(({ path, mode }) => ({ uri: descendantUri(rootUri, path), mode }));
  return { title, command: setModesCommand, arguments: [given] };
}

function toWorkspaceEdit(
  document: TextDocument,
  context: FixContext,
  { changes }: Fix,
  { createsFiles, renamesFiles, deletesFiles }: EditAbilities,
): WorkspaceEdit | undefined {
  const edits = changes.filter((change) => change.kind === "edit");
  if (edits.length === changes.length) {
    return {
      changes: { [document.uri]: edits.map(({ span, text }) => ({ range: toRange(document, span), newText: text })) },
    };
  }
  const { rootUri, project } = context;
  if (rootUri === undefined) return undefined;
  const documentChanges: NonNullable<WorkspaceEdit["documentChanges"]> = [];
  for (const change of changes) {
    if (change.kind === "edit") {
      const edit = { range: toRange(document, change.span), newText: change.text };
      documentChanges.push({ textDocument: { uri: document.uri, version: document.version }, edits: [edit] });
    } else if (change.kind === "rename") {
      if (!renamesFiles) return undefined;
      const [oldUri, newUri] = [descendantUri(rootUri, change.from), descendantUri(rootUri, change.to)];
      documentChanges.push({ kind: "rename", oldUri, newUri, options: { overwrite: false } });
    } else if (change.kind === "remove") {
      if (!deletesFiles) return undefined;
      const uri = descendantUri(rootUri, change.path);
      documentChanges.push({ kind: "delete", uri, options: { recursive: true, ignoreIfNotExists: true } });
    } else if (change.kind === "mode") {
      return undefined; // an edit of the workspace has no word for it
    } else {
      if (!createsFiles) return undefined;
      const uri = descendantUri(rootUri, change.path);
      const before = change.path === projectFileName ? project : undefined;
      // A file that is there unknown to us is not to be lost: then the editor refuses.
      if (before === undefined) documentChanges.push({ kind: "create", uri, options: { overwrite: false } });
      const edits = [{ range: wholeRange(before ?? ""), newText: change.text }];
      documentChanges.push({ textDocument: { uri, version: null }, edits });
    }
  }
  return { documentChanges };
}

/** A place in a tree as an editor opens it; `text` is that of the file, where a span is to be shown in it. */
export function toLocation(rootUri: string, { path, span }: Place, text: string | undefined): Location {
  const uri = descendantUri(rootUri, path);
  if (span === undefined || text === undefined) return { uri, range: wholeRange("") };
  return { uri, range: rangeIn(lineIndex(text), span) };
}

/** A stretch of a text that no document holds. */
export function rangeIn(lines: LineIndex, { start, end }: Span): Range {
  const [from, to] = [lines.position(start), lines.position(end)];
  return {
    start: { line: from.line, character: from.column },
    end: { line: to.line, character: to.column },
  };
}

/** What renaming a unit comes to; undefined when the editor cannot rename files. */
export function toRenameEdit(
  rootUri: string,
  { edits, moves }: RenamePlan,
  textOf: (path: string) => string | undefined,
  { renamesFiles }: EditAbilities,
): WorkspaceEdit | undefined {
  if (!renamesFiles && moves.length > 0) return undefined;
  const documentChanges: NonNullable<WorkspaceEdit["documentChanges"]> = [];
  for (const [path, inFile] of edits) {
    const lines = lineIndex(textOf(path) ?? "");
    documentChanges.push({
      textDocument: { uri: descendantUri(rootUri, path), version: null },
      edits: inFile.map(({ span, text }) => ({ range: rangeIn(lines, span), newText: text })),
    });
  }
  for (const { from, to } of moves) {
    const [oldUri, newUri] = [descendantUri(rootUri, from), descendantUri(rootUri, to)];
    documentChanges.push({ kind: "rename", oldUri, newUri, options: { overwrite: false } });
  }
  return { documentChanges };
}

function wholeRange(text: string): Range {
  const { line, column } = lineIndex(text).position(text.length);
  return { start: { line: 0, character: 0 }, end: { line, character: column } };
}
