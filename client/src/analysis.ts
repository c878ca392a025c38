// What the extension asks of the language server; starts it after activation, so that VS Code does not wait for it.
import {
  type Disposable,
  type Event,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  type Uri,
} from "vscode";
import { type ImageReport, type ImageReportParams, imageReportRequest } from "../../shared/src/image-requests.ts";
import {
  type DescribeTreeParams,
  describeTreeRequest,
  type EffectiveUnit,
  type EffectiveUnitParams,
  effectiveUnitRequest,
  type KnownHost,
  type ListMergedParams,
  listHostsRequest,
  listMergedRequest,
  listTreesRequest,
  type MergedFolder,
  type TreeDescription,
  type TreeState,
  treeStateRequest,
} from "../../shared/src/requests.ts";
import type { ClientListeners, RunningClient } from "./language-client.ts";
import { UserError } from "./messages.ts";
import { createUpdateQuestions, type UpdateQuestions } from "./updates/update-questions.ts";

export interface Analysis extends Disposable {
  /** The tree that a file or folder belongs to. Throws a UserError when the language server does not run. */
  describeTree(uri: Uri): Promise<TreeDescription | null>;
  /** All trees of the workspace. Throws a UserError when the language server does not run. */
  listTrees(): Promise<readonly TreeDescription[]>;
  /** The unit of a unit file or drop-in; null for other files. Throws a UserError when the language server does not run. */
  effectiveUnit(uri: Uri): Promise<EffectiveUnit | null>;
  /** The tree in a folder as a whole; null where there is none. Throws a UserError when the language server does not run. */
  treeState(uri: Uri): Promise<TreeState | null>;
  /** The hosts that are known by themselves. Throws a UserError when the language server does not run. */
  listHosts(): Promise<readonly KnownHost[]>;
  /** A folder of all trees merged. Throws a UserError when the language server does not run. */
  listMerged(params: ListMergedParams): Promise<MergedFolder>;
  /** What is in an image, or a partition of one; null when nobody can open it. Throws a UserError when the language server does not run. */
  imageReport(uri: Uri): Promise<ImageReport | null>;
  /** Questions about systemd-sysupdate. */
  readonly updates: UpdateQuestions;
  /** Fires when trees were read anew, so that their states may be others. */
  readonly onDidReadTrees: Event<void>;
  /** Fires when files that make a tree came, went or changed, and when the server has started. */
  readonly onDidChangeTrees: Event<void>;
}

export function createAnalysis(context: ExtensionContext, log: LogOutputChannel): Analysis {
  const changes = new EventEmitter<void>();
  const reads = new EventEmitter<void>();
  const starting = start(context, log, { onTreesChange: () => changes.fire(), onTreesRead: () => reads.fire() });
  // Whoever asks something gets the failure; the user has been told already.
  starting.catch(() => undefined);

  async function ask<Result>(method: string, params?: object): Promise<Result> {
    const client = await starting.catch((error: unknown) => {
      throw new UserError("The language server does not run, so nothing is known about trees and units.", {
        cause: error,
      });
    });
    return await client.ask<Result>(method, params);
  }

  return {
    describeTree: (uri) => ask(describeTreeRequest, { uri: uri.toString() } satisfies DescribeTreeParams),
    effectiveUnit: (uri) => ask(effectiveUnitRequest, { uri: uri.toString() } satisfies EffectiveUnitParams),
    listTrees: () => ask(listTreesRequest),
    treeState: (uri) => ask(treeStateRequest, { uri: uri.toString() } satisfies DescribeTreeParams),
    listHosts: () => ask(listHostsRequest),
    listMerged: (params) => ask(listMergedRequest, params),
    imageReport: (uri) => ask(imageReportRequest, { uri: uri.toString() } satisfies ImageReportParams),
    updates: createUpdateQuestions(ask),
    onDidReadTrees: reads.event,
    onDidChangeTrees: changes.event,
    dispose() {
      changes.dispose();
      reads.dispose();
      starting.then(
        (client) => client.stop(),
        () => undefined,
      );
    },
  };
}

async function start(
  context: ExtensionContext,
  log: LogOutputChannel,
  listeners: ClientListeners,
): Promise<RunningClient> {
  // One turn later: what VS Code measures as activation is over by then.
  await new Promise((resolve) => setImmediate(resolve));
  const { startLanguageClient } = await import("./language-client.ts");
  return await startLanguageClient(context, log, listeners);
}
