// Trees as wholes: reads them anew when their files change, publishes findings at files without an editor, and answers our
// own requests about verdicts and merges; shared/src/requests.ts has their contract.
import { RequestType0 } from "vscode-languageserver";
import { projectFileName } from "../../../../shared/src/ids.ts";
import {
  type DescribeTreeParams,
  type KnownHost,
  type ListMergedParams,
  listHostsRequest,
  listMergedRequest,
  type MergedFolder,
  type TreeState,
  type TreeVerdict,
  treeStateRequest,
  treesReadNotification,
} from "../../../../shared/src/requests.ts";
import { type HostVerdict, hosts, lineIndex } from "../../core/index.ts";
import { attempt, guard } from "../guard.ts";
import { listMergedFolder } from "../merged-folder.ts";
import type { Session } from "../session.ts";
import { toTreeDiagnostic } from "../to-lsp.ts";
import { homelessFindings, textOf } from "../tree-findings.ts";
import type { ReadTree } from "../tree-store.ts";
import { descendantUri, isImageRoot, isInImage } from "../uris.ts";

export interface WholeTrees {
  /** To be called when files or documents changed; `created` are those of them that are new. */
  changed(uris: readonly string[], created?: readonly string[]): void;
  /** Reads all trees of the workspace, and those that are known, anew. */
  readAll(): void;
  stop(): void;
}

/** Milliseconds without a change after which a tree is read anew. */
const pause = 300;
/** Files by which a folder becomes a tree. */
const marksTree = new RegExp(`/extension-release\\.d/|/${projectFileName.replace(".", "\\.")}$`);
/** Of more new files and folders the whole workspace is looked through instead. */
const maxFresh = 200;
/** No more findings of a tree are published. */
const maxPublished = 1000;

