// The public seam of core: text and trees in, plain data out.
export type { CheckFacts, ExampleFile, ExampleTree } from "./checks/check.ts";
export { checkReadTree, checkTree, checkWholeTree, type TreeCheckOptions } from "./checks/check-tree.ts";
export { checkRelease } from "./checks/er/index.ts";
export { type ExampleFiles, exampleFiles, exampleTree } from "./checks/example-files.ts";
export type { Change, Finding, Fix, TreeFinding } from "./checks/finding.ts";
export { withSeverities } from "./checks/finding.ts";
export { checkDocumentation, checks } from "./checks/index.ts";
export { checkProject } from "./checks/project/project-file.ts";
export { checkTreeUpdates, checkUpdate, type UpdateCheckContext } from "./checks/transfer/check-updates.ts";
export {
  checkParsedUnit,
  checkTreeUnits,
  checkUnit,
  namesOf,
  type UnitCheckContext,
} from "./checks/unit/check-units.ts";
export { suppress } from "./checks/unit/suppression.ts";
export { complete } from "./features/complete.ts";
export type { Completion, CompletionKind } from "./features/completion.ts";
export { type Hover, hover } from "./features/hover.ts";
export { type OutlineEntry, outline } from "./features/outline.ts";
export { type ProgramSummary, summarizePrograms } from "./features/program-summary.ts";
export { completeUnit } from "./features/unit/complete.ts";
export { type UnitFeatureContext, updateFeatureContext } from "./features/unit/context.ts";
export { type EffectiveUnitText, effectiveUnit } from "./features/unit/effective.ts";
export {
  definitionsOfFeature,
  featureAt,
  filesOfSet,
  planFeatureRename,
  referencesToFeature,
} from "./features/unit/features-of-set.ts";
export { type Fold, foldsOfUnit } from "./features/unit/folding.ts";
export { type Edit, formatUnit, formatUnitRange } from "./features/unit/format.ts";
export { type Highlight, highlightsInUnit } from "./features/unit/highlight.ts";
export { hoverUnit } from "./features/unit/hover.ts";
export { hintsInUnit, type InlayHint } from "./features/unit/inlay-hints.ts";
export { type Link, linksIn, pathInTree } from "./features/unit/links.ts";
export {
  definitionsOf,
  descriptionOf,
  isSameUnit,
  mentionsIn,
  mentionsInRelease,
  type Place,
  referencesTo,
  unitAt,
} from "./features/unit/mentions.ts";
export { outlineOfUnit, type SectionOutline } from "./features/unit/outline.ts";
export { planRename, type RenamePlan } from "./features/unit/rename.ts";
export { selectionsInUnit } from "./features/unit/selection.ts";
export {
  type Token,
  type TokenType,
  tokenModifiers,
  tokensOfUnit,
  tokenTypes,
} from "./features/unit/semantic-tokens.ts";
export { type Signature, signatureInUnit } from "./features/unit/signature.ts";
export { type UnitStart, unitStarts } from "./features/unit-starts.ts";
export { type HostFile, hostFolder, type Refusal } from "./features/update/host-file.ts";
export { hostSpecifiers } from "./features/update/host-specifiers.ts";
export { type Migration, planMigration } from "./features/update/migration.ts";
export { assumedSystemd, type NewTransfer, newTransfer } from "./features/update/new-transfer.ts";
export { newestHint } from "./features/update/newest-hint.ts";
export { digestPlan, type PlanDigest } from "./features/update/plan-digest.ts";
export { type RefreshAfterUpdate, refreshAfterUpdate } from "./features/update/refresh-drop-in.ts";
export { imagePattern, type NamedExtension, versionedName } from "./features/update/update-names.ts";
export { type VersionedLayout, versionedLayout } from "./features/update/versioned-layout.ts";
export { findHost, hosts } from "./hosts/find-host.ts";
export { type FoundRelease, findRelease, type NamedRelease } from "./hosts/find-release.ts";
export { type ImageKind, type NamedImage, nameFault, readImageName, searchPath } from "./hosts/image-name.ts";
export { type ExtensionImage, type Judgement, type JudgeQuestion, judgeExtension } from "./hosts/judge.ts";
export { type MatchResult, type MatchRule, type MatchStep, matchRelease, type Verdict } from "./hosts/match.ts";
export { type HostVerdict, type MatchOverrides, matchHosts } from "./hosts/match-hosts.ts";
export {
  type Collision,
  listMerged,
  type MergeCandidate,
  type MergedEntry,
  type MergeLayer,
  type MergePlan,
  mergedFolders,
  planMerge,
  type RejectedExtension,
} from "./hosts/merge-plan.ts";
export { hostOfFile, readHostRelease } from "./hosts/os-release.ts";
export { pickVersion } from "./hosts/pick-version.ts";
export { readHost } from "./hosts/read-host.ts";
export { mergeableFacts, readImageFacts } from "./hosts/read-image.ts";
export { type Scope, scopes } from "./hosts/scope.ts";
export { compareVersions } from "./hosts/version-order.ts";
export { nameOfImage, type TreePlace } from "./model/extension-name.ts";
export { describeTree, type ExtensionTree, readProject, releaseContext } from "./model/extension-tree.ts";
export { findTrees } from "./model/find-trees.ts";
export { fieldsOf, knownExtensions } from "./model/known-extension.ts";
export { firstSystemd, type Project, type ProjectBuild, parseProjectChecks } from "./model/project.ts";
export { readText } from "./model/read-text.ts";
export {
  definitionAt,
  readTreeUpdates,
  readUpdateSets,
  setOf,
  setOfFiles,
  setsAround,
  type TreeUpdateFile,
  type TreeUpdates,
  updateSetOf,
} from "./model/read-update-set.ts";
export type { ExtensionClass, ReleaseContext, ReleaseTree } from "./model/release-context.ts";
export { parseReleaseFile, type ReleaseFile } from "./model/release-file.ts";
export { locateRelease, type ReleaseLocation, releasePath } from "./model/release-location.ts";
export type { Severity, SeverityOverrides } from "./model/severity.ts";
export type { Tree, TreeEntry, TreeStat } from "./model/tree.ts";
export { asOther, type BaseSystem, type OtherTree, type TreeContext } from "./model/tree-context.ts";
export { readTreeFacts, renewTreeFacts, type TreeFacts } from "./model/tree-facts.ts";
export { type ResolvedPath, readTreeFiles, type TreeFile, type TreeFiles } from "./model/tree-files.ts";
export { findMaker, type TreeMaker } from "./model/tree-maker.ts";
export { modeOf, readTreeUnits, type TreeUnits, unitsOf } from "./model/tree-units.ts";
export type { Unit, UnitSource } from "./model/unit.ts";
export { type UnitContext, unitContext } from "./model/unit-context.ts";
export { parseUnitFile, sectionsOfKind, type UnitFile } from "./model/unit-file.ts";
export { locateUnit, looksLikeUnit, type UnitLocation } from "./model/unit-location.ts";
export { parseUnitName, templateOf, type UnitName, type UnitType, unitTypes } from "./model/unit-name.ts";
export { unitOfFile } from "./model/unit-of-file.ts";
export { type KnownExtension, type UpdateContext, updateContext } from "./model/update-context.ts";
export {
  locateUpdate,
  looksLikeTransfer,
  looksLikeUpdate,
  type UpdateKind,
  type UpdateLocation,
  updateRoots,
} from "./model/update-location.ts";
export { transfersOf, type UpdateDefinition, type UpdateSet } from "./model/update-set.ts";
export { architectureAliases, architectures } from "./tables/architectures.ts";
export type { Host, HostRelease } from "./tables/host.ts";
export { newestSystemd } from "./tables/newest-systemd.ts";
export { type LineIndex, lineIndex, type Position } from "./text/line-index.ts";
export { findNearest } from "./text/nearest.ts";
export type { Span } from "./text/span.ts";
export {
  type BestBefore,
  bestBeforeName,
  compareBytes,
  earliestBestBefore,
  emptySha256,
  formatManifest,
  type Manifest,
  type ManifestEntry,
  type ManifestRemark,
  manifestName,
  manifestNameFault,
  parseManifest,
  readDate,
} from "./updates/manifest.ts";
export { planUpdate } from "./updates/plan.ts";
export { type SpecifierFacts, type SpecifierValues, specifierValues } from "./updates/specifier-values.ts";
export type { Transfer } from "./updates/transfer.ts";
export { readTransfers, type SetTransfer } from "./updates/transfers-of-set.ts";
export type {
  FileAttributes,
  ListedFile,
  PlanFault,
  PlanInput,
  PlannedDownload,
  PlannedInstance,
  PlannedMiss,
  PlannedVersion,
  ResourcePlan,
  TransferPlan,
  UpdatePlan,
} from "./updates/update-plan.ts";
