// Updates with systemd-sysupdate: its definitions and their sets, manifests, what an update would do, and what an author needs for one.
export { type HostFile, hostFolder, type Refusal } from "../features/update/host-file.ts";
export { hostSpecifiers } from "../features/update/host-specifiers.ts";
export { type Migration, planMigration } from "../features/update/migration.ts";
export { assumedSystemd, type NewTransfer, newTransfer } from "../features/update/new-transfer.ts";
export { newestHint } from "../features/update/newest-hint.ts";
export { digestPlan, type PlanDigest } from "../features/update/plan-digest.ts";
export { type RefreshAfterUpdate, refreshAfterUpdate } from "../features/update/refresh-drop-in.ts";
export { imagePattern, type NamedExtension, versionedName } from "../features/update/update-names.ts";
export { type VersionedLayout, versionedLayout } from "../features/update/versioned-layout.ts";
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
} from "../model/read-update-set.ts";
export { type KnownExtension, type UpdateContext, updateContext } from "../model/update-context.ts";
export {
  locateUpdate,
  looksLikeTransfer,
  looksLikeUpdate,
  type UpdateKind,
  type UpdateLocation,
  updateRoots,
} from "../model/update-location.ts";
export { transfersOf, type UpdateDefinition, type UpdateSet } from "../model/update-set.ts";
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
} from "../updates/manifest.ts";
export { planUpdate } from "../updates/plan.ts";
export { type SpecifierFacts, type SpecifierValues, specifierValues } from "../updates/specifier-values.ts";
export type { Transfer } from "../updates/transfer.ts";
export { readTransfers, type SetTransfer } from "../updates/transfers-of-set.ts";
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
} from "../updates/update-plan.ts";
