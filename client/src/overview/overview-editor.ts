// The read-only editor that shows what an image is: one page an image, which follows its file.
import { randomBytes } from "node:crypto";
import { type CustomReadonlyEditorProvider, Disposable, env, Uri, type WebviewPanel, window, workspace } from "vscode";
import { configurationSection, viewTypes } from "../../../shared/src/ids.ts";
import type { ImageList } from "../images/image-list.ts";
import { nameOf } from "../images/paths.ts";
import { watchFile } from "../watch-files.ts";
import { overviewHtml } from "./overview-html.ts";
import {
  createOverviewSession,
  type OverviewParts,
  type OverviewSession,
  type ShownOverview,
} from "./overview-session.ts";

export interface OverviewEditor extends Disposable {
  /** What the page of an image shows; undefined when it has none. */
  shown(image: Uri): ShownOverview | undefined;
  /** Takes a message as if the page of an image had sent it. */
  receive(image: Uri, message: unknown): Promise<void>;
}

export interface OverviewEditorParts extends OverviewParts {
  readonly images: ImageList;
  /** Where the extension lies. */
  readonly extension: Uri;
}

/** Milliseconds without a change of the file after which it is read anew. */
const quiet = 300;

/** Registers the editor. */
export function createOverviewEditor(parts: OverviewEditorParts): OverviewEditor {
  const sessions = new Map<string, OverviewSession>();
  const scripts = Uri.joinPath(parts.extension, "dist");

  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    async resolveCustomEditor({ uri }, panel) {
      const { webview } = panel;
      webview.options = { enableScripts: true, localResourceRoots: [scripts] };
      const session = createOverviewSession(parts, uri, (message) => void webview.postMessage(message));
      sessions.set(uri.toString(), session);
      webview.onDidReceiveMessage((message: unknown) => session.receive(message));
      webview.html = overviewHtml({
        language: env.language,
        title: nameOf(uri.path),
        script: webview.asWebviewUri(Uri.joinPath(scripts, "overview-page.js")).toString(),
        nonce: randomBytes(16).toString("base64"),
      });
      const following = Disposable.from(
        follow(uri, parts.images, () => void session.renew()),
        workspace.onDidChangeConfiguration((event) => {
          if (event.affectsConfiguration(configurationSection)) void session.renewReport();
        }),
      );
      panel.onDidDispose(() => {
        Disposable.from(session, following).dispose();
        if (sessions.get(uri.toString()) === session) sessions.delete(uri.toString());
      });
      void renewOnceVisible(panel, session);
    },
  };
  const registrations = Object.values(viewTypes).map((viewType) =>
    window.registerCustomEditorProvider(viewType, provider, {
      webviewOptions: { enableFindWidget: true },
      supportsMultipleEditorsPerDocument: false,
    }),
  );

  return {
    shown: (image) => sessions.get(image.toString())?.shown(),
    receive: async (image, message) => await sessions.get(image.toString())?.receive(message),
    dispose() {
      Disposable.from(...registrations).dispose();
      for (const session of sessions.values()) session.dispose();
    },
  };
}

/** A window that comes back with many images reads only those that somebody looks at. */
async function renewOnceVisible(panel: WebviewPanel, session: OverviewSession): Promise<void> {
  if (panel.visible) return await session.renew();
  const subscription = panel.onDidChangeViewState(() => {
    if (!panel.visible) return;
    subscription.dispose();
    void session.renew();
  });
  panel.onDidDispose(() => subscription.dispose());
}

function follow(uri: Uri, images: ImageList, renew: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const renewSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(renew, quiet);
  };
  // Images that lie outside of the workspace are watched here; others, whose list tells first.
  return Disposable.from(
    watchFile(uri, renewSoon),
    images.onDidChange((id) => {
      if (id === uri.toString()) renewSoon();
    }),
    new Disposable(() => clearTimeout(timer)),
  );
}
