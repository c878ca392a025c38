// What a command may use: the services that `activate` has built.
import type { LogOutputChannel, Memento, TreeView } from "vscode";
import type { Analysis } from "./analysis.ts";
import type { ComparePanels } from "./compare/compare-panels.ts";
import type { HexDocuments } from "./hex/hex-documents.ts";
import type { ImageList } from "./images/image-list.ts";
import type { ImageStore } from "./images/image-store.ts";
import type { FindPick } from "./search/find-pick.ts";
import type { ImageIndexes } from "./search/image-indexes.ts";
import type { CliTasks } from "./tasks/task-provider.ts";
import type { EffectiveUnits } from "./units/effective-units.ts";
import type { UpdatePlanPanels } from "./updates/update-plan-panels.ts";
import type { VerdictPanels } from "./verdicts/verdict-panels.ts";
import type { ExtensionsView } from "./views/extensions-view.ts";
import type { ImagesNode } from "./views/images-node.ts";
import type { ImagesView } from "./views/images-view.ts";
import type { MergedNode, MergedView } from "./views/merged-view.ts";

export interface Services {
  readonly analysis: Analysis;
  readonly effectiveUnits: EffectiveUnits;
  readonly images: ImageList;
  readonly store: ImageStore;
  readonly indexes: ImageIndexes;
  readonly findPick: FindPick;
  readonly hexDocuments: HexDocuments;
  readonly imagesView: ImagesView;
  readonly treeView: TreeView<ImagesNode>;
  readonly extensionsView: ExtensionsView;
  readonly mergedView: MergedView;
  readonly mergedTree: TreeView<MergedNode>;
  readonly verdictPanels: VerdictPanels;
  readonly updatePlanPanels: UpdatePlanPanels;
  readonly comparePanels: ComparePanels;
  readonly tasks: CliTasks;
  /** What is remembered for the workspace. */
  readonly memory: Memento;
  readonly log: LogOutputChannel;
}

/** A command's work. Arguments come from menus, key bindings and other extensions, so each command checks its own. */
export type CommandRun = (services: Services, args: readonly unknown[]) => Promise<unknown>;
