// The public seam of updates/: what sources offer, publishing a folder, and serving it.
//
// The command line and the language server both read sources, and neither may import the other. What a source means is
// core's to say.
export {
  type CheckRequest,
  checkFolder,
  type PublicationProblem,
  type PublicationProblemKind,
} from "./check-folder.ts";
export type { After } from "./fetch-file.ts";
export { type SignControl, signatureFault, signText } from "./gpg.ts";
export { listFolder } from "./list-folder.ts";
export type { OfferedFile } from "./offered-file.ts";
export { type NewFile, type Publication, type PublishRequest, publishFolder } from "./publish-folder.ts";
export { type HashedFile, type HashProgress, signatureName } from "./publishable-files.ts";
export { maxManifestBytes, type ReadControl, readSource, type Source } from "./read-source.ts";
export { type FolderServer, isLoopback, type ServedRequest, type ServeOptions, serveFolder } from "./serve-folder.ts";
export { UpdateError } from "./update-error.ts";
