// "Extract…": files, folders or all of images into a folder of this machine.
import { type LogOutputChannel, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { type ExtractSummary, extractTree } from "../../../image/src/node/index.ts";
import { shownName } from "../images/odd-names.ts";
import { joinPath, nameOf } from "../images/paths.ts";
import { commonFolder, treeBelow } from "../images/tree-below.ts";
import { UserError } from "../messages.ts";
import { formatBytes, formatCount } from "../quantities.ts";
import type { Services } from "../services.ts";
import { type ImageFile, imageFiles } from "./image-files.ts";
import { revealFile } from "./reveal-image.ts";

/** A third argument may name the folder, and then nobody is asked for it. */
export async function extractFromImage(
  services: Services,
  args: readonly unknown[],
): Promise<ExtractSummary | undefined> {
  const files = imageFiles(services, args);
  if (files.length === 0)
    throw new UserError(l10n.t("Nothing is selected in the Images view; select what to extract first."));
  const folder = args[2] instanceof Uri ? args[2] : await askFolder(files);
  if (folder === undefined) return undefined;
  if (folder.scheme !== "file") {
    throw new UserError(l10n.t("Files can be extracted only to folders on this machine's disks."));
  }
  const works = worksOf(files, folder);
  let summary = await run(services, works, false);
  const taken = summary?.leftOut.filter(({ isThere }) => isThere === true) ?? [];
  if (summary !== undefined && taken.length > 0 && (await mayReplace(taken.map(({ path }) => path)))) {
    const wanted = new Set(taken.map(({ path }) => path));
    const again = await run(services, onlyOf(works, wanted), true);
    summary = again && sumOf([{ ...summary, leftOut: summary.leftOut.filter(({ path }) => !wanted.has(path)) }, again]);
  }
  if (summary !== undefined) void tell(services.log, summary, folder);
  return summary;
}

/** What is extracted from one image, and where to. */
interface Work {
  readonly image: Uri;
  /** The folder of the image whose entries come to the target. */
  readonly root: string;
  /** Below the root. */
  readonly paths: readonly string[];
  readonly target: Uri;
  /** What stands in front of the paths of the summary when there are several images. */
  readonly prefix: string;
}

/** The files of each image without the folders that they have in common; several images come to folders of their names. */
function worksOf(files: readonly ImageFile[], folder: Uri): Work[] {
  const byImage = Map.groupBy(files, ({ image }) => image.toString());
  const names = new Set<string>();
  return Array.from(byImage.values(), (some): Work => {
    const image = some[0]?.image ?? folder;
    const paths = some.map(({ path }) => path);
    const root = commonFolder(paths);
    const below = paths.map((path) => (root === "" ? path : path.slice(root.length + 1)));
    const prefix = byImage.size === 1 ? "" : freeName(image, names);
    return { image, root, paths: below, target: prefix === "" ? folder : Uri.joinPath(folder, prefix), prefix };
  });
}

function freeName(image: Uri, taken: Set<string>): string {
  const base = [nameOf(image.path).replace(/\.raw(\.\w+)?$/, ""), image.fragment.replace("=", "-")]
    .filter((word) => word !== "")
    .join("-");
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
  taken.add(name);
  return name;
}

function onlyOf(works: readonly Work[], wanted: ReadonlySet<string>): Work[] {
  return works
    .map((work) => {
      const front = work.prefix === "" ? "" : `${work.prefix}/`;
      const paths = [...wanted].filter((path) => path.startsWith(front)).map((path) => path.slice(front.length));
      return { ...work, paths };
    })
    .filter(({ paths }) => paths.length > 0);
}

async function askFolder(files: readonly ImageFile[]): Promise<Uri | undefined> {
  const [first] = files;
  const what =
    files.length === 1 && first !== undefined ? nameOf(first.path === "" ? first.image.path : first.path) : "";
  const start = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri;
  const picked = await window.showOpenDialog({
    title:
      what === ""
        ? l10n.t("Extract {0} Files and Folders To", files.length)
        : l10n.t("Extract {0} To", shownName(what)),
    openLabel: l10n.t("Extract Here"),
    canSelectFolders: true,
    canSelectFiles: false,
    ...(start === undefined ? {} : { defaultUri: start }),
  });
  return picked?.[0];
}

/** Undefined when the user stopped it. */
async function run({ store }: Services, works: readonly Work[], force: boolean): Promise<ExtractSummary | undefined> {
  const options = { location: ProgressLocation.Notification, cancellable: true, title: l10n.t("Extracting") };
  return await window.withProgress(options, async (bar, token) => {
    const control = new AbortController();
    token.onCancellationRequested(() => control.abort());
    const summaries: ExtractSummary[] = [];
    let told = 0;
    const onProgress = ({ entries, bytes }: { entries: number; bytes: number }): void => {
      if (performance.now() - told < 200) return;
      told = performance.now();
      bar.report({ message: l10n.t("{0} files, {1}", formatCount(entries), formatBytes(bytes)) });
    };
    try {
      for (const { image, root, paths, target, prefix } of works) {
        const summary = await store.use(image, async ({ tree, format, facts, handle }) => {
          if (format === "disk") throw new UserError(l10n.t("Nothing to extract: {0}.", facts.warning ?? ""));
          return await extractTree(treeBelow(tree, root), paths, target.fsPath, {
            ...{ force, mayRunPrograms: workspace.isTrusted, signal: control.signal, onProgress },
            ...(handle === undefined ? {} : { image: { handle, root } }),
          });
        });
        const leftOut = summary.leftOut.map((one) => ({ ...one, path: joinPath(prefix, one.path) }));
        summaries.push({ ...summary, leftOut });
      }
      return sumOf(summaries);
    } catch (error) {
      if (control.signal.aborted) return undefined;
      throw error;
    }
  });
}

function sumOf(summaries: readonly ExtractSummary[]): ExtractSummary {
  const sum = (of: (one: ExtractSummary) => number): number => summaries.reduce((all, one) => all + of(one), 0);
  return {
    files: sum(({ files }) => files),
    folders: sum(({ folders }) => folders),
    symlinks: sum(({ symlinks }) => symlinks),
    special: sum(({ special }) => special),
    bytes: sum(({ bytes }) => bytes),
    leftOut: summaries.flatMap(({ leftOut }) => leftOut),
    notRestored: [...new Set(summaries.flatMap(({ notRestored }) => notRestored))],
  };
}

async function mayReplace(paths: readonly string[]): Promise<boolean> {
  const replace = l10n.t("Replace");
  const question =
    paths.length === 1
      ? l10n.t('"{0}" already exists. Replace it?', shownName(paths[0] ?? ""))
      : l10n.t("{0} files already exist. Replace them?", formatCount(paths.length));
  const options = { modal: true, detail: l10n.t("Everything else has been extracted.") };
  return (await window.showWarningMessage(question, options, replace, l10n.t("Keep"))) === replace;
}

async function tell(log: LogOutputChannel, summary: ExtractSummary, folder: Uri): Promise<void> {
  const { files, folders, symlinks, special, bytes, leftOut, notRestored } = summary;
  const all = files + symlinks + special;
  const ofFiles = all === 1 ? l10n.t("1 file") : l10n.t("{0} files", formatCount(all));
  const ofFolders = folders === 1 ? l10n.t("1 folder") : l10n.t("{0} folders", formatCount(folders));
  const done = l10n.t(
    'Extracted {0} and {1} ({2}) to "{3}".',
    ...[ofFiles, ofFolders, formatBytes(bytes), folder.fsPath],
  );
  const missing =
    leftOut.length === 0
      ? ""
      : leftOut.length === 1
        ? l10n.t(" 1 was left out.")
        : l10n.t(" {0} were left out.", formatCount(leftOut.length));
  const lost = notRestored.length === 0 ? "" : l10n.t(" Not restored: {0}.", notRestored.join("; "));
  const [reveal, details] = [l10n.t("Reveal"), l10n.t("Show Details")];
  log.info(done + lost);
  for (const { path, reason } of leftOut) log.warn(`${shownName(path)}: ${reason}`);
  const chosen =
    leftOut.length === 0
      ? await window.showInformationMessage(done + lost, reveal)
      : await window.showWarningMessage(done + missing + lost, reveal, details);
  if (chosen === details) log.show(true);
  if (chosen === reveal) {
    await revealFile(folder).catch((error: unknown) => window.showErrorMessage(String((error as Error).message)));
  }
}
