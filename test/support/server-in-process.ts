// The language server in the test's own process, over trees in memory, with a client that asks it.
import { PassThrough } from "node:stream";
import type { TestContext } from "node:test";
import {
  createConnection,
  createProtocolConnection,
  type InitializeParams,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { type MemoryFiles, memoryTree } from "../../image/src/index.ts";
import type { Platform } from "../../server/src/protocol/platform.ts";
import { startServer } from "../../server/src/protocol/server.ts";

/** The folder that is open in the editor. */
export const workspace = "file:///w";

export interface ServerInProcess {
  readonly client: ProtocolConnection;
  /** What was sent without being asked for, the last for each URI. */
  readonly published: ReadonlyMap<string, PublishDiagnosticsParams>;
  /** Opens a document in the editor. */
  open(uri: string, text: string, languageId?: string): Promise<void>;
}

export interface Surroundings {
  readonly capabilities?: InitializeParams["capabilities"];
  readonly options?: unknown;
  /** What the platform does otherwise. */
  readonly platform?: Partial<Platform>;
}

/** Starts a server for the files of a workspace, by their paths in it. */
export async function startInProcess(
  t: TestContext,
  files: MemoryFiles,
  { capabilities = {}, options, platform = {} }: Surroundings = {},
): Promise<ServerInProcess> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, {
    folderTree: (uri) => subtree(files, uri),
    fileChanged: () => undefined,
    namedHost: async (name) => ({ name, reason: `there is no host "${name}"` }),
    readSource: async () => ({ files: [], doubts: [] }),
    setMode: async () => undefined,
    ...platform,
  });
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const published = new Map<string, PublishDiagnosticsParams>();
  client.onNotification(PublishDiagnosticsNotification.type, (params) => void published.set(params.uri, params));
  client.listen();
  t.after(async () => {
    await client.sendRequest("shutdown");
    client.dispose();
    server.dispose();
  });
  await client.sendRequest("initialize", {
    processId: null,
    rootUri: workspace,
    capabilities,
    initializationOptions: options,
  });
  return {
    client,
    published,
    open: (uri, text, languageId = "plaintext") =>
      client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }),
  };
}

/** The files below a folder of the workspace; undefined for what is not in it. */
function subtree(files: MemoryFiles, uri: string): ReturnType<Platform["folderTree"]> {
  if (uri !== workspace && !uri.startsWith(`${workspace}/`)) return undefined;
  const prefix = uri.slice(workspace.length + 1);
  const inside = Object.entries(files).flatMap(([path, file]) => {
    if (prefix === "") return [[path, file] as const];
    return path.startsWith(`${prefix}/`) ? [[path.slice(prefix.length + 1), file] as const] : [];
  });
  return memoryTree(Object.fromEntries(inside));
}
