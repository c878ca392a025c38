// What stays in the window: lists to choose from, boxes to type into, trees, and panels with pages.
import type * as vscode from "vscode";
import { EventEmitter } from "./events.ts";
import { Uri } from "./uri.ts";

/** A list, or a box to type into, that a test uses as a user does. */
export class FakeQuickPick {
  title = "";
  placeholder = "";
  prompt = "";
  value = "";
  busy = false;
  visible = false;
  ignoreFocusOut = false;
  keepScrollPosition = false;
  matchOnDescription = false;
  items: readonly vscode.QuickPickItem[] = [];
  selectedItems: readonly vscode.QuickPickItem[] = [];
  activeItems: readonly vscode.QuickPickItem[] = [];
  buttons: readonly vscode.QuickInputButton[] = [];
  readonly #changed = new EventEmitter<string>();
  readonly #accepted = new EventEmitter<void>();
  readonly #hidden = new EventEmitter<void>();
  readonly #pressed = new EventEmitter<vscode.QuickInputButton>();
  readonly onDidChangeValue = this.#changed.event;
  readonly onDidAccept = this.#accepted.event;
  readonly onDidHide = this.#hidden.event;
  readonly onDidTriggerButton = this.#pressed.event;

  show(): void {
    this.visible = true;
  }

  hide(): void {
    if (!this.visible) return;
    this.visible = false;
    this.#hidden.fire();
  }

  dispose(): void {
    this.hide();
    for (const event of [this.#changed, this.#accepted, this.#hidden, this.#pressed]) event.dispose();
  }

  /** As a user types. */
  type(text: string): void {
    this.value = text;
    this.#changed.fire(text);
  }

  /** As a user presses Enter on an item. */
  accept(...items: readonly vscode.QuickPickItem[]): void {
    this.selectedItems = items;
    this.#accepted.fire();
  }

  /** As a user presses the button at a place. */
  press(at: number): void {
    const button = this.buttons[at];
    if (button !== undefined) this.#pressed.fire(button);
  }

  get labels(): string[] {
    return this.items.map(({ label }) => label);
  }
}

/** What the window's side of a web view offers, and what a test needs to be its page. */
export class FakeWebview implements vscode.Webview {
  options: vscode.WebviewOptions;
  html = "";
  readonly cspSource = "https://webview.example";
  /** What was posted to the page. */
  readonly posted: unknown[] = [];
  readonly #received = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.#received.event;

  constructor(options: vscode.WebviewOptions = {}) {
    this.options = options;
  }

  async postMessage(message: unknown): Promise<boolean> {
    this.posted.push(message);
    return true;
  }

  asWebviewUri(uri: vscode.Uri): Uri {
    return new Uri({ scheme: "https", authority: "webview.example", path: uri.path });
  }

  /** As the page posts a message. */
  receive(message: unknown): void {
    this.#received.fire(message);
  }
}

export class FakeWebviewPanel implements vscode.WebviewPanel {
  readonly viewType: string;
  title: string;
  readonly options: vscode.WebviewPanelOptions;
  readonly webview: FakeWebview;
  readonly viewColumn: vscode.ViewColumn | undefined;
  active = true;
  visible = true;
  /** How often the panel was brought to the front. */
  revealed = 0;
  readonly #disposed = new EventEmitter<void>();
  readonly #state = new EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  readonly onDidDispose = this.#disposed.event;
  readonly onDidChangeViewState = this.#state.event;
  #isDisposed = false;

  constructor(
    viewType: string,
    title: string,
    options: vscode.WebviewPanelOptions & vscode.WebviewOptions = {},
    column?: vscode.ViewColumn,
  ) {
    this.viewType = viewType;
    this.title = title;
    this.options = options;
    this.webview = new FakeWebview(options);
    this.viewColumn = column;
  }

  reveal(): void {
    this.revealed++;
  }

  /** As the user shows or hides the panel. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.active = visible;
    this.#state.fire({ webviewPanel: this });
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#disposed.fire();
  }
}

/** The place of a tree in the side bar. */
export class FakeTreeView {
  selection: readonly unknown[] = [];
  visible = true;
  title?: string;
  description?: string;
  message?: string;
  /** Nodes that were revealed. */
  readonly revealed: unknown[] = [];
  readonly #selected = new EventEmitter<{ selection: readonly unknown[] }>();
  readonly #visibility = new EventEmitter<{ visible: boolean }>();
  readonly #expanded = new EventEmitter<{ element: unknown }>();
  readonly #collapsed = new EventEmitter<{ element: unknown }>();
  readonly onDidChangeSelection = this.#selected.event;
  readonly onDidChangeVisibility = this.#visibility.event;
  readonly onDidExpandElement = this.#expanded.event;
  readonly onDidCollapseElement = this.#collapsed.event;

  async reveal(node: unknown): Promise<void> {
    this.revealed.push(node);
  }

  /** As the user selects nodes. */
  select(...selection: readonly unknown[]): void {
    this.selection = selection;
    this.#selected.fire({ selection });
  }

  /** As the user shows or hides the view. */
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.#visibility.fire({ visible });
  }

  expand(element: unknown): void {
    this.#expanded.fire({ element });
  }

  collapse(element: unknown): void {
    this.#collapsed.fire({ element });
  }

  dispose(): void {
    for (const event of [this.#selected, this.#visibility, this.#expanded, this.#collapsed]) event.dispose();
  }
}
