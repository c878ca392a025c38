// Panels with what an update would do, one for each set of transfers, that follow what is typed and what is built.
import { Disposable, type Memento, type Uri, ViewColumn, workspace } from "vscode";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import type { Analysis } from "../analysis.ts";
import type { PageHost } from "../pages/connect-page.ts";
import { createPagePanels } from "../pages/page-panels.ts";
import { guessSource } from "./guess-source.ts";
import { type FromPage, readFromPage, type ToPage } from "./page/messages.ts";
import { isAddress, readChoices, setFolderOf } from "./update-plan-choices.ts";
import {
  type ChangedChoices,
  createUpdatePlanSession,
  type PlannedSet,
  titleOf,
  type UpdatePlanSession,
} from "./update-plan-session.ts";

export interface UpdatePlanPanels extends Disposable {
  /** Shows what an update of the set of a definition would do; false when the file is not a definition. */
  show(definition: Uri): Promise<boolean>;
  /** The plan that a set's panel shows; undefined when it has no panel. */
  shown(definition: Uri): UpdatePlanReport | undefined;
  /** Chooses for a set as the user does with the panel's buttons. */
  choose(definition: Uri, choices: ChangedChoices): Promise<void>;
  /** Handles a message as if the page of a set had sent it. */
  receive(definition: Uri, message: unknown): Promise<void>;
}

type PlanAnalysis = Pick<Analysis, "updates" | "listHosts" | "onDidReadTrees">;

export function createUpdatePlanPanels(host: PageHost, analysis: PlanAnalysis, memory: Memento): UpdatePlanPanels {
  const panels = createPagePanels<ToPage, FromPage, UpdatePlanSession>(host, {
    name: "updates",
    read: readFromPage,
    viewType: "sysext.updatePlan",
    place: { viewColumn: ViewColumn.Beside, preserveFocus: true },
    retainContextWhenHidden: false,
  });

  const renewAllSoon = (): void => {
    for (const session of panels.all()) session.renewSoon();
  };
  const subscription = Disposable.from(
    workspace.onDidChangeTextDocument(({ document }) => {
      if (mayBeDefinition(document.uri)) renewAllSoon();
    }),
    workspace.onDidRenameFiles(({ files }) => {
      for (const session of panels.all()) {
        const renamed = files.find(({ oldUri }) => oldUri.toString() === session.definition.toString());
        if (renamed !== undefined) session.definition = renamed.newUri;
      }
      renewAllSoon();
    }),
    analysis.onDidReadTrees(renewAllSoon),
    workspace.onDidGrantWorkspaceTrust(() => {
      for (const session of panels.all()) session.paint();
    }),
  );

  /** The first plan for a set, with what was chosen for it before; null for a file that is not a definition. */
  async function planFirst(set: string, definition: Uri): Promise<PlannedSet | null> {
    const kept = readChoices(memory, set);
    const read = !isAddress(kept?.source ?? "");
    const report = await analysis.updates.planUpdate({ uri: definition.toString(), ...kept, read });
    if (report === null) return null;
    if (kept !== undefined) return { set, definition, choices: kept, report };
    const guess = await guessSource(analysis, definition);
    if (guess === undefined) return { set, definition, choices: {}, report };
    return { set, definition, choices: { source: guess.source }, report: guess.plan };
  }

  return {
    async show(definition) {
      const set = setFolderOf(definition.toString());
      const open = panels.reveal(set);
      if (open !== undefined) {
        open.definition = definition;
        await open.renew();
        return true;
      }
      const first = await planFirst(set, definition);
      if (first === null) return false;
      const parts = { analysis, memory, log: host.log };
      panels.open(set, titleOf(first.report), (page) => createUpdatePlanSession(parts, first, page));
      return true;
    },
    shown: (definition) => panels.get(setFolderOf(definition.toString()))?.report,
    async choose(definition, choices) {
      await panels.get(setFolderOf(definition.toString()))?.choose(choices);
    },
    receive: (definition, message) => panels.receive(setFolderOf(definition.toString()), message),
    dispose: () => Disposable.from(subscription, panels).dispose(),
  };
}

function mayBeDefinition({ path: file }: Uri): boolean {
  return /\/sysupdate(?:\.[^/]+)?\.d\/|\.(?:transfer|feature|component)$/.test(file);
}
