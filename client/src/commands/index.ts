// The table of commands, and the guard that every one of them runs in.
import { Disposable, commands as editorCommands, extensions, l10n } from "vscode";
import { commands, extensionId } from "../../../shared/src/ids.ts";
import { sentenceOf, showProblem } from "../messages.ts";
import type { CommandRun, Services } from "../services.ts";
import { addImageFolder } from "./add-image-folder.ts";
import { browseImage } from "./browse-image.ts";
import { buildImage } from "./build-image.ts";
import { chooseHosts } from "./choose-hosts.ts";
import { chooseMergeHost } from "./choose-merge-host.ts";
import { closeImage } from "./close-image.ts";
import { compareImages } from "./compare-images.ts";
import { compareWithBuild } from "./compare-with-build.ts";
import { compareWithSource } from "./compare-with-source.ts";
import { copyImagePath } from "./copy-image-path.ts";
import { copyPathInImage } from "./copy-path-in-image.ts";
import { extractFromImage } from "./extract-from-image.ts";
import { clearImagesFilter, filterImages } from "./filter-images.ts";
import { findInImage, toggleFindOption } from "./find-in-image.ts";
import { goToFileInImage } from "./go-to-file.ts";
import { layOutVersion } from "./lay-out-version.ts";
import { migrateTransfers } from "./migrate-transfers.ts";
import { newTransfer } from "./new-transfer.ts";
import { newUnit } from "./new-unit.ts";
import { openEntry, openToSide } from "./open-entry.ts";
import { openImage } from "./open-image.ts";
import { openOverview } from "./open-overview.ts";
import { openReleaseFile } from "./open-release-file.ts";
import { openTarget } from "./open-target.ts";
import { publish } from "./publish.ts";
import { refreshAfterUpdate } from "./refresh-after-update.ts";
import { refreshExtensions } from "./refresh-extensions.ts";
import { refreshImages } from "./refresh-images.ts";
import { refreshMerged } from "./refresh-merged.ts";
import { revealImage } from "./reveal-image.ts";
import { revealInMerged } from "./reveal-in-merged.ts";
import { serve } from "./serve.ts";
import { showEffectiveUnit } from "./show-effective-unit.ts";
import { hexGoToOffset, hexNextPage, hexPreviousPage, showHex } from "./show-hex.ts";
import { showUpdatePlan } from "./show-update-plan.ts";
import { showVerdicts } from "./show-verdicts.ts";
import {
  sortImagesByName,
  sortImagesBySize,
  sortImagesByStoredSize,
  sortImagesByTime,
  sortImagesByType,
} from "./sort-images.ts";

const runs: Readonly<Record<keyof typeof commands, CommandRun>> = {
  buildImage,
  openImage,
  closeImage,
  refreshImages,
  copyImagePath,
  revealImage,
  browseImage,
  openTarget,
  copyPathInImage,
  showEffectiveUnit,
  showVerdicts,
  openReleaseFile,
  newUnit,
  refreshExtensions,
  chooseHosts,
  chooseMergeHost,
  refreshMerged,
  newTransfer,
  refreshAfterUpdate,
  layOutVersion,
  migrateTransfers,
  publish,
  serve,
  showUpdatePlan,
  addImageFolder,
  compareImages,
  compareWithBuild,
  openEntry,
  openToSide,
  openOverview,
  compareWithSource,
  extractFromImage,
  revealInMerged,
  showHex,
  hexNextPage,
  hexPreviousPage,
  hexGoToOffset,
  findInImage,
  toggleFindOption,
  goToFileInImage,
  filterImages,
  clearImagesFilter,
  sortImagesByName,
  sortImagesBySize,
  sortImagesByStoredSize,
  sortImagesByType,
  sortImagesByTime,
  sortedImagesByName: sortImagesByName,
  sortedImagesBySize: sortImagesBySize,
  sortedImagesByStoredSize: sortImagesByStoredSize,
  sortedImagesByType: sortImagesByType,
  sortedImagesByTime: sortImagesByTime,
};

/** Registers all commands; one that fails says so in a sentence and in the log. */
export function registerCommands(services: Services): Disposable {
  const registrations = Object.entries(runs).map(([key, run]) => {
    const id = commands[key as keyof typeof commands];
    return editorCommands.registerCommand(id, (...args: unknown[]) => guarded(services, id, run, args));
  });
  return Disposable.from(...registrations);
}

async function guarded(services: Services, id: string, run: CommandRun, args: readonly unknown[]): Promise<unknown> {
  try {
    return await run(services, args);
  } catch (error) {
    void showProblem(services.log, sentenceOf(l10n.t('"{0}" failed', titleOf(id)), error), error);
    return undefined;
  }
}

/** The title by which the user knows a command, in the user's language. */
function titleOf(id: string): string {
  const entries: unknown = extensions.getExtension(extensionId)?.packageJSON.contributes.commands;
  const entry: unknown = Array.isArray(entries) ? entries.find(({ command }) => command === id) : undefined;
  const title = typeof entry === "object" && entry !== null ? Reflect.get(entry, "title") : undefined;
  return typeof title === "string" ? title : id;
}
