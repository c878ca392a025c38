// Panels with the verdicts of hosts on an extension, one for each tree, that follow its changes.
import { Disposable, l10n, type Uri, ViewColumn } from "vscode";
import type { TreeState } from "../../../shared/src/requests.ts";
import type { Analysis } from "../analysis.ts";
import { logFailure } from "../messages.ts";
import type { PageHost, PageSession } from "../pages/connect-page.ts";
import { createPagePanels, type PanelPage } from "../pages/page-panels.ts";
import { type FromPage, readFromPage, type ToPage } from "./page/messages.ts";
import { verdictsView } from "./verdicts-view.ts";

export interface VerdictPanels extends Disposable {
  /** Shows which hosts merge the tree in a folder; false when there is no such tree. */
  show(tree: Uri): Promise<boolean>;
}

interface VerdictSession extends PageSession<FromPage> {
  readonly tree: Uri;
  fill(state: TreeState): void;
}

type VerdictAnalysis = Pick<Analysis, "treeState" | "onDidReadTrees" | "onDidChangeTrees">;

export function createVerdictPanels(host: PageHost, analysis: VerdictAnalysis): VerdictPanels {
  const panels = createPagePanels<ToPage, FromPage, VerdictSession>(host, {
    name: "verdicts",
    read: readFromPage,
    viewType: "sysext.verdicts",
    place: { viewColumn: ViewColumn.Beside, preserveFocus: false },
    retainContextWhenHidden: false,
  });

  /** A panel whose tree is gone keeps what it shows. */
  async function refresh(session: VerdictSession): Promise<void> {
    const state = await analysis.treeState(session.tree);
    if (state !== null) session.fill(state);
  }

  const refreshAll = (): void => {
    for (const session of panels.all()) logFailure(host.log, "The verdicts were not updated", refresh(session));
  };
  const subscription = Disposable.from(analysis.onDidReadTrees(refreshAll), analysis.onDidChangeTrees(refreshAll));

  return {
    async show(tree) {
      const key = tree.toString();
      panels.reveal(key);
      const state = await analysis.treeState(tree);
      if (state === null) return false;
      const open = panels.get(key);
      if (open !== undefined) open.fill(state);
      else panels.open(key, titleOf(state), (page) => createVerdictSession(tree, state, page));
      return true;
    },
    dispose: () => Disposable.from(subscription, panels).dispose(),
  };
}

function createVerdictSession(tree: Uri, first: TreeState, { post, setTitle }: PanelPage<ToPage>): VerdictSession {
  let state = first;
  const send = (): void => post({ kind: "verdicts", verdicts: verdictsView(state.name, state.verdicts) });
  return {
    tree,
    fill(next) {
      state = next;
      setTitle(titleOf(state));
      send();
    },
    receive: async () => send(),
    dispose: () => undefined,
  };
}

function titleOf({ name }: TreeState): string {
  return l10n.t("{0}: hosts", name);
}
