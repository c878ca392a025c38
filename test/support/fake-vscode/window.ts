// The editor's window: what it shows is recorded, and what it asks is answered by the test.
import type * as vscode from "vscode";
import { ask, editor, type Shown } from "./editor.ts";
import { CancellationTokenSource, Disposable, EventEmitter } from "./events.ts";
import { FakeQuickPick, FakeTreeView, FakeWebviewPanel } from "./inputs.ts";

type Question = vscode.QuickPickOptions | vscode.InputBoxOptions | vscode.OpenDialogOptions;

function textOf(options: Question | undefined): string {
  const known: { title?: string; placeHolder?: string; prompt?: string } = options ?? {};
  return known.title ?? known.placeHolder ?? known.prompt ?? "";
}

function message(kind: Shown["kind"]) {
  return async (text: string, ...rest: readonly unknown[]): Promise<unknown> => {
    const [first] = rest;
    const options = typeof first === "object" && first !== null && !("title" in first) ? first : {};
    const items = options === first ? rest.slice(1) : rest;
    return await ask({ kind, text, items: items.map(labelOf), options }, items);
  };
}

function labelOf(item: unknown): string {
  if (typeof item === "string") return item;
  const { label, title } = item as { label?: string; title?: string };
  return label ?? title ?? "";
}

async function showQuickPick(
  items: readonly unknown[] | PromiseLike<readonly unknown[]>,
  options?: vscode.QuickPickOptions,
): Promise<unknown> {
  const all = await items;
  return await ask({ kind: "quickPick", text: textOf(options), items: all.map(labelOf), options: options ?? {} }, all);
}

const question =
  (kind: Shown["kind"]) =>
  async (options?: Question): Promise<unknown> =>
    await ask({ kind, text: textOf(options), items: [], options: options ?? {} }, []);

async function withProgress<Result>(
  options: vscode.ProgressOptions,
  task: (
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ) => Thenable<Result>,
): Promise<Result> {
  const source = new CancellationTokenSource();
  const reports: { message?: string; increment?: number }[] = [];
  editor.progress.push({ options, reports, cancel: () => source.cancel() });
  return await task({ report: (value) => void reports.push(value) }, source.token);
}

function createTreeView(id: string): FakeTreeView {
  const view = new FakeTreeView();
  editor.treeViews.set(id, view);
  return view;
}

function createLog() {
  const write =
    (level: string) =>
    (text: unknown): void =>
      void editor.log.push({ level, text: String(text) });
  return {
    ...{ name: "log", logLevel: 1, onDidChangeLogLevel: new EventEmitter<number>().event },
    ...{
      trace: write("trace"),
      debug: write("debug"),
      info: write("info"),
      warn: write("warn"),
      error: write("error"),
    },
    ...{ append: write("text"), appendLine: write("text"), replace: write("text") },
    ...{ clear: () => undefined, hide: () => undefined, dispose: () => undefined },
    show: () => write("shown")(""),
  };
}

async function showTextDocument(target: unknown, options?: unknown) {
  editor.openedDocuments.push({ target, options });
  const revealed: unknown[] = [];
  const shown = {
    selection: undefined as unknown,
    revealed,
    revealRange: (...args: unknown[]) => void revealed.push(args),
  };
  editor.editors.push(shown);
  return shown;
}

function createWebviewPanel(
  viewType: string,
  title: string,
  _column: unknown,
  options?: vscode.WebviewPanelOptions & vscode.WebviewOptions,
): FakeWebviewPanel {
  const panel = new FakeWebviewPanel(viewType, title, options);
  editor.panels.push(panel);
  return panel;
}

function createQuickPick(): FakeQuickPick {
  const pick = new FakeQuickPick();
  editor.quickPicks.push(pick);
  return pick;
}

export const window = {
  get activeTextEditor() {
    return editor.activeDocument === undefined ? undefined : { document: editor.activeDocument };
  },
  tabGroups: {
    get activeTabGroup() {
      return { activeTab: editor.activeTab === undefined ? undefined : { input: editor.activeTab } };
    },
  },
  showInformationMessage: message("information"),
  showWarningMessage: message("warning"),
  showErrorMessage: message("error"),
  showQuickPick,
  showInputBox: question("inputBox"),
  showOpenDialog: question("openDialog"),
  showTextDocument,
  withProgress,
  createTreeView,
  createWebviewPanel,
  createQuickPick,
  createInputBox: createQuickPick,
  createOutputChannel: createLog,
  registerFileDecorationProvider: () => new Disposable(() => undefined),
  registerCustomEditorProvider(viewType: string, provider: unknown): Disposable {
    editor.customEditors.set(viewType, provider);
    return new Disposable(() => editor.customEditors.delete(viewType));
  },
  onDidChangeWindowState: editor.events.windowState.event,
} satisfies Partial<Record<keyof typeof vscode.window, unknown>>;
