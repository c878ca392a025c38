// One open update plan: asks for the plan, one question at a time, and does what its page asks for.
import path from "node:path";
import { Disposable, type LogOutputChannel, l10n, type Memento, Uri, ViewColumn, window, workspace } from "vscode";
import type { UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import type { Analysis } from "../analysis.ts";
import { logFailure, sentenceOf } from "../messages.ts";
import type { PageSession } from "../pages/connect-page.ts";
import type { PanelPage } from "../pages/page-panels.ts";
import { watchFile, watchFolder } from "../watch-files.ts";
import { chooseArchitecture, chooseHost, chooseSource, chooseTarget } from "./choose-for-plan.ts";
import type { Choosable, FromPage, ToPage } from "./page/messages.ts";
import { isAddress, type StoredChoices, storeChoices } from "./update-plan-choices.ts";
import { updatePlanView } from "./update-plan-view.ts";

export interface UpdatePlanParts {
  readonly analysis: Pick<Analysis, "updates" | "listHosts">;
  readonly memory: Memento;
  readonly log: LogOutputChannel;
}

/** What a plan is made of. */
export interface PlannedSet {
  /** The URI of the set's folder. */
  readonly set: string;
  /** A definition of the set. */
  readonly definition: Uri;
  readonly choices: StoredChoices;
  readonly report: UpdatePlanReport;
}

/** Undefined takes a choice back. */
export type ChangedChoices = Partial<Record<keyof StoredChoices, string | undefined>>;

export interface UpdatePlanSession extends PageSession<FromPage> {
  readonly report: UpdatePlanReport;
  /** A definition of the set; another one when the file was renamed. */
  definition: Uri;
  /** Asks for the plan again, and reads source and target again unless the source is a web address. */
  renew(): Promise<void>;
  /** Asks for the plan again after a pause, with what was read before. */
  renewSoon(): void;
  /** Sends the plan to the page again. */
  paint(): void;
  choose(choices: ChangedChoices): Promise<void>;
}

/** Milliseconds without a further keystroke or change of files after which a plan is made. */
const debounceMs = 250;

export function createUpdatePlanSession(
  { analysis, memory, log }: UpdatePlanParts,
  first: PlannedSet,
  { post, setTitle }: PanelPage<ToPage>,
): UpdatePlanSession {
  let { definition, choices, report } = first;
  let isClosed = false;
  let isBusy = false;
  /** The plan that is to be made next. */
  let wanted: { readonly read: boolean } | undefined;
  /** Settles when all plans that were wanted are made. */
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Whether files have changed since the last plan. */
  let readSoon = false;
  let watchers = watchPlaces();

  async function ask(read: boolean): Promise<UpdatePlanReport | null> {
    // A web address is fetched when the user says so, and never in a workspace that is not trusted.
    const mayRead = read && (workspace.isTrusted || !isAddress(choices.source ?? ""));
    return await analysis.updates.planUpdate({ uri: definition.toString(), ...choices, ...(mayRead ? { read } : {}) });
  }

  /** Makes the plan; when one is being made, once more after it. */
  async function plan(read: boolean): Promise<void> {
    clearTimeout(timer);
    readSoon = false;
    wanted = { read: read || (wanted?.read ?? false) };
    running ??= planWhileWanted().finally(() => {
      running = undefined;
    });
    await running;
  }

  async function planWhileWanted(): Promise<void> {
    for (let next = wanted; next !== undefined && !isClosed; next = wanted) {
      wanted = undefined;
      isBusy = true;
      if (next.read) paint();
      try {
        report = (await ask(next.read)) ?? report;
      } catch (error) {
        log.warn(sentenceOf("No update plan was made", error)); // the panel keeps what it shows
      }
      isBusy = false;
      paint();
    }
  }

  function planSoon(read: boolean): void {
    clearTimeout(timer);
    readSoon ||= read;
    timer = setTimeout(() => logFailure(log, "No update plan was made", plan(readSoon)), debounceMs);
  }

  function paint(): void {
    setTitle(titleOf(report));
    const { source, target } = choices;
    const shown = {
      ...(source === undefined ? {} : { source: shortened(source) }),
      ...(target === undefined ? {} : { target: shortened(target) }),
      isAddress: isAddress(source ?? ""),
      mayFetch: workspace.isTrusted,
      isBusy,
    };
    post({ kind: "plan", plan: updatePlanView(report, shown, l10n) });
  }

  /** Builds and downloads change what is there; a web address is not asked again when they do. */
  function watchPlaces(): Disposable {
    const { source, target } = choices;
    const sources = source === undefined || isAddress(source) ? [] : [source];
    const places = [...sources, ...(target === undefined ? [] : [target])];
    return Disposable.from(
      ...places.map((place) => {
        const watch = path.basename(place) === "SHA256SUMS" ? watchFile : watchFolder;
        return watch(Uri.file(place), () => planSoon(mayReadUnasked()));
      }),
    );
  }

  function mayReadUnasked(): boolean {
    return !isAddress(choices.source ?? "");
  }

  async function choose(changed: ChangedChoices): Promise<void> {
    const next = Object.entries({ ...choices, ...changed }).filter(([, value]) => value !== undefined);
    choices = Object.fromEntries(next);
    await storeChoices(memory, first.set, choices);
    watchers.dispose();
    watchers = watchPlaces();
    await plan(mayReadUnasked());
  }

  async function askUser(what: Choosable): Promise<void> {
    const chosen = await questions[what]();
    if (chosen === undefined) return;
    // Another host has other architectures.
    const forgotten = what === "host" ? { architecture: undefined } : {};
    await choose({ ...forgotten, [what]: chosen ?? undefined });
  }

  /** Null takes a choice back, undefined leaves it as it is. */
  const questions: Readonly<Record<Choosable, () => Promise<string | null | undefined>>> = {
    source: () => chooseSource(choices.source, report),
    target: () => chooseTarget(choices.target),
    host: () => chooseHost(analysis, choices.host),
    architecture: () => chooseArchitecture(report),
  };

  /** Opens only definitions that the plan names. */
  async function open(uri: string): Promise<void> {
    const { transfers, faults, notes } = report;
    if (![...transfers, ...faults, ...notes].some((known) => known.uri === uri)) return;
    await window.showTextDocument(Uri.parse(uri), { viewColumn: ViewColumn.One });
  }

  return {
    get report() {
      return report;
    },
    get definition() {
      return definition;
    },
    set definition(renamed) {
      definition = renamed;
    },
    renew: () => plan(mayReadUnasked()),
    renewSoon: () => planSoon(false),
    paint,
    choose,
    async receive(message) {
      switch (message.kind) {
        case "ready":
          return paint();
        case "read":
          return await plan(true);
        case "choose":
          return await askUser(message.what);
        case "open":
          return await open(message.uri);
      }
    },
    dispose() {
      isClosed = true;
      clearTimeout(timer);
      watchers.dispose();
    },
  };
}

/** The title of the panel. */
export function titleOf({ component }: UpdatePlanReport): string {
  return component === undefined ? l10n.t("Update plan") : l10n.t("{0}: update plan", component);
}

/** Paths of the workspace as they are seen in it. */
function shortened(place: string): string {
  return isAddress(place) ? place : workspace.asRelativePath(Uri.file(place));
}
