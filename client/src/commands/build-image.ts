// "Build Image": turns a tree into an image, with progress, cancel and a summary.
import { commands as editorCommands, env, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import type { BuildProgress } from "../../../image/src/index.ts";
import { commands } from "../../../shared/src/ids.ts";
import type { TreeDescription, TreeVerdict } from "../../../shared/src/requests.ts";
import { outputFile } from "../build-settings.ts";
import { type BuiltImage, buildTree } from "../build-tree.ts";
import { sentenceOf, UserError } from "../messages.ts";
import { formatBytes, formatCount, formatMilliseconds } from "../quantities.ts";
import type { Services } from "../services.ts";
import { verdictCount } from "../views/extension-words.ts";
import { pickTree } from "./pick-tree.ts";
import { revealFile } from "./reveal-image.ts";

/** Milliseconds between two updates of the progress message. */
const updatePeriod = 100;

/** Returns the image's URI; undefined when the build was cancelled. */
export async function buildImage(services: Services, args: readonly unknown[]): Promise<Uri | undefined> {
  if (!workspace.isTrusted) {
    throw new UserError(l10n.t("Images are built only in a trusted workspace; trust this one to build."));
  }
  const tree = await pickTree(services, args);
  if (tree === undefined) return undefined;
  if (tree.problem !== undefined) throw new UserError(l10n.t("No image was built: {0}.", tree.problem));
  if (Uri.parse(tree.uri).scheme !== "file") {
    throw new UserError(l10n.t("Images are built only from folders on this machine's disks; copy the tree to one."));
  }
  await saveFilesOf(tree);
  const built = await buildWithProgress(services, tree);
  if (built === undefined) return undefined;
  const text = summary(tree, built, await verdictsOf(services, tree));
  services.log.info(text);
  services.extensionsView.refresh();
  void offerNextSteps(text, built);
  return built.uri;
}

/** As tasks do: what is built is what the editors show. */
async function saveFilesOf(tree: TreeDescription): Promise<void> {
  const folder = `${Uri.parse(tree.uri).toString()}/`;
  for (const document of workspace.textDocuments) {
    if (!document.isDirty || !document.uri.toString().startsWith(folder)) continue;
    if (await document.save()) continue;
    const name = workspace.asRelativePath(document.uri);
    throw new UserError(l10n.t('"{0}" could not be saved, so no image was built.', name));
  }
}

async function buildWithProgress(services: Services, tree: TreeDescription): Promise<BuiltImage | undefined> {
  const options = {
    location: ProgressLocation.Notification,
    cancellable: true,
    title: l10n.t("Building {0}.raw", tree.name),
  };
  return await window.withProgress(options, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    // Where an open file cannot be replaced, the view must not hold the image of the last build open.
    services.store.release(Uri.file(outputFile(tree)));
    let percent = 0;
    let updated = 0;
    const onProgress = (state: BuildProgress): void => {
      const now = Date.now();
      if (now - updated < updatePeriod) return;
      updated = now;
      const increment = percentOf(state) - percent;
      percent += increment;
      progress.report({ message: progressText(state), increment });
    };
    try {
      return await buildTree(tree, { signal: abort.signal, onProgress });
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      services.log.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw new UserError(sentenceOf(l10n.t("No image was built"), error), { cause: error });
    }
  });
}

function percentOf({ phase, bytes, totalBytes }: BuildProgress): number {
  return phase === "scan" || totalBytes === 0 ? 0 : (bytes / totalBytes) * 100;
}

function progressText(state: BuildProgress): string {
  if (state.phase === "scan") return l10n.t("{0} files found", formatCount(state.files));
  return l10n.t(
    "{0} of {1} files, {2} of {3}",
    formatCount(state.files),
    formatCount(state.totalFiles),
    formatBytes(state.bytes),
    formatBytes(state.totalBytes),
  );
}

/** The message at the end; it stays until the user does something with it, so nobody waits for it. */
async function offerNextSteps(text: string, built: BuiltImage): Promise<void> {
  const [browse, reveal, copyPath] = [l10n.t("Browse"), l10n.t("Reveal"), l10n.t("Copy Path")];
  const choice = await window.showInformationMessage(text, browse, reveal, copyPath);
  if (choice === browse) await editorCommands.executeCommand(commands.browseImage, built.uri);
  if (choice === reveal) await revealFile(built.uri);
  if (choice === copyPath) await env.clipboard.writeText(built.uri.fsPath);
}

/** What hosts make of the image; nothing when the language server does not know. */
async function verdictsOf({ analysis }: Services, tree: TreeDescription): Promise<readonly TreeVerdict[]> {
  try {
    return (await analysis.treeState(Uri.parse(tree.uri)))?.verdicts ?? [];
  } catch {
    return []; // the image is built all the same
  }
}

function summary(
  tree: TreeDescription,
  { counts, milliseconds }: BuiltImage,
  verdicts: readonly TreeVerdict[],
): string {
  const sentences = [
    l10n.t(
      "Built {0}.raw: {1} from {2} files in {3}.",
      tree.name,
      formatBytes(counts.bytes),
      formatCount(counts.files),
      formatMilliseconds(milliseconds),
    ),
  ];
  if (verdicts.length > 0) sentences.push(l10n.t("It {0}.", verdictCount(verdicts)));
  if (tree.leftOut.length > 0) sentences.push(l10n.t("Left out: {0}.", tree.leftOut.join(", ")));
  if (!counts.xattrsKnown) {
    sentences.push(l10n.t("Extended attributes were not looked at, as that needs the program getfattr."));
  }
  return sentences.join(" ");
}
