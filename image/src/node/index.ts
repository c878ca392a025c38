// The seam of image/ to node: files, folders and worker threads.
export { type AtomicFile, createAtomicFile } from "./atomic-file.ts";
export { buildImageFile } from "./build-image-file.ts";
export { cacheFolder } from "./cache-folder.ts";
export { nodeDecompressors } from "./codecs.ts";
export type { ExtractOptions, ExtractProgress, ExtractSummary, LeftOut } from "./extract-options.ts";
export { extractTree } from "./extract-tree.ts";
export { type FileSource, openFileSource } from "./file-source.ts";
export { fileStamp } from "./file-stamp.ts";
export { type HostFolderOptions, hostFolder } from "./host-folder.ts";
export { readHostXattrs } from "./host-xattrs.ts";
export { imageCacheFolder, type UnpackOptions } from "./image-cache.ts";
export { errorCode, ioError, ioReason } from "./io-error.ts";
export {
  type HandledImage,
  type ImageHandle,
  type OpenImageFile,
  type OpenImageFileOptions,
  openImageFile,
  openImagePartition,
} from "./open-image-file.ts";
export { type HostPathType, typeInFolder } from "./path-kind.ts";
export { checkImageVerity, type ReadImageVerityOptions, readImageVerity, type VerityImage } from "./verity-image.ts";
export type { BuildControl, ImageFileRequest } from "./write-image-file.ts";
