// One open overview: reads its image step by step, sends each step to the page, and starts again when the file changes.
import { commands, FileSystemError, type LogOutputChannel, l10n, Range, type Uri, workspace } from "vscode";
import { countUsage, type OpenImage, type Usage } from "../../../image/src/index.ts";
import { commands as ids } from "../../../shared/src/ids.ts";
import type { Analysis } from "../analysis.ts";
import type { ImageStore } from "../images/image-store.ts";
import { imageUri } from "../images/image-uri.ts";
import { unescapeOddName } from "../images/odd-names.ts";
import { nameOf } from "../images/paths.ts";
import { reasonOf } from "../messages.ts";
import type { PageSession } from "../pages/connect-page.ts";
import { imageOverview, type KnownImage } from "./overview-facts.ts";
import type { FromPage, PageButton, PageOverview, PageUsageView, ToPage } from "./page/messages.ts";
import type { ShownDisk } from "./partitions-part.ts";
import { openWith, problemOverview } from "./problem-overview.ts";
import { countingView, pageWords, uncountedView, usageView, type Zoom } from "./usage-view.ts";
import { createVerityWatch } from "./verity-watch.ts";

export interface OverviewParts {
  readonly analysis: Pick<Analysis, "imageReport">;
  readonly store: ImageStore;
  readonly log: LogOutputChannel;
}

/** What a page shows at the moment. */
export interface ShownOverview {
  readonly overview: PageOverview;
  readonly usage: PageUsageView | undefined;
}

export interface OverviewSession extends PageSession<FromPage> {
  /** Reads the image again; a reading that is still going on ends. */
  renew(): Promise<void>;
  /** Asks again which hosts merge it, after the hosts may have changed. */
  renewReport(): Promise<void>;
  shown(): ShownOverview | undefined;
}

/** Buttons and their commands, which get the image's URI. */
const actions: Readonly<Record<string, string | undefined>> = {
  browse: ids.browseImage,
  extract: ids.extractFromImage,
  compare: ids.compareImages,
  addFolder: ids.addImageFolder,
};

/** Milliseconds between two messages about the progress of counting. */
const progressIntervalMs = 200;
/** Milliseconds of counting after which the event loop gets a turn. */
const sliceMs = 12;

