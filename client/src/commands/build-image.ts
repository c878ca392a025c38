// "Build Image": turns a tree into an image, with progress, cancel and a summary.
import { commands as editorCommands, env, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import { commands } from "../../../shared/src/ids.ts";
import type { TreeDescription, TreeVerdict } from "../../../shared/src/requests.ts";
import { outputFile } from "../build-settings.ts";
import { type BuiltImage, buildTree } from "../build-tree.ts";
import { sentenceOf, UserError } from "../messages.ts";
import type { Services } from "../services.ts";
import { buildSummary, progressReporter } from "./build-words.ts";
import { pickTree } from "./pick-tree.ts";
import { revealFile } from "./reveal-image.ts";

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
  const text = buildSummary(tree, built, await verdictsOf(services, tree));
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
    const onProgress = progressReporter((report) => progress.report(report));
    try {
      return await buildTree(tree, { signal: abort.signal, onProgress });
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      services.log.debug(error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw new UserError(sentenceOf(l10n.t("No image was built"), error), { cause: error });
    }
  });
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
