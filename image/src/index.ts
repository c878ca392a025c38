// The public seam of image/: what readers, writers and trees offer to the rest of the project.
export type { BuildCounts, BuildProgress, TreePlan } from "./build.ts";
export { type ByteSink, type ByteSource, type CancelSignal, memorySource } from "./bytes/byte-source.ts";
export { ImageError, type ImageErrorKind } from "./bytes/image-error.ts";
export type { BuildCompression, Compression, Decompress, Decompressors } from "./codec/codec.ts";
export type { Content, FileCompression } from "./content.ts";
export { detectContent } from "./detect.ts";
export { buildPlan, describePlan, optionsOfPlan, sourceDateEpoch } from "./formats/build-plan.ts";
export { commandArguments, commandOptions, writtenByCommand } from "./formats/command-options.ts";
export type { WrittenOptions } from "./formats/format-options.ts";
export { type BuildPlan, writableFormats } from "./formats/writable-formats.ts";
export {
  createImagePool,
  type ImagePlace,
  type ImagePool,
  type ImagePoolOptions,
  type OpenedImage,
  type PoolClock,
} from "./image-pool.ts";
export type { ImageFacts, OpenDisk, OpenImage } from "./image-reader.ts";
export { type OpenImageOptions, openImage } from "./open-image.ts";
export type { Partition, PartitionRole, PartitionTable } from "./partitions/partition-table.ts";
export { imageEndings, isReadable } from "./readers.ts";
export {
  type Aspect,
  type CompareOptions,
  type CompareProgress,
  compareTrees,
  type TreeDifference,
} from "./tree/compare.ts";
export { type ChangedFile, diffTrees, type TreeChange } from "./tree/diff.ts";
export type { FileStat, FileTree, FileType, StatEntry, TreeEntry } from "./tree/file-tree.ts";
export { type MemoryFiles, memoryTree } from "./tree/memory-tree.ts";
export { compareNames, decodeName, encodeName, isOddName } from "./tree/names.ts";
export { resolvePath } from "./tree/resolve.ts";
export { deviceNumbers, modeText } from "./tree/stat-text.ts";
export { storedTree } from "./tree/stored-tree.ts";
export { countUsage, type Usage, type UsageCounts, type UsageFolder, type UsageOptions } from "./tree/usage.ts";
export type { Sized } from "./tree/usage-largest.ts";
export { type LevelOptions, type UsageItem, type UsageMeasure, usageLevel } from "./tree/usage-level.ts";
export { type WalkedEntry, walkTree } from "./tree/walk.ts";
export type { CheckVerityOptions } from "./verity/check-verity.ts";
export { type ReadVerityOptions, readVerity } from "./verity/read-verity.ts";
export type { HashFunction, SignatureScheme, VerityCrypto } from "./verity/verity-crypto.ts";
export type { VerityHints } from "./verity/verity-members.ts";
export type {
  RootHashSource,
  VerityCertificate,
  VerityCheck,
  VerityFault,
  VerityRootHash,
  VeritySignature,
  VerityState,
  VerityTree,
} from "./verity/verity-state.ts";
