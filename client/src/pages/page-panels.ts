// Panels of one kind, such as comparisons: one for each key, which comes to the front when it is asked for again.
import { type Disposable, type ViewColumn, type WebviewPanel, window } from "vscode";
import { type ConnectedPage, connectPage, type PageHost, type PageKind, type PageSession } from "./connect-page.ts";

export interface PanelKind<FromPage> extends PageKind<FromPage> {
  readonly viewType: string;
  readonly place: { readonly viewColumn: ViewColumn; readonly preserveFocus: boolean };
  /** Whether a hidden panel keeps its page, which costs memory; otherwise the page starts again when it is shown. */
  readonly retainContextWhenHidden: boolean;
}

/** What a session can do with its panel; nothing happens when the panel is closed. */
export interface PanelPage<ToPage> {
  post(message: ToPage): void;
  setTitle(title: string): void;
}

export interface PagePanels<ToPage, Session> extends Disposable {
  /** The session of the open panel for a key. */
  get(key: string): Session | undefined;
  /** The sessions of all open panels. */
  all(): readonly Session[];
  /** Brings the open panel for a key to the front; its session, or undefined when there is none. */
  reveal(key: string): Session | undefined;
  /** Opens a panel for a key that has none. */
  open(key: string, title: string, createSession: (page: PanelPage<ToPage>) => Session): Session;
  /** Handles a message as if the page of a key had sent it. */
  receive(key: string, message: unknown): Promise<void>;
}

/** Disposing closes all panels. */
export function createPagePanels<ToPage, FromPage, Session extends PageSession<FromPage>>(
  host: PageHost,
  kind: PanelKind<FromPage>,
): PagePanels<ToPage, Session> {
  const panels = new Map<string, { readonly panel: WebviewPanel; readonly page: ConnectedPage<Session> }>();
  return {
    get: (key) => panels.get(key)?.page.session,
    all: () => Array.from(panels.values(), ({ page }) => page.session),
    reveal(key) {
      const known = panels.get(key);
      known?.panel.reveal(undefined, kind.place.preserveFocus);
      return known?.page.session;
    },
    open(key, title, createSession) {
      const { viewType, place, retainContextWhenHidden } = kind;
      const panel = window.createWebviewPanel(viewType, title, place, {
        enableFindWidget: true,
        retainContextWhenHidden,
      });
      const setTitle = (text: string): void => {
        if (panels.get(key)?.panel === panel) panel.title = text;
      };
      const page = connectPage<ToPage, FromPage, Session>(host, panel, kind, (post) =>
        createSession({ post, setTitle }),
      );
      panels.set(key, { panel, page });
      panel.onDidDispose(() => panels.delete(key));
      return page.session;
    },
    async receive(key, message) {
      await panels.get(key)?.page.receive(message);
    },
    dispose() {
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}
