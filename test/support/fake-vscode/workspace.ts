// The editor's workspace: files in memory, folders, settings, documents and watchers.
import path from "node:path";
import type * as vscode from "vscode";
import { editor, type FakeWatcher } from "./editor.ts";
import { FileType } from "./enumerations.ts";
import { Disposable, EventEmitter } from "./events.ts";
import { Uri } from "./uri.ts";
import { type EditStep, FileSystemError, type WorkspaceEdit } from "./values.ts";

const fs = {
  async stat(uri: vscode.Uri) {
    const file = editor.files.get(uri.toString());
    if (file !== undefined) {
      return { type: FileType.File, size: file.bytes.length, mtime: file.mtime, ctime: file.ctime };
    }
    const below = `${uri.toString().replace(/\/$/, "")}/`;
    if (![...editor.files.keys()].some((one) => one.startsWith(below))) throw FileSystemError.FileNotFound(String(uri));
    return { type: FileType.Directory, size: 0, mtime: 0, ctime: 0 };
  },
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const file = editor.files.get(uri.toString());
    if (file === undefined) throw FileSystemError.FileNotFound(String(uri));
    return file.bytes;
  },
  async writeFile(uri: vscode.Uri, bytes: Uint8Array): Promise<void> {
    editor.write(uri, bytes);
  },
  async delete(uri: vscode.Uri): Promise<void> {
    if (!editor.files.delete(uri.toString())) throw FileSystemError.FileNotFound(String(uri));
  },
} satisfies Partial<Record<keyof typeof vscode.workspace.fs, unknown>>;

function getWorkspaceFolder(uri: vscode.Uri): vscode.WorkspaceFolder | undefined {
  const text = uri.toString();
  return editor.folders.find((folder) => text === folder.uri.toString() || text.startsWith(`${folder.uri}/`));
}

function asRelativePath(file: string | vscode.Uri): string {
  const uri = typeof file === "string" ? Uri.file(file) : file;
  const folder = getWorkspaceFolder(uri);
  if (folder === undefined) return uri.fsPath;
  const inside = path.posix.relative(folder.uri.path, uri.path);
  return editor.folders.length > 1 ? `${folder.name}/${inside}` : inside;
}

function getConfiguration(section?: string) {
  const full = (key: string): string => (section === undefined ? key : `${section}.${key}`);
  return {
    get: (key: string, fallback?: unknown) => editor.settings.get(full(key)) ?? fallback,
    has: (key: string) => editor.settings.has(full(key)),
    inspect: (key: string) => ({ key: full(key), workspaceValue: editor.settings.get(full(key)) }),
    async update(key: string, value: unknown) {
      editor.set(full(key), value);
    },
  };
}

function matches(pattern: vscode.GlobPattern, uri: vscode.Uri): boolean {
  if (typeof pattern !== "string") {
    const base = pattern.baseUri.path.replace(/\/$/, "");
    return uri.path.startsWith(`${base}/`) && path.matchesGlob(uri.path.slice(base.length + 1), pattern.pattern);
  }
  const folder = getWorkspaceFolder(uri);
  return folder !== undefined && path.matchesGlob(path.posix.relative(folder.uri.path, uri.path), pattern);
}

async function findFiles(include: vscode.GlobPattern, _exclude?: unknown, limit = Number.POSITIVE_INFINITY) {
  const found = [...editor.files.keys()].map((uri) => Uri.parse(uri)).filter((uri) => matches(include, uri));
  return found.slice(0, limit);
}

function createFileSystemWatcher(pattern: vscode.GlobPattern) {
  const watcher: FakeWatcher = {
    pattern,
    created: new EventEmitter(),
    changed: new EventEmitter(),
    deleted: new EventEmitter(),
  };
  editor.watchers.add(watcher);
  return {
    ignoreCreateEvents: false,
    ignoreChangeEvents: false,
    ignoreDeleteEvents: false,
    onDidCreate: watcher.created.event,
    onDidChange: watcher.changed.event,
    onDidDelete: watcher.deleted.event,
    dispose: () => void editor.watchers.delete(watcher),
  };
}

