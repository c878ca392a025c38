// Entry of the extension in VS Code: builds its services and connects them, nothing else.
import * as vscode from "vscode";
import { imageScheme, taskType, views } from "../../shared/src/ids.ts";
import { createAnalysis } from "./analysis.ts";
import { buildTree } from "./build-tree.ts";
import { claimLooseFiles } from "./claim-loose-files.ts";
import { registerCommands } from "./commands/index.ts";
import { createComparePanels } from "./compare/compare-panels.ts";
import { createHexDocuments } from "./hex/hex-documents.ts";
import { createImageDecorations, type ImageDecorations } from "./images/image-decorations.ts";
import { createImageFileSystem, readOnlyReason } from "./images/image-file-system.ts";
import { markImageFolders } from "./images/image-folders.ts";
import { createImageList } from "./images/image-list.ts";
import { createImageStore } from "./images/image-store.ts";
import { createLanguageStatus } from "./language-status.ts";
import { createOverviewEditor, type OverviewEditor } from "./overview/overview-editor.ts";
import { createFindPick } from "./search/find-pick.ts";
import { createImageIndexes } from "./search/image-indexes.ts";
import type { Services } from "./services.ts";
import { createTaskProvider } from "./tasks/task-provider.ts";
import { markTrees } from "./tree-context.ts";
import { createEffectiveUnits } from "./units/effective-units.ts";
import { createUpdatePlanPanels } from "./updates/update-plan-panels.ts";
import { createVerdictPanels } from "./verdicts/verdict-panels.ts";
import { createExtensionsView } from "./views/extensions-view.ts";
import { createImagesTree } from "./views/images-tree.ts";
import { createImagesView } from "./views/images-view.ts";
import { createMergedView } from "./views/merged-view.ts";

/** What `activate` hands to tests and to other extensions. */
export interface ExtensionApi
  extends Pick<
    Services,
    | "analysis"
    | "comparePanels"
    | "updatePlanPanels"
    | "images"
    | "store"
    | "indexes"
    | "imagesView"
    | "treeView"
    | "extensionsView"
    | "mergedView"
    | "mergedTree"
  > {
  readonly overviews: OverviewEditor;
  readonly decorations: ImageDecorations;
  /** Builds a tree's image without any dialog; see `buildTree`. */
  readonly buildTree: typeof buildTree;
}

export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const log = vscode.window.createOutputChannel("Sysext Workbench", { log: true });
  const analysis = createAnalysis(context, log);
  const store = createImageStore();
  const images = createImageList(context.workspaceState, store);
  const indexes = createImageIndexes(store);
  const imagesView = createImagesView({ images, store, indexes, memory: context.workspaceState });
  const imagesTree = createImagesTree(imagesView, { images, store });
  const findPick = createFindPick({ store, indexes });
  const hexDocuments = createHexDocuments(images, store);
  const decorations = createImageDecorations(images, store);
  const fileSystem = createImageFileSystem(images, store);
  const effectiveUnits = createEffectiveUnits(analysis, log);
  const extensionsView = createExtensionsView(analysis);
  const mergedView = createMergedView(analysis, context.workspaceState);
  const mergedTree = vscode.window.createTreeView(views.merged, {
    treeDataProvider: mergedView,
    showCollapseAll: true,
  });
  const pageHost = { extension: context.extensionUri, log };
  const verdictPanels = createVerdictPanels(pageHost, analysis);
  const updatePlanPanels = createUpdatePlanPanels(pageHost, analysis, context.workspaceState);
  const comparePanels = createComparePanels(pageHost, { analysis, store, images });
  const overviews = createOverviewEditor(pageHost, { analysis, store, images });
  const tasks = createTaskProvider(context.extensionUri, analysis);
  const services: Services = {
    analysis,
    effectiveUnits,
    images,
    store,
    indexes,
    findPick,
    hexDocuments,
    imagesView,
    treeView: imagesTree.treeView,
    extensionsView,
    mergedView,
    mergedTree,
    verdictPanels,
    updatePlanPanels,
    comparePanels,
    tasks,
    memory: context.workspaceState,
    log,
  };

  context.subscriptions.push(
    log,
    analysis,
    store,
    images,
    indexes,
    imagesView,
    imagesTree,
    findPick,
    hexDocuments,
    decorations,
    vscode.window.registerFileDecorationProvider(decorations),
    fileSystem,
    vscode.workspace.registerFileSystemProvider(imageScheme, fileSystem, {
      isReadonly: readOnlyReason(),
      isCaseSensitive: true,
    }),
    vscode.tasks.registerTaskProvider(taskType, tasks),
    effectiveUnits,
    extensionsView,
    vscode.window.createTreeView(views.extensions, { treeDataProvider: extensionsView, showCollapseAll: true }),
    mergedView,
    mergedTree,
    mergedView.onDidChangeHost((title) => {
      mergedTree.description = vscode.l10n.t("on {0}", title);
    }),
    verdictPanels,
    updatePlanPanels,
    comparePanels,
    overviews,
    createLanguageStatus(),
    registerCommands(services),
    markTrees(analysis, log),
    markImageFolders(images, log),
    claimLooseFiles(analysis, log),
  );
  return { ...services, overviews, decorations, buildTree };
}
