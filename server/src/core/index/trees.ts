// Trees of extensions: finding and describing them, their project and release files, and their programs.
export { type ProgramSummary, summarizePrograms } from "../features/program-summary.ts";
export { nameOfImage, type TreePlace } from "../model/extension-name.ts";
export { describeTree, type ExtensionTree, readProject, releaseContext } from "../model/extension-tree.ts";
export { findTrees } from "../model/find-trees.ts";
export { fieldsOf, knownExtensions } from "../model/known-extension.ts";
export { firstSystemd, type Project, type ProjectBuild, parseProjectChecks } from "../model/project.ts";
export { readText } from "../model/read-text.ts";
export type { ExtensionClass, ReleaseContext, ReleaseTree } from "../model/release-context.ts";
export { parseReleaseFile, type ReleaseFile } from "../model/release-file.ts";
export { locateRelease, type ReleaseLocation, releasePath } from "../model/release-location.ts";
export type { Tree, TreeEntry, TreeStat } from "../model/tree.ts";
export { asOther, type BaseSystem, type OtherTree, type TreeContext, type UnknownHost } from "../model/tree-context.ts";
export { readTreeFacts, renewTreeFacts, type TreeFacts } from "../model/tree-facts.ts";
export { type ResolvedPath, readTreeFiles, type TreeFile, type TreeFiles } from "../model/tree-files.ts";
export { findMaker, type TreeMaker } from "../model/tree-maker.ts";
