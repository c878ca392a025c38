// The language server: says what it can do, and hands requests to their handlers.
import {
  CodeActionKind,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  ResourceOperationKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { configurationSection, projectFileName, setModesCommand } from "../../../shared/src/ids.ts";
import { workspaceTrustedNotification } from "../../../shared/src/requests.ts";
import { createAnalysis } from "./analysis.ts";
import { kindOfDocument, listenToDocuments } from "./documents.ts";
import { attempt } from "./guard.ts";
import { handleCodeActions } from "./handlers/code-actions.ts";
import { handleCompletion } from "./handlers/completion.ts";
import { handleDefinition } from "./handlers/definition.ts";
import { type DiagnosticSender, handleDiagnosticRequests, sendDiagnostics } from "./handlers/diagnostics.ts";
import { handleDocumentLinks } from "./handlers/document-links.ts";
import { handleEffectiveUnit } from "./handlers/effective-unit.ts";
import { handleHover } from "./handlers/hover.ts";
import { handleImageReport } from "./handlers/image-report.ts";
import { handleLenses } from "./handlers/lenses.ts";
import { handleModes } from "./handlers/modes.ts";
import { handleReferences } from "./handlers/references.ts";
import { handleRename } from "./handlers/rename.ts";
import { handleSymbols } from "./handlers/symbols.ts";
import { handleTrees } from "./handlers/trees.ts";
import { handleUnitStructure, tokenLegend } from "./handlers/unit-structure.ts";
import { handleUnitWriting } from "./handlers/unit-writing.ts";
import { handleUpdateGenerators } from "./handlers/update-generators.ts";
import { handleUpdatePlan } from "./handlers/update-plan.ts";
import { handleWholeTrees, type WholeTrees } from "./handlers/whole-trees.ts";
import { handleWorkspaceSymbols } from "./handlers/workspace-symbols.ts";
import type { Platform } from "./platform.ts";
import type { Session } from "./session.ts";
import { parseSettings, readsTrust } from "./settings.ts";
import { createUpdatePlans } from "./update-plans.ts";
import { isImageRoot, pathOfUri } from "./uris.ts";

/** Starts the server on a connection that is not listened on yet. */
export function startServer(connection: Connection, platform: Platform): void {
  const documents = listenToDocuments(connection);
  const analysis = createAnalysis(documents, platform);
  let isTrusted = false;
  const plans = createUpdatePlans(documents, analysis, platform, () => isTrusted);
  const log = connection.console;
  let sender: DiagnosticSender | undefined;
  let wholeTrees: WholeTrees | undefined;
  let client: ClientAbilities = noAbilities;
  let folders: readonly string[] = [];

  connection.onInitialize((params): InitializeResult => {
    client = readAbilities(params);
    folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    analysis.setSettings(parseSettings(params.initializationOptions));
    isTrusted = readsTrust(params.initializationOptions);
    const session: Session = {
      connection,
      documents,
      analysis,
      log,
      abilities: client,
      folders: () => folders,
      newestVersion: (uri) => plans.newestOf(uri),
    };
    handleCompletion(session);
    handleHover(session);
    handleSymbols(session);
    handleCodeActions(session);
    handleDefinition(session);
    handleReferences(session);
    handleRename(session);
    handleDocumentLinks(session);
    handleEffectiveUnit(session);
    handleLenses(session);
    handleWorkspaceSymbols(session);
    handleUnitStructure(session);
    handleUnitWriting(session);
    handleTrees(session);
    wholeTrees = handleWholeTrees(session, showAnew);
    handleModes(session, platform);
    handleImageReport(session, platform);
    handleUpdateGenerators(session, platform);
    handleUpdatePlan(session, plans, client.refreshesHints);
    if (client.asksForDiagnostics) handleDiagnosticRequests(session);
    else sender = sendDiagnostics(session);
    return {
      serverInfo: { name: "sysext" },
      capabilities: {
        textDocumentSync: TextDocumentSyncKind.Incremental,
        completionProvider: { triggerCharacters: ["=", '"', " ", "[", "%", "$", "/", "~", "@", ",", ":"] },
        hoverProvider: true,
        documentSymbolProvider: true,
        workspaceSymbolProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        documentLinkProvider: {},
        codeLensProvider: {},
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentHighlightProvider: true,
        semanticTokensProvider: { legend: tokenLegend, full: true, range: true },
        documentFormattingProvider: true,
        documentRangeFormattingProvider: true,
        signatureHelpProvider: { triggerCharacters: [" ", "="] },
        inlayHintProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
        executeCommandProvider: { commands: [setModesCommand] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
        ...(client.asksForDiagnostics
          ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }
          : {}),
      },
    };
  });

  connection.onInitialized(async () => {
    if (client.hasWorkspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => uri));
        folders = [...folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
      });
    }
    if (client.watchesFiles) void attempt("watching files", log, undefined, () => watchFiles(connection));
    await readSettings();
  });

  /** Asks for the settings where the editor can be asked. */
  async function readSettings(sent?: unknown): Promise<void> {
    const section: unknown = client.hasConfiguration
      ? await attempt("reading settings", log, sent, () => connection.workspace.getConfiguration(configurationSection))
      : sent;
    if (section !== undefined && section !== null) analysis.setSettings(parseSettings(section));
    showAnew();
    wholeTrees?.readAll();
    if (client.refreshesHints) {
      void attempt("refreshing hints", log, undefined, () => connection.languages.inlayHint.refresh());
    }
  }

  function showAnew(): void {
    sender?.sendAll();
    if (client.refreshesLenses) void attempt("refreshing lenses", log, undefined, () => refreshLenses(connection));
    if (!client.refreshesDiagnostics) return;
    void attempt("refreshing findings", log, undefined, () => connection.languages.diagnostics.refresh());
  }

  connection.onNotification(workspaceTrustedNotification, () => {
    isTrusted = true;
  });
  connection.onDidChangeConfiguration(({ settings }) => readSettings(settings?.[configurationSection]));
  connection.onDidChangeWatchedFiles(({ changes: all }) => {
    for (const { uri } of all) platform.fileChanged(uri);
    const created = all.filter(({ type }) => type === FileChangeType.Created).map(({ uri }) => uri);
    wholeTrees?.changed(
      all.map(({ uri }) => uri),
      created,
    );
    // Of a folder that goes with all that is in it only its own name is told.
    const changes = all.filter(
      ({ uri, type }) => isImageRoot(uri) || type === FileChangeType.Deleted || mattersToDocuments.test(uri),
    );
    if (changes.length === 0) return;
    const onlyContent = changes.every(({ uri, type }) => !isImageFile(uri) && type === FileChangeType.Changed);
    if (!onlyContent) analysis.forgetContext();
    for (const { uri } of onlyContent ? changes : []) analysis.rereadFile(uri);
    showAnew();
  });
  function reactToProject(document: TextDocument): void {
    if (kindOfDocument(document) !== "project") return;
    analysis.forgetContext();
    showAnew();
  }
  documents.onDidChangeContent(({ document }) => reactToProject(document));
  documents.onDidClose(({ document }) => {
    analysis.forgetDocument(document.uri);
    reactToProject(document);
  });
  // Not every editor watches files: with a save it is late, but not wrong for ever.
  documents.onDidSave(() => {
    if (!client.watchesFiles) analysis.forgetContext();
  });
  connection.onShutdown(() => {
    sender?.stop();
    wholeTrees?.stop();
  });
  connection.listen();
}