export function createOverviewSession(
  { analysis, store, log }: OverviewParts,
  uri: Uri,
  post: (message: ToPage) => void,
): OverviewSession {
  const fileName = nameOf(uri.path);
  let zoom: Zoom = { path: undefined, measure: "stored" };
  let running: AbortController | undefined;
  let known: KnownImage | undefined;
  let usage: Usage | undefined;
  let shown: ShownOverview | undefined;

  function show(overview: PageOverview, view: PageUsageView | undefined): void {
    shown = { overview, usage: view };
    post({ kind: "overview", overview });
    post({ kind: "usage", usage: view });
  }

  function showKnown(view: PageUsageView | undefined): void {
    if (known !== undefined) show(imageOverview({ ...known, more: verity.parts(l10n) }, l10n), view);
  }

  const verity = createVerityWatch({ store, log }, uri, () => {
    if (known === undefined || shown === undefined) return;
    shown = { ...shown, overview: imageOverview({ ...known, more: verity.parts(l10n) }, l10n) };
    post({ kind: "overview", overview: shown.overview });
  });

  function showUsage(view: PageUsageView): void {
    if (shown === undefined) return;
    shown = { ...shown, usage: view };
    post({ kind: "usage", usage: view });
  }

  async function read(control: AbortController): Promise<void> {
    const isCurrent = (): boolean => running === control && !control.signal.aborted;
    const { size } = await statOf(uri);
    await store.use(uri, async (image) => {
      const { format, facts } = image;
      const disk = image.disk === undefined ? undefined : await diskOf(image.disk);
      await verity.read(image, control.signal);
      if (!isCurrent()) return;
      known = { fileName, fileSize: size, format, facts, more: [], buttons: buttonsOf(format), ...(disk && { disk }) };
      // The numbers of the former file stay until the new one is counted.
      const before = shown?.usage?.level === undefined ? countingView(0, zoom, l10n) : { ...shown.usage, busy: true };
      showKnown(format === "disk" ? undefined : before);
      await Promise.all([askReport(isCurrent), format === "disk" ? undefined : count(image, control, isCurrent)]);
    });
  }

  async function askReport(isCurrent: () => boolean): Promise<void> {
    const report = await analysis.imageReport(uri).catch(() => null);
    if (!isCurrent() || known === undefined) return;
    known = { ...known, report };
    showKnown(shown?.usage);
  }

  async function count({ tree }: OpenImage, control: AbortController, isCurrent: () => boolean): Promise<void> {
    let told = performance.now();
    let rested = told;
    const pause = async (seen: number): Promise<void> => {
      const now = performance.now();
      if (now - told > progressIntervalMs && isCurrent() && shown?.usage?.level === undefined) {
        told = now;
        showUsage(countingView(seen, zoom, l10n));
      }
      if (now - rested < sliceMs) return;
      await new Promise((resolve) => setImmediate(resolve));
      rested = performance.now();
    };
    try {
      const counted = await countUsage(tree, { signal: control.signal, pause });
      if (!isCurrent() || known === undefined) return;
      usage = counted;
      known = { ...known, usage };
      showKnown(usageView(usage, zoom, l10n));
    } catch (error) {
      if (isCurrent()) showUsage(uncountedView(`${reasonOf(error)}.`, zoom, l10n));
    }
  }

  async function renew(): Promise<void> {
    running?.abort();
    const control = new AbortController();
    running = control;
    try {
      await read(control);
    } catch (error) {
      if (running !== control || control.signal.aborted) return;
      verity.stop();
      known = undefined;
      usage = undefined;
      show(problemOverview(fileName, error, l10n), undefined);
    }
  }

  function sendAll(): void {
    post({ kind: "words", words: pageWords(l10n) });
    if (shown === undefined) return;
    post({ kind: "overview", overview: shown.overview });
    sendUsage();
  }

  function sendUsage(): void {
    if (usage !== undefined) showUsage(usageView(usage, zoom, l10n));
    else post({ kind: "usage", usage: shown?.usage });
  }

  async function press(button: string): Promise<void> {
    if (verity.press(button)) return;
    if (button === openWith) await commands.executeCommand("workbench.action.reopenWithEditor");
    const command = Object.hasOwn(actions, button) ? actions[button] : undefined;
    if (command !== undefined) await commands.executeCommand(command, uri);
  }

  return {
    renew,
    async renewReport() {
      const control = running;
      if (known !== undefined) await askReport(() => running === control && control?.signal.aborted === false);
    },
    shown: () => shown,
    async receive(message) {
      switch (message.kind) {
        case "ready":
        case "zoom":
          // A page that is opened for the first time has no folder to go back to.
          if (message.path !== undefined) zoom = { path: message.path, measure: message.measure };
          if (message.kind === "ready") sendAll();
          else sendUsage();
          return;
        case "open":
          return await openFile(uri, message.path, message.line);
        case "press":
          return await press(message.button);
      }
    },
    dispose() {
      verity.stop();
      running?.abort();
    },
  };
}

function buttonsOf(format: string): PageButton[] {
  const labels: Readonly<Record<string, string>> = {
    browse: l10n.t("Browse Files"),
    extract: l10n.t("Extract…"),
    compare: l10n.t("Compare…"),
    addFolder: l10n.t("Open as Workspace Folder"),
  };
  return Object.entries(labels)
    .filter(([action]) => actions[action] !== undefined && (format !== "disk" || action === "browse"))
    .map(([action, label]) => ({ action, label, primary: action === "browse" }));
}

async function statOf(uri: Uri): Promise<{ readonly size: number }> {
  try {
    return await workspace.fs.stat(uri);
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") {
      throw new Error(l10n.t("the image no longer exists"));
    }
    throw error;
  }
}

async function diskOf(disk: NonNullable<OpenImage["disk"]>): Promise<ShownDisk> {
  const { kind, copy, partitions } = disk;
  const found = partitions.map(async (partition) => {
    const content = await disk.content(partition).catch(() => undefined); // it may be beyond the end of the file
    return { ...partition, ...(content === undefined ? {} : { content: content.name }) };
  });
  return { kind, copy, partitions: await Promise.all(found) };
}

/** Opens a file of the image at a line, counted from 1; when there is no such file, the editor says so. */
async function openFile(image: Uri, path: string, line: number | undefined): Promise<void> {
  const options = line === undefined ? {} : { selection: new Range(line - 1, 0, line - 1, 0) };
  await commands.executeCommand("vscode.open", imageUri(image, unescapeOddName(path)), options);
}