/** `showAnew` asks the editor to show the findings of documents again. */
export function handleWholeTrees(session: Session, showAnew: () => void): WholeTrees {
  const { connection, analysis, log } = session;
  const waiting = new Set<string>();
  const published = new Map<string, readonly string[]>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let search: ReturnType<typeof setTimeout> | undefined;
  let look: ReturnType<typeof setTimeout> | undefined;
  const fresh = new Set<string>();
  let stopped = false;

  function schedule(roots: readonly string[]): void {
    for (const root of roots) waiting.add(root);
    if (stopped || waiting.size === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void readWaiting(), pause);
  }

  async function readWaiting(): Promise<void> {
    const roots = [...waiting];
    waiting.clear();
    for (const root of roots) {
      if (stopped) return;
      const tree = await attempt("reading a tree", log, undefined, () => analysis.readTree(root));
      publish(root, tree);
    }
    if (stopped) return;
    showAnew();
    void connection.sendNotification(treesReadNotification);
  }

  /** Sends the findings at files that no document is asked for, and takes those back that are gone. */
  function publish(root: string, tree: ReadTree | undefined): void {
    const found = tree === undefined ? [] : homelessFindings(tree).slice(0, maxPublished);
    const byPath = Map.groupBy(found, ({ path }) => path);
    const uris = [...byPath.keys()].map((path) => descendantUri(root, path));
    for (const uri of published.get(root) ?? []) {
      if (!uris.includes(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
    }
    published.set(root, uris);
    for (const [path, findings] of byPath) {
      const lines = lineIndex((tree && textOf(tree, path)) ?? "");
      const diagnostics = findings.map((finding) => toTreeDiagnostic(lines, finding));
      void connection.sendDiagnostics({ uri: descendantUri(root, path), diagnostics });
    }
  }

  async function rootsOfWorkspace(): Promise<string[]> {
    const trees = await Promise.all(session.folders().map((folder) => analysis.listTrees(folder)));
    // An image without a release file is meant to be an extension, too.
    return [...new Set([...trees.flat().map(({ uri }) => uri), ...session.folders().filter(isImageRoot)])];
  }

  session.documents.onDidOpen(({ document }) => {
    const root = analysis.rootUri(document.uri);
    if (root !== undefined && analysis.knownTree(root) === undefined) schedule([root]);
  });
  session.documents.onDidChangeContent(({ document }) => schedule(analysis.treesChanged([document.uri])));

  connection.onRequest(
    treeStateRequest,
    guard<DescribeTreeParams, TreeState | null>(treeStateRequest, log, null, async ({ uri }) => {
      const tree = await analysis.readTree(uri.replace(/\/$/, ""));
      return tree === undefined ? null : await stateOf(tree);
    }),
  );
  connection.onRequest(new RequestType0<KnownHost[], void>(listHostsRequest), () =>
    hosts.map(({ name, title, systemd, facts }) => ({
      name,
      title,
      ...(systemd === undefined ? {} : { systemd }),
      ...(facts === undefined ? {} : { known: facts.known }),
    })),
  );
  connection.onRequest(
    listMergedRequest,
    guard<ListMergedParams, MergedFolder>(
      listMergedRequest,
      log,
      { entries: [], layers: [], leftOut: [] },
      async (params) =>
        listMergedFolder(
          session,
          params,
          (await rootsOfWorkspace()).filter((root) => !isInImage(root)),
        ),
    ),
  );

  /** Of a folder that comes with all that is in it often only its own name is told. */
  function lookIntoFresh(): void {
    clearTimeout(look);
    look = setTimeout(() => void attempt("looking into new folders", log, undefined, scheduleFresh), pause);
  }

  async function scheduleFresh(): Promise<void> {
    const uris = [...fresh];
    fresh.clear();
    for (const uri of uris) {
      const below = await analysis.listTrees(uri).catch(() => []); // a file, or gone again
      const around = await analysis.describeTree(uri);
      const roots = [...below, ...(around === null ? [] : [around])].map((tree) => tree.uri);
      schedule(roots.filter((root) => analysis.knownTree(root) === undefined));
    }
  }

  /** A tree is known by its release or project file, so that there may be a new one when such a file comes. */
  function findAnew(): void {
    fresh.clear();
    clearTimeout(look);
    clearTimeout(search);
    search = setTimeout(() => void attempt("listing trees", log, undefined, scheduleUnknown), pause);
  }

  async function scheduleUnknown(): Promise<void> {
    const roots = await rootsOfWorkspace();
    schedule(roots.filter((root) => analysis.knownTree(root) === undefined));
  }

  return {
    changed(uris, created = []) {
      schedule(analysis.treesChanged(uris));
      for (const uri of created) fresh.add(uri);
      if (fresh.size > maxFresh || uris.some((uri) => marksTree.test(uri))) findAnew();
      else if (fresh.size > 0) lookIntoFresh();
    },
    readAll: () => void attempt("listing trees", log, undefined, async () => schedule(await rootsOfWorkspace())),
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(search);
      clearTimeout(look);
    },
  };
}

async function stateOf(tree: ReadTree): Promise<TreeState> {
  const { extension, files } = tree.facts;
  const findings = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of await tree.allFindings()) findings[severity] += 1;
  const inside = extension.hierarchies.flatMap((folder) => files.below(folder)).filter(({ type }) => type === "file");
  return {
    name: extension.name,
    class: extension.class,
    findings,
    files: inside.length,
    bytes: inside.reduce((sum, { size }) => sum + size, 0),
    verdicts: tree.verdicts.map(toVerdict),
    hostsNamed: tree.hostsNamed,
    ...(extension.project.systemd === undefined ? {} : { systemd: extension.project.systemd }),
  };
}

export function toVerdict({ host, systemd, architecture, judgement }: HostVerdict): TreeVerdict {
  const common = {
    host: host.name,
    title: host.title,
    systemd,
    ...(architecture === undefined ? {} : { architecture }),
  };
  if (judgement.verdict === "ignored") {
    return { ...common, verdict: "ignored", reason: judgement.reason, steps: [] };
  }
  const { verdict, rule, reason, fix, log, steps } = judgement;
  return {
    ...common,
    verdict,
    rule,
    reason,
    ...(fix === undefined ? {} : { fix }),
    ...(log === undefined ? {} : { log }),
    steps,
  };
}
