// Panels with what an update would do, one a set of transfers, that follow what is typed and what is built.
import { randomBytes } from "node:crypto";
import path from "node:path";
import {
  Disposable,
  type LogOutputChannel,
  l10n,
  type Memento,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import type { Analysis } from "../analysis.ts";
import { sentenceOf, showProblem } from "../messages.ts";
import { watchFile, watchFolder } from "../watch-files.ts";
import { chooseArchitecture, chooseHost, chooseSource, chooseTarget } from "./choose-for-plan.ts";
import { guessSource } from "./guess-source.ts";
import { isAddress, readChoices, type StoredChoices, setFolderOf, storeChoices } from "./update-plan-choices.ts";
import { updatePlanBody, updatePlanPage } from "./update-plan-page.ts";
import { summaryOf, updatePlanWords } from "./update-plan-words.ts";

export interface UpdatePlanPanels extends Disposable {
  /** Shows what an update of the set of a definition would do; false when the file is none. */
  show(definition: Uri): Promise<boolean>;
  /** What a set's panel shows; undefined when there is none, or nothing yet. */
  shown(definition: Uri): UpdatePlanReport | undefined;
  /** Chooses for a set as the user does with the panel's buttons; undefined takes a choice back. */
  choose(definition: Uri, choices: Partial<Record<keyof StoredChoices, string | undefined>>): Promise<void>;
}

const viewType = "sysext.updatePlan";
/** Milliseconds without a keystroke or a change of files after which a plan is made. */
const quiet = 250;

interface OpenPanel {
  readonly set: string;
  readonly panel: WebviewPanel;
  definition: Uri;
  choices: StoredChoices;
  plan?: UpdatePlanReport;
  /** The page can take texts. */
  ready: boolean;
  busy: boolean;
  /** A plan that is to be made. */
  wanted?: { readonly read: boolean };
  /** Settles when all plans that were wanted are made. */
  running?: Promise<void>;
  timer?: NodeJS.Timeout;
  /** Whether what is on the disk changed since the last plan. */
  readSoon: boolean;
  watchers: Disposable[];
}

export function createUpdatePlanPanels(analysis: Analysis, memory: Memento, log: LogOutputChannel): UpdatePlanPanels {
  const panels = new Map<string, OpenPanel>();

  async function ask(open: OpenPanel, read: boolean): Promise<UpdatePlanReport | null> {
    const { choices, definition } = open;
    // A web address is fetched when the user says so, and never in a workspace that is not trusted.
    const mayRead = read && (workspace.isTrusted || !isAddress(choices.source ?? ""));
    return await analysis.updates.planUpdate({ uri: definition.toString(), ...choices, ...(mayRead ? { read } : {}) });
  }

  /** Makes the plan anew and shows it; one at a time, and once more when something has changed meanwhile. */
  async function renew(open: OpenPanel, read: boolean): Promise<void> {
    clearTimeout(open.timer);
    open.readSoon = false;
    open.wanted = { read: read || (open.wanted?.read ?? false) };
    open.running ??= renewWhileWanted(open).finally(() => {
      delete open.running;
    });
    await open.running;
  }

  async function renewWhileWanted(open: OpenPanel): Promise<void> {
    for (let { wanted } = open; wanted !== undefined; wanted = open.wanted) {
      delete open.wanted;
      open.busy = true;
      if (wanted.read) paint(open);
      try {
        const plan = await ask(open, wanted.read);
        if (plan !== null) open.plan = plan;
      } catch (error) {
        log.warn(sentenceOf("No update plan was made", error)); // the panel keeps what it shows
      }
      open.busy = false;
      if (!panels.has(open.set)) return;
      paint(open);
    }
  }

  function paint({ panel, plan, ready, choices, busy }: OpenPanel): void {
    if (plan === undefined || !ready) return;
    const words = updatePlanWords();
    panel.title = titleOf(plan);
    const { source, target } = choices;
    const body = updatePlanBody(
      plan,
      {
        ...(source === undefined ? {} : { source: shortened(source) }),
        ...(target === undefined ? {} : { target: shortened(target) }),
        isAddress: isAddress(source ?? ""),
        mayFetch: workspace.isTrusted,
        busy,
      },
      words,
    );
    void panel.webview.postMessage({ body, summary: summaryOf(plan) });
  }

  /** After a pause; what was to be read before it is read then, too. */
  function renewSoon(open: OpenPanel, read: boolean): void {
    clearTimeout(open.timer);
    open.readSoon ||= read;
    open.timer = setTimeout(() => void renew(open, open.readSoon), quiet);
  }

  /** Builds and downloads change what is there; a web address is never asked for that. */
  function watch(open: OpenPanel): void {
    for (const watcher of open.watchers) watcher.dispose();
    const { source, target } = open.choices;
    const places = [
      ...(source === undefined || isAddress(source) ? [] : [source]),
      ...(target === undefined ? [] : [target]),
    ];
    const readAgain = () => renewSoon(open, !isAddress(open.choices.source ?? ""));
    open.watchers = places.map((place) => {
      const watchPlace = path.basename(place) === "SHA256SUMS" ? watchFile : watchFolder;
      return watchPlace(Uri.file(place), readAgain);
    });
  }

  async function change(
    open: OpenPanel,
    changed: Partial<Record<keyof StoredChoices, string | undefined>>,
  ): Promise<void> {
    const next = { ...open.choices, ...changed };
    open.choices = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
    await storeChoices(memory, open.set, open.choices);
    watch(open);
    await renew(open, !isAddress(open.choices.source ?? ""));
  }

  async function act(open: OpenPanel, action: unknown, value: unknown): Promise<void> {
    switch (action) {
      case "ready":
        open.ready = true;
        paint(open);
        return;
      case "read":
        await renew(open, true);
        return;
      case "open":
        if (typeof value === "string") await window.showTextDocument(Uri.parse(value), { viewColumn: ViewColumn.One });
        return;
      case "source":
        return await changeWhenChosen(open, "source", await chooseSource(open.choices.source, open.plan));
      case "target":
        return await changeWhenChosen(open, "target", await chooseTarget(open.choices.target));
      case "host":
        return await changeWhenChosen(open, "host", await chooseHost(analysis, open.choices.host));
      case "architecture":
        return await changeWhenChosen(open, "architecture", await chooseArchitecture(open.plan));
      default:
    }
  }

  /** `null` takes the choice back, undefined leaves it as it is. */
  async function changeWhenChosen(
    open: OpenPanel,
    key: keyof StoredChoices,
    chosen: string | null | undefined,
  ): Promise<void> {
    if (chosen === undefined) return;
    // Another host has other architectures.
    const forgotten = key === "host" ? { architecture: undefined } : {};
    await change(open, { ...forgotten, [key]: chosen ?? undefined });
  }

  function create(set: string, definition: Uri, choices: StoredChoices, plan: UpdatePlanReport): OpenPanel {
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const options = { enableFindWidget: true, enableScripts: true, localResourceRoots: [] };
    const panel = window.createWebviewPanel(viewType, titleOf(plan), column, options);
    const open: OpenPanel = {
      set,
      panel,
      definition,
      choices,
      plan,
      ready: false,
      busy: false,
      readSoon: false,
      watchers: [],
    };
    panels.set(set, open);
    panel.webview.onDidReceiveMessage((message: { action?: unknown; value?: unknown }) => {
      act(open, message.action, message.value).catch((error: unknown) => {
        void showProblem(log, sentenceOf(l10n.t("That did not work"), error), error);
      });
    });
    panel.onDidDispose(() => {
      clearTimeout(open.timer);
      for (const watcher of open.watchers) watcher.dispose();
      panels.delete(set);
    });
    panel.webview.html = updatePlanPage(updatePlanWords(), panel.title, randomBytes(16).toString("base64"));
    watch(open);
    return open;
  }

  const subscription = Disposable.from(
    workspace.onDidChangeTextDocument(({ document }) => {
      if (!mayBeDefinition(document.uri)) return;
      for (const open of panels.values()) renewSoon(open, false);
    }),
    workspace.onDidRenameFiles(({ files }) => {
      for (const open of panels.values()) {
        const renamed = files.find(({ oldUri }) => oldUri.toString() === open.definition.toString());
        if (renamed !== undefined) open.definition = renamed.newUri;
        renewSoon(open, false);
      }
    }),
    analysis.onDidReadTrees(() => {
      for (const open of panels.values()) renewSoon(open, false);
    }),
    workspace.onDidGrantWorkspaceTrust(() => {
      for (const open of panels.values()) paint(open);
    }),
  );

  return {
    async show(definition) {
      const set = setFolderOf(definition.toString());
      const open = panels.get(set);
      if (open !== undefined) {
        open.definition = definition;
        open.panel.reveal(undefined, true);
        await renew(open, !isAddress(open.choices.source ?? ""));
        return true;
      }
      const kept = readChoices(memory, set);
      const read = !isAddress(kept?.source ?? "");
      const first = await analysis.updates.planUpdate({ uri: definition.toString(), ...kept, read });
      if (first === null) return false;
      if (kept !== undefined) {
        create(set, definition, kept, first);
        return true;
      }
      const guess = await guessSource(analysis, definition);
      create(set, definition, guess === undefined ? {} : { source: guess.source }, guess?.plan ?? first);
      return true;
    },
    shown: (definition) => panels.get(setFolderOf(definition.toString()))?.plan,
    async choose(definition, choices) {
      const open = panels.get(setFolderOf(definition.toString()));
      if (open !== undefined) await change(open, choices);
    },
    dispose() {
      subscription.dispose();
      for (const { panel } of [...panels.values()]) panel.dispose();
    },
  };
}

function titleOf({ component }: UpdatePlanReport): string {
  return component === undefined ? l10n.t("Update plan") : l10n.t("{0}: update plan", component);
}

/** Paths of the workspace as they are seen in it. */
function shortened(place: string): string {
  return isAddress(place) ? place : workspace.asRelativePath(Uri.file(place));
}

function mayBeDefinition({ path: file }: Uri): boolean {
  return /\/sysupdate(?:\.[^/]+)?\.d\/|\.(?:transfer|feature|component)$/.test(file);
}
