// Makes `import … from "vscode"` give a small fake of the editor in tests, and is the hand that tests move the fake with.
//
// A test imports this file and then its subject with `await import(…)`, since what is imported in the usual way is looked
// up before any module runs. `editor.reset()` before each test gives it a fresh window.
import { registerHooks } from "node:module";
import type * as vscode from "vscode";
import { EventEmitter } from "./events.ts";
import type { FakeQuickPick, FakeTreeView, FakeWebviewPanel } from "./inputs.ts";
import type { WorkspaceEdit } from "./values.ts";

const fakes: Readonly<Record<string, string>> = {
  vscode: new URL("./vscode.ts", import.meta.url).href,
  "vscode-languageclient/node": new URL("./language-client.ts", import.meta.url).href,
};

registerHooks({
  resolve(specifier, context, next) {
    const url = fakes[specifier];
    return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
  },
});

/** Something that was asked of the user, or told to them. */
export interface Shown {
  readonly kind: "information" | "warning" | "error" | "quickPick" | "inputBox" | "openDialog";
  /** The message, or the title or placeholder of a question. */
  readonly text: string;
  /** Buttons of a message, labels of a list. */
  readonly items: readonly string[];
  readonly options: object;
}

/** Chooses from the items that are shown; `undefined` is Escape. */
export type Answer = unknown | ((items: readonly unknown[], shown: Shown) => unknown);

export interface Progress {
  readonly options: vscode.ProgressOptions;
  readonly reports: { readonly message?: string; readonly increment?: number }[];
  cancel(): void;
}

export interface FakeFile {
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly mtime: number;
  readonly ctime: number;
}

export interface FakeWatcher {
  readonly pattern: vscode.GlobPattern;
  readonly created: EventEmitter<vscode.Uri>;
  readonly changed: EventEmitter<vscode.Uri>;
  readonly deleted: EventEmitter<vscode.Uri>;
}

/** What the fake window and workspace are at the moment. */
function freshState() {
  return {
    isTrusted: true,
    /** Folders of the workspace. */
    folders: [] as vscode.WorkspaceFolder[],
    /** By URI. */
    files: new Map<string, FakeFile>(),
    /** By full name, `sysext.hosts`. */
    settings: new Map<string, unknown>(),
    documents: [] as vscode.TextDocument[],
    /** What the active text editor shows. */
    activeDocument: undefined as vscode.TextDocument | undefined,
    activeTab: undefined as unknown,
    /** Installed extensions, by id. */
    extensions: new Set<string>(),
    remoteName: undefined as string | undefined,
    appHost: "desktop",
    answers: [] as Answer[],
    shown: [] as Shown[],
    progress: [] as Progress[],
    quickPicks: [] as FakeQuickPick[],
    panels: [] as FakeWebviewPanel[],
    watchers: new Set<FakeWatcher>(),
    /** Commands that were executed, with their arguments. */
    executed: [] as { readonly command: string; readonly args: readonly unknown[] }[],
    commands: new Map<string, (...args: unknown[]) => unknown>(),
    openedDocuments: [] as { readonly target: unknown; readonly options: unknown }[],
    editors: [] as { readonly selection: unknown; readonly revealed: readonly unknown[] }[],
    edits: [] as WorkspaceEdit[],
    tasks: [] as unknown[],
    clipboard: "",
    log: [] as { readonly level: string; readonly text: string }[],
    statusItems: [] as vscode.LanguageStatusItem[],
    contentProviders: new Map<string, vscode.TextDocumentContentProvider>(),
    linkProviders: [] as vscode.DocumentLinkProvider[],
    definitionProviders: [] as vscode.DefinitionProvider[],
    customEditors: new Map<string, unknown>(),
    treeViews: new Map<string, FakeTreeView>(),
  };
}

function freshEvents() {
  return {
    configuration: new EventEmitter<vscode.ConfigurationChangeEvent>(),
    documentChanged: new EventEmitter<vscode.TextDocumentChangeEvent>(),
    documentClosed: new EventEmitter<vscode.TextDocument>(),
    documentOpened: new EventEmitter<vscode.TextDocument>(),
    documentSaved: new EventEmitter<vscode.TextDocument>(),
    filesRenamed: new EventEmitter<vscode.FileRenameEvent>(),
    folders: new EventEmitter<vscode.WorkspaceFoldersChangeEvent>(),
    trust: new EventEmitter<void>(),
    windowState: new EventEmitter<vscode.WindowState>(),
  };
}

export interface FakeEditor extends ReturnType<typeof freshState> {
  /** Events of the window and the workspace, to be fired. */
  readonly events: ReturnType<typeof freshEvents>;
  /** A fresh window without files, folders and settings; who listened to the old one hears nothing more. */
  reset(): void;
  /** Puts a file at a URI; each write has a later time unless one is given, in milliseconds since 1970. */
  write(uri: string | vscode.Uri, content: string | Uint8Array, mtime?: number): void;
  /** Answers the next questions, in turn; a function is given what can be chosen. */
  answer(...answers: readonly Answer[]): void;
  /** The messages of a level, or of all levels, in the order in which they were shown. */
  messages(level?: "information" | "warning" | "error"): string[];
  /** The names of the commands that were executed. */
  readonly executedNames: string[];
  /** Sets a setting by its full name, and tells who listens. */
  set(setting: string, value: unknown): void;
}

let writes = 0;

export const editor: FakeEditor = {
  ...freshState(),
  events: freshEvents(),

  reset() {
    Object.assign(editor, freshState());
    for (const event of Object.values(editor.events)) event.dispose();
  },

  write(uri, content, mtime = ++writes) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    editor.files.set(uri.toString(), { bytes, mtime, ctime: mtime });
  },

  answer(...answers) {
    editor.answers.push(...answers);
  },

  messages(level) {
    const levels = level === undefined ? ["information", "warning", "error"] : [level];
    return editor.shown.filter(({ kind }) => levels.includes(kind)).map(({ text }) => text);
  },

  get executedNames() {
    return editor.executed.map(({ command }) => command);
  },

  set(setting, value) {
    editor.settings.set(setting, value);
    editor.events.configuration.fire({
      affectsConfiguration: (section) => setting === section || setting.startsWith(`${section}.`),
    });
  },
};

/** Records a question and gives the next answer. */
export async function ask(shown: Shown, items: readonly unknown[]): Promise<unknown> {
  editor.shown.push(shown);
  const answer = editor.answers.shift();
  return typeof answer === "function" ? answer(items, shown) : answer;
}