/** The library has no method for it. */
async function refreshLenses(connection: Connection): Promise<void> {
  await connection.sendRequest(CodeLensRefreshRequest.type);
}

/** Files that what is said of a single document depends on. */
const mattersToDocuments = new RegExp(
  `/(?:extension-release\\.d|systemd|sysupdate(?:\\.[^/]+)?\\.d)/|/sysupdate\\.[^/]+\\.component(?:\\.d/|$)|\\.(?:transfer|feature)(?:\\.d/|$)|\\.raw$|/${projectFileName.replace(".", "\\.")}$`,
);

/** An image is all the files that are in it. */
function isImageFile(uri: string): boolean {
  return isImageRoot(uri) || (pathOfUri(uri) ?? "").endsWith(".raw");
}

/** Any file may lie in a tree, and be what there is to say of it. */
async function watchFiles(connection: Connection): Promise<void> {
  const watchers = [{ globPattern: "**/*" }];
  await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
}

interface ClientAbilities {
  readonly asksForDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  readonly hasConfiguration: boolean;
  readonly hasWorkspaceFolders: boolean;
  readonly watchesFiles: boolean;
  readonly createsFiles: boolean;
  readonly renamesFiles: boolean;
  readonly deletesFiles: boolean;
}

const noAbilities: ClientAbilities = {
  asksForDiagnostics: false,
  refreshesDiagnostics: false,
  refreshesHints: false,
  refreshesLenses: false,
  hasConfiguration: false,
  hasWorkspaceFolders: false,
  watchesFiles: false,
  createsFiles: false,
  renamesFiles: false,
  deletesFiles: false,
};

function readAbilities({ capabilities: { textDocument, workspace } }: InitializeParams): ClientAbilities {
  const operations = workspace?.workspaceEdit?.resourceOperations ?? [];
  const changesDocuments = workspace?.workspaceEdit?.documentChanges === true;
  return {
    asksForDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    createsFiles: changesDocuments && operations.includes(ResourceOperationKind.Create),
    renamesFiles: changesDocuments && operations.includes(ResourceOperationKind.Rename),
    deletesFiles: changesDocuments && operations.includes(ResourceOperationKind.Delete),
  };
}
