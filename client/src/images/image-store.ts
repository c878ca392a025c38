// The editor's open images: files of this machine and of other file systems of the editor, in one pool.
import {
  type Disposable,
  type Event,
  EventEmitter,
  FileSystemError,
  l10n,
  ProgressLocation,
  Uri,
  window,
  workspace,
} from "vscode";
import {
  createImagePool,
  ImageError,
  type ImagePlace,
  memorySource,
  type OpenedImage,
  openImage,
} from "../../../image/src/index.ts";
import {
  errorCode,
  fileStamp,
  type HandledImage,
  ioReason,
  nodeDecompressors,
  openImageFile,
  openImagePartition,
} from "../../../image/src/node/index.ts";
import { partitionOf } from "./image-uri.ts";
import { isPacked } from "./packed-hint.ts";

/** Images of other file systems than the host's can only be read whole; bytes. */
const maxBytesInMemory = 256 * 1024 * 1024;

/** An image, and what other threads open it with where it is a file of this machine. */
export type StoredImage = HandledImage;

export interface ImageStore extends Disposable {
  /**
   * Runs `task` on the image at `uri` as it is on disk now; of a disk on the one partition that `uri` may name. Throws an ImageError when it cannot be opened.
   * The image stays open as long as the task runs, whatever happens to the file meanwhile.
   */
  use<Result>(uri: Uri, task: (image: StoredImage) => Promise<Result>): Promise<Result>;
  /** Whether the image is open, or is being opened, so that using it costs little. */
  isOpen(uri: Uri): boolean;
  /** Looks whether the file of an image that was used is another one now, gone, or there again, and tells who listens. */
  recheck(uri: Uri): Promise<void>;
  /** Fires with the URI of a file that was found to be another one than before, whether or not a watcher noticed. */
  readonly onDidNotice: Event<Uri>;
  /** Closes the image, and what is open of its partitions, once its users are done, so that the file can be replaced also where open files cannot. */
  release(uri: Uri): void;
  /** Does the same with all images. */
  releaseAll(): void;
}

export function createImageStore(): ImageStore {
  const notices = new EventEmitter<Uri>();
  const pool = createImagePool<StoredImage>({
    stamp: (file) => stampOf(Uri.parse(file)),
    open: (file) => openFile(Uri.parse(file)),
    openPartition: openImagePartition,
    onChange: (file) => notices.fire(Uri.parse(file)),
  });
  return {
    use: (uri, task) => pool.use(placeOfImage(uri), task),
    isOpen: (uri) => pool.isOpen(placeOfImage(uri)),
    onDidNotice: notices.event,
    recheck: (uri) => pool.recheck(placeOfImage(uri).file),
    release: (uri) => pool.release(placeOfImage(uri).file),
    releaseAll: pool.releaseAll,
    dispose() {
      pool.releaseAll();
      notices.dispose();
    },
  };
}

function placeOfImage(uri: Uri): ImagePlace {
  const file = uri.with({ fragment: "" }).toString();
  const partition = partitionOf(uri);
  return partition === undefined ? { file } : { file, partition };
}

/** Unpacks a compressed image into the cache, with a bar that can be stopped, unless it is there already. */
async function unpackAndOpen(uri: Uri): Promise<OpenedImage<StoredImage>> {
  const title = l10n.t("Unpacking {0}", uri.path.slice(uri.path.lastIndexOf("/") + 1));
  const progressOptions = { location: ProgressLocation.Notification, cancellable: true, title };
  return await window.withProgress(progressOptions, async (bar, token) => {
    const control = new AbortController();
    token.onCancellationRequested(() => control.abort());
    let told = 0;
    const progress = (done: number, total: number): void => {
      const percent = Math.floor((100 * done) / Math.max(1, total));
      if (percent > told) bar.report({ increment: percent - told });
      told = Math.max(told, percent);
    };
    try {
      return opened(await openImageFile(uri.fsPath, { unpack: { progress, signal: control.signal } }));
    } catch (error) {
      if (control.signal.aborted) throw new ImageError("io", l10n.t("the unpacking was stopped"));
      throw error;
    }
  });
}

function opened(image: StoredImage & { close(): Promise<void> }): OpenedImage<StoredImage> {
  return { image, close: image.close };
}

/** What tells one state of an image's file from the next. */
async function stampOf(uri: Uri): Promise<string> {
  try {
    if (uri.scheme === "file") return await fileStamp(uri.fsPath);
    const { size, mtime, ctime } = await workspace.fs.stat(uri);
    return `${size} ${mtime} ${ctime}`;
  } catch (error) {
    if (isMissing(error)) throw new ImageError("io", l10n.t("the image no longer exists"));
    throw new ImageError("io", ioReason(error));
  }
}

function isMissing(error: unknown): boolean {
  if (error instanceof FileSystemError) return error.code === "FileNotFound";
  return ["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "");
}

async function openFile(uri: Uri): Promise<OpenedImage<StoredImage>> {
  if (uri.scheme === "file") return isPacked(uri) ? await unpackAndOpen(uri) : opened(await openImageFile(uri.fsPath));
  const { size } = await workspace.fs.stat(uri);
  if (size > maxBytesInMemory) {
    throw new ImageError(
      "unsupported",
      l10n.t("only images up to 256 MB can be opened from here; copy this one to this machine"),
    );
  }
  const image = await openImage(memorySource(await workspace.fs.readFile(uri)), nodeDecompressors());
  return { image, close: async () => undefined };
}
