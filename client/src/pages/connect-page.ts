// Fills a webview with one of the extension's pages and connects the page with the session that feeds it.
import { randomBytes } from "node:crypto";
import { type Disposable, env, type LogOutputChannel, l10n, Uri, type WebviewPanel } from "vscode";
import { runInBackground } from "../messages.ts";
import { pageHtml } from "./page-html.ts";
import type { PageName } from "./page-names.ts";

/** What all pages need of the extension. */
export interface PageHost {
  /** Where the extension is installed. */
  readonly extension: Uri;
  readonly log: LogOutputChannel;
}

export interface PageKind<FromPage> {
  readonly name: PageName;
  /**
   * The message that a page has sent; undefined for anything else. Pages show names and texts from images, so what they
   * send is checked.
   */
  readonly read: (message: unknown) => FromPage | undefined;
}

/** Feeds one page; disposed together with the page's panel. */
export interface PageSession<FromPage> extends Disposable {
  /** Does what the page asks for. A page that has just started sends "ready", and so does one that VS Code shows again. */
  receive(message: FromPage): Promise<void>;
}

export interface ConnectedPage<Session> {
  readonly session: Session;
  /** Handles a message as if the page had sent it. */
  receive(message: unknown): Promise<void>;
}

/**
 * Shows the page in the panel. `createSession` gets the function that sends to the page; messages to a page that is closed
 * are dropped.
 */
export function connectPage<ToPage, FromPage, Session extends PageSession<FromPage>>(
  { extension, log }: PageHost,
  panel: WebviewPanel,
  { name, read }: PageKind<FromPage>,
  createSession: (post: (message: ToPage) => void) => Session,
): ConnectedPage<Session> {
  const { webview } = panel;
  const files = Uri.joinPath(extension, "dist", "pages");
  const address = (file: string): string => webview.asWebviewUri(Uri.joinPath(files, file)).toString();
  let isOpen = true;
  const session = createSession((message) => {
    if (isOpen) runInBackground(log, l10n.t("The page cannot be updated"), webview.postMessage(message));
  });
  panel.onDidDispose(() => {
    isOpen = false;
    session.dispose();
  });

  async function receive(message: unknown): Promise<void> {
    const known = read(message);
    if (known === undefined) log.warn(`The page "${name}" sent an unknown message.`);
    else await session.receive(known);
  }

  webview.options = { enableScripts: true, localResourceRoots: [files] };
  webview.onDidReceiveMessage((message: unknown) =>
    runInBackground(log, l10n.t("The action on the page failed"), receive(message)),
  );
  webview.html = pageHtml({
    language: env.language,
    title: panel.title,
    script: address(`${name}.js`),
    style: address(`${name}.css`),
    nonce: randomBytes(16).toString("base64"),
  });
  return { session, receive };
}
