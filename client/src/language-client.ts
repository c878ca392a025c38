// Starts the language server and forwards settings to it. Loaded late: its library is most of the bundle.
import { type ExtensionContext, type LogOutputChannel, l10n, workspace } from "vscode";
import {
  CloseAction,
  type CloseHandlerResult,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  RevealOutputChannelOn,
  TransportKind,
} from "vscode-languageclient/node";
import { configurationSection, imageScheme, languages, projectFileName } from "../../shared/src/ids.ts";
import { type ServerOptions, treesReadNotification, workspaceTrustedNotification } from "../../shared/src/requests.ts";
import { showProblem } from "./messages.ts";
import { unitDocuments } from "./units/unit-patterns.ts";
import { updateDocuments } from "./updates/update-patterns.ts";

/** A server that crashes more often than this within `crashPeriod` stays down. */
const allowedCrashes = 4;
const crashPeriod = 3 * 60_000;

export interface ClientListeners {
  /** Files that make a tree came, went or changed, or the server has started. */
  onTreesChange(): void;
  /** The server has read trees anew. */
  onTreesRead(): void;
}

export interface RunningClient {
  ask<Result>(method: string, params?: object): Promise<Result>;
  stop(): Promise<void>;
}

/** Settles when the server answers. A failure is shown to the user once, and thrown. */
export async function startLanguageClient(
  context: ExtensionContext,
  log: LogOutputChannel,
  { onTreesChange, onTreesRead }: ClientListeners,
): Promise<RunningClient> {
  const watchers = [`**/${projectFileName}`, "**/extension-release.d/*"].map((pattern) =>
    workspace.createFileSystemWatcher(pattern),
  );
  for (const watcher of watchers) {
    watcher.onDidCreate(onTreesChange);
    watcher.onDidChange(onTreesChange);
    watcher.onDidDelete(onTreesChange);
  }
  const module = context.asAbsolutePath("dist/server.cjs");
  const client = new LanguageClient(
    configurationSection,
    "Sysext Workbench",
    { module, transport: TransportKind.ipc },
    clientOptions(log),
  );
  client.onNotification(treesReadNotification, onTreesRead);
  const trust = workspace.onDidGrantWorkspaceTrust(() => void client.sendNotification(workspaceTrustedNotification));
  const stopWatching = (): void => {
    for (const listener of [...watchers, trust]) listener.dispose();
  };
  try {
    await client.start();
  } catch (error) {
    stopWatching();
    const sentence = l10n.t(
      "The language server did not start, so there are no findings and no completion; reload the window to try again.",
    );
    void showProblem(log, sentence, error);
    throw error;
  }
  onTreesChange();
  return {
    ask: (method, params) => (params === undefined ? client.sendRequest(method) : client.sendRequest(method, params)),
    async stop() {
      stopWatching();
      await client.dispose();
    },
  };
}

function clientOptions(log: LogOutputChannel): LanguageClientOptions {
  return {
    documentSelector: ["file", imageScheme].flatMap((scheme) => [
      { scheme, language: languages.release },
      ...unitDocuments(scheme),
      ...updateDocuments(scheme),
    ]),
    // A function, so that a server that is started again hears what holds then.
    initializationOptions: (): ServerOptions => ({ trusted: workspace.isTrusted }),
    synchronize: { configurationSection }, // the server asks for the file events that it needs
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: configurationSection,
    initializationFailedHandler: () => false, // `startLanguageClient` tells the user
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: createCrashHandler(log),
    },
  };
}

/** Restarts a crashed server, and says so once it has crashed too often. */
function createCrashHandler(log: LogOutputChannel): () => CloseHandlerResult {
  const crashes: number[] = [];
  return () => {
    const now = Date.now();
    crashes.push(now);
    while ((crashes[0] ?? now) < now - crashPeriod) crashes.shift();
    if (crashes.length <= allowedCrashes) return { action: CloseAction.Restart, handled: true };
    const sentence = l10n.t(
      "The language server stopped {0} times in a few minutes and stays off; reload the window to start it again.",
      crashes.length,
    );
    void showProblem(log, sentence);
    return { action: CloseAction.DoNotRestart, handled: true };
  };
}
