// The extension, activated in the fake editor with a language server that a test makes up, as one window for tests to use.
import type { TestContext } from "node:test";
import type * as vscode from "vscode";
import type { ExtensionApi } from "../../client/src/main.ts";
import { views } from "../../shared/src/ids.ts";
import {
  describeTreeRequest,
  listTreesRequest,
  type TreeDescription,
  type TreeState,
  type TreeVerdict,
  treeStateRequest,
  treesReadNotification,
} from "../../shared/src/requests.ts";
import { editor } from "./fake-vscode/editor.ts";
import type { FakeTreeView } from "./fake-vscode/inputs.ts";
import { languageClients } from "./fake-vscode/language-client.ts";

/** Results of requests by their names, or functions from the parameters to results. */
export type ServerAnswers = Readonly<Record<string, unknown>>;

export interface ClientWindow {
  readonly api: ExtensionApi;
  readonly imagesTree: FakeTreeView;
  readonly mergedTree: FakeTreeView;
  /** What is remembered for the workspace. */
  readonly memory: vscode.Memento;
  /** Runs a command of the extension by its id, as a menu or a key does. */
  run(command: string, ...args: readonly unknown[]): Promise<unknown>;
  /** As the language server notifies that it has read trees. */
  treesRead(): void;
}

/** A fresh window with one workspace folder, `/w`, in which the extension is active until the test ends. */
export async function openWindow(
  t: TestContext,
  answers: ServerAnswers = {},
  remembered: Readonly<Record<string, unknown>> = {},
): Promise<ClientWindow> {
  const [{ activate }, { commands, Uri, workspace }] = await Promise.all([
    import("../../client/src/main.ts"),
    import("vscode"),
  ]);
  if (workspace.workspaceFolders === undefined) workspace.updateWorkspaceFolders(0, 0, { uri: Uri.file("/w") });
  languageClients.answers = answers;
  const subscriptions: { dispose(): unknown }[] = [];
  const memory = fakeMemento(remembered);
  const context: Partial<vscode.ExtensionContext> = {
    subscriptions,
    workspaceState: memory,
    extensionUri: Uri.file("/extension"),
    asAbsolutePath: (inside) => `/extension/${inside}`,
  };
  t.after(() => {
    for (const one of subscriptions) one.dispose();
  });
  const api = activate(context as vscode.ExtensionContext); // what is missing is what the extension does not use
  return {
    api,
    imagesTree: treeView(views.images),
    mergedTree: treeView(views.merged),
    memory,
    run: async (command, ...args) => await commands.executeCommand(command, ...args),
    treesRead: () => languageClients.made.at(-1)?.notify(treesReadNotification),
  };
}

function treeView(id: string): FakeTreeView {
  const tree = editor.treeViews.get(id);
  if (tree === undefined) throw new Error(`there is no view ${id}`);
  return tree;
}

export function fakeMemento(values: Readonly<Record<string, unknown>> = {}): vscode.Memento {
  const kept = new Map(Object.entries(values));
  return {
    keys: () => [...kept.keys()],
    get: (key: string, fallback?: unknown) => (kept.has(key) ? kept.get(key) : fallback) as never, // the caller says of which type it is
    async update(key, value) {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
    },
  };
}

/** What a language server answers that knows these trees, in folders of their names in `/w`. */
export function treeAnswers(...trees: readonly TreeDescription[]): ServerAnswers {
  return {
    [listTreesRequest]: trees,
    [describeTreeRequest]: ({ uri }: { uri: string }) =>
      trees.find((tree) => uri === tree.uri || uri.startsWith(`${tree.uri}/`)) ?? null,
    [treeStateRequest]: ({ uri }: { uri: string }) => {
      const tree = trees.find((one) => one.uri === uri);
      return tree === undefined ? null : treeState(tree.name);
    },
  };
}

export function treeDescription(name: string, change: Partial<TreeDescription> = {}): TreeDescription {
  const uri = change.uri ?? `file:///w/${name}`;
  return {
    ...{ uri, name, class: "sysext", hierarchies: ["usr"], leftOut: [], build: {} },
    releaseFiles: [`${uri}/usr/lib/extension-release.d/extension-release.${name}`],
    ...change,
  };
}

export function treeVerdict(host: string, change: Partial<TreeVerdict> = {}): TreeVerdict {
  return { host, title: `Host ${host}`, verdict: "match", reason: "it fits", systemd: 257, steps: [], ...change };
}

export function treeState(name: string, change: Partial<TreeState> = {}): TreeState {
  return {
    ...{ name, class: "sysext", files: 3, bytes: 2048, verdicts: [], hostsNamed: false },
    findings: { error: 0, warning: 0, info: 0, hint: 0 },
    ...change,
  };
}

/** Milliseconds after which a state that does not come is a failure, also on a busy machine. */
const deadlineMs = 60_000;

/** Waits until `look` gives something. */
export async function eventually<Value>(look: () => Value | undefined | false): Promise<Value> {
  const deadline = AbortSignal.timeout(deadlineMs);
  while (!deadline.aborted) {
    const value = look();
    if (value !== undefined && value !== false) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`it never came to this: ${look}`);
}
