// The read-only editor with the overview of an image, which follows the image's file.
import {
  type CustomReadonlyEditorProvider,
  Disposable,
  l10n,
  type Uri,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { configurationSection, viewTypes } from "../../../shared/src/ids.ts";
import type { ImageList } from "../images/image-list.ts";
import { nameOf } from "../images/paths.ts";
import { runInBackground } from "../messages.ts";
import { type ConnectedPage, connectPage, type PageHost } from "../pages/connect-page.ts";
import { watchFile } from "../watch-files.ts";
import {
  createOverviewSession,
  type OverviewParts,
  type OverviewSession,
  type ShownOverview,
} from "./overview-session.ts";
import { readFromPage } from "./page/messages.ts";

export interface OverviewEditor extends Disposable {
  /** What the page of an image shows; undefined when it is not open. */
  shown(image: Uri): ShownOverview | undefined;
  /** Handles a message as if the page of an image had sent it. */
  receive(image: Uri, message: unknown): Promise<void>;
}

export interface OverviewEditorParts extends Omit<OverviewParts, "log"> {
  readonly images: Pick<ImageList, "onDidChange">;
}

/** Milliseconds without a further change of the file after which it is read again. */
const debounceMs = 300;

/** Registers the editor; disposing ends all readings. */
export function createOverviewEditor(host: PageHost, parts: OverviewEditorParts): OverviewEditor {
  const pages = new Map<string, ConnectedPage<OverviewSession>>();
  const { log } = host;

  const provider: CustomReadonlyEditorProvider = {
    openCustomDocument: (uri) => ({ uri, dispose: () => undefined }),
    resolveCustomEditor({ uri }, panel) {
      const page = connectPage(host, panel, { name: "overview", read: readFromPage }, (post) =>
        createOverviewSession({ ...parts, log }, uri, post),
      );
      const { session } = page;
      const inBackground = (work: Promise<void>): void =>
        runInBackground(log, l10n.t('The overview of "{0}" failed', nameOf(uri.path)), work);
      pages.set(uri.toString(), page);
      const following = Disposable.from(
        follow(uri, parts.images, () => inBackground(session.renew())),
        workspace.onDidChangeConfiguration((event) => {
          if (event.affectsConfiguration(configurationSection)) inBackground(session.renewReport());
        }),
        whenVisible(panel, () => inBackground(session.renew())),
      );
      panel.onDidDispose(() => {
        following.dispose();
        if (pages.get(uri.toString()) === page) pages.delete(uri.toString());
      });
    },
  };
  const registrations = Object.values(viewTypes).map((viewType) =>
    window.registerCustomEditorProvider(viewType, provider, {
      webviewOptions: { enableFindWidget: true },
      supportsMultipleEditorsPerDocument: false,
    }),
  );

  return {
    shown: (image) => pages.get(image.toString())?.session.shown(),
    receive: async (image, message) => await pages.get(image.toString())?.receive(message),
    dispose() {
      Disposable.from(...registrations).dispose();
      for (const { session } of pages.values()) session.dispose();
    },
  };
}

/** Calls `run` as soon as somebody looks at the panel: a restored window with many images reads only what is looked at. */
function whenVisible(panel: WebviewPanel, run: () => void): Disposable {
  if (panel.visible) {
    run();
    return new Disposable(() => undefined);
  }
  const subscription = panel.onDidChangeViewState(() => {
    if (!panel.visible) return;
    subscription.dispose();
    run();
  });
  return subscription;
}

function follow(uri: Uri, images: Pick<ImageList, "onDidChange">, renew: () => void): Disposable {
  let timer: NodeJS.Timeout | undefined;
  const renewSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(renew, debounceMs);
  };
  // The list tells of images in the workspace; images elsewhere are watched here.
  return Disposable.from(
    watchFile(uri, renewSoon),
    images.onDidChange((id) => {
      if (id === uri.toString()) renewSoon();
    }),
    new Disposable(() => clearTimeout(timer)),
  );
}