/** As the system tells of a file: fires the watchers that look at it. */
export function touch(uri: vscode.Uri, what: "created" | "changed" | "deleted"): void {
  for (const watcher of [...editor.watchers]) if (matches(watcher.pattern, uri)) watcher[what].fire(uri);
}

async function openTextDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const provider = editor.contentProviders.get(uri.scheme);
  const text = await provider?.provideTextDocumentContent(uri, {
    isCancellationRequested: false,
    onCancellationRequested: new EventEmitter<unknown>().event,
  });
  const document = textDocument(uri, text ?? new TextDecoder().decode(await fs.readFile(uri)));
  editor.documents.push(document);
  editor.events.documentOpened.fire(document);
  return document;
}

/** A document of the editor; what a test wants to be otherwise goes into `change`. */
export function textDocument(
  uri: vscode.Uri,
  text: string,
  change: Partial<vscode.TextDocument> = {},
): vscode.TextDocument {
  const lines = text.split("\n");
  const document: Partial<vscode.TextDocument> = {
    ...{ uri, fileName: uri.fsPath, languageId: "plaintext", version: 1, isDirty: false, isClosed: false },
    ...{ isUntitled: false, lineCount: lines.length, save: async () => true },
    getText: () => text,
    lineAt: ((line: number) => ({ text: lines[line] ?? "" })) as vscode.TextDocument["lineAt"], // more of a line nobody asks for
    ...change,
  };
  return document as vscode.TextDocument; // what is missing is what the extension does not use
}

/** False for what is there and is not to be overwritten, as the editor then changes nothing. */
function apply(step: EditStep): boolean {
  const target = step.kind === "create" ? step.uri : step.to;
  if (editor.files.has(target.toString()) && step.options?.overwrite !== true) return false;
  if (step.kind === "create") editor.write(step.uri, step.options?.contents ?? new Uint8Array(0));
  else {
    const file = editor.files.get(step.from.toString());
    if (file === undefined) return false;
    editor.files.delete(step.from.toString());
    editor.files.set(step.to.toString(), file);
  }
  return true;
}

export const workspace = {
  fs,
  get isTrusted() {
    return editor.isTrusted;
  },
  get workspaceFolders() {
    return editor.folders.length === 0 ? undefined : editor.folders;
  },
  get textDocuments() {
    return editor.documents;
  },
  getWorkspaceFolder,
  asRelativePath,
  getConfiguration,
  findFiles,
  createFileSystemWatcher,
  openTextDocument,
  async applyEdit(edit: WorkspaceEdit): Promise<boolean> {
    editor.edits.push(edit);
    return edit.steps.every((step) => apply(step));
  },
  updateWorkspaceFolders(start: number, deleted: number, ...added: { uri: vscode.Uri; name?: string }[]): boolean {
    const folders = added.map(({ uri, name = path.posix.basename(uri.path) }) => ({ uri, name, index: 0 }));
    editor.folders.splice(start, deleted, ...folders);
    return true;
  },
  registerTextDocumentContentProvider(scheme: string, provider: vscode.TextDocumentContentProvider): Disposable {
    editor.contentProviders.set(scheme, provider);
    return new Disposable(() => editor.contentProviders.delete(scheme));
  },
  registerFileSystemProvider: () => new Disposable(() => undefined),
  onDidChangeConfiguration: editor.events.configuration.event,
  onDidChangeTextDocument: editor.events.documentChanged.event,
  onDidChangeWorkspaceFolders: editor.events.folders.event,
  onDidCloseTextDocument: editor.events.documentClosed.event,
  onDidOpenTextDocument: editor.events.documentOpened.event,
  onDidSaveTextDocument: editor.events.documentSaved.event,
  onDidRenameFiles: editor.events.filesRenamed.event,
  onDidGrantWorkspaceTrust: editor.events.trust.event,
} satisfies Partial<Record<keyof typeof vscode.workspace, unknown>>;
