// Keeps images open while somebody reads them: opened on first use, opened anew when the file has changed.
import {
  type Disposable,
  type Event,
  EventEmitter,
  FileSystemError,
  l10n,
  ProgressLocation,
  type Uri,
  window,
  workspace,
} from "vscode";
import { ImageError, memorySource, type OpenImage, openImage } from "../../../image/src/index.ts";
import { type ImageHandle, nodeDecompressors, openImageFile } from "../../../image/src/node/index.ts";
import { partitionOf } from "./image-uri.ts";
import { isPacked } from "./packed-hint.ts";

/** Images of other file systems than the host's can only be read whole; bytes. */
const mostBytesInMemory = 256 * 1024 * 1024;

/** An image, and what other threads open it with where it is a file of this machine. */
export interface StoredImage extends OpenImage {
  readonly handle?: ImageHandle;
}

interface OpenStoredImage extends StoredImage {
  close(): Promise<void>;
}

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

interface Slot {
  /** Changes when the file does. */
  readonly stamp: string;
  readonly image: Promise<OpenStoredImage>;
  users: number;
  retired: boolean;
}

export function createImageStore(): ImageStore {
  const slots = new Map<string, Slot>();
  const notices = new EventEmitter<Uri>();
  /** The stamp of each file when it was last looked at, or why it had none. */
  const seen = new Map<string, string>();

  function retire(key: string): void {
    const slot = slots.get(key);
    if (slot === undefined) return;
    slots.delete(key);
    slot.retired = true;
    closeIfUnused(slot);
  }

  function retireAll(): void {
    for (const key of [...slots.keys()]) retire(key);
    seen.clear();
  }

  /** The stamp of an image's file as it is now; throws an ImageError when there is none. */
  async function look(uri: Uri): Promise<string> {
    const file = uri.with({ fragment: "" });
    const found = await stampOf(file).then(
      (stamp) => ({ stamp, error: undefined }),
      (error: unknown) => ({ stamp: String(error), error }),
    );
    const before = seen.get(file.toString());
    seen.set(file.toString(), found.stamp);
    if (before !== undefined && before !== found.stamp) notices.fire(file);
    if (found.error !== undefined) throw found.error;
    return found.stamp;
  }

  async function slotFor(uri: Uri): Promise<Slot> {
    const key = uri.toString();
    const stamp = await look(uri);
    const current = slots.get(key);
    if (current?.stamp === stamp) return current;
    retire(key);
    const partition = partitionOf(uri);
    const image = partition === undefined ? openFile(uri) : openPartition(uri, partition);
    const slot: Slot = { stamp, image, users: 0, retired: false };
    slots.set(key, slot);
    // A failure is not kept: the next use tries again.
    slot.image.catch(() => slots.get(key) === slot && slots.delete(key));
    return slot;
  }

  /** A partition is read through its disk, which stays open as long as the partition does. */
  async function openPartition(uri: Uri, number: number): Promise<OpenStoredImage> {
    const disk = await slotFor(uri.with({ fragment: "" }));
    disk.users++;
    const close = async (): Promise<void> => {
      disk.users--;
      closeIfUnused(disk);
    };
    try {
      const image = await disk.image;
      const partition = image.disk?.partitions.find((one) => one.number === number);
      if (image.disk === undefined || partition === undefined) {
        throw new ImageError("unsupported", l10n.t("it has no partition {0} any more", number));
      }
      const handle = image.handle && { ...image.handle, partition: number };
      return { ...(await image.disk.open(partition)), ...(handle === undefined ? {} : { handle }), close };
    } catch (error) {
      await close();
      throw error;
    }
  }

  return {
    async use(uri, task) {
      const slot = await slotFor(uri);
      slot.users++;
      try {
        return await task(await slot.image);
      } finally {
        slot.users--;
        closeIfUnused(slot);
      }
    },
    isOpen: (uri) => slots.has(uri.toString()),
    onDidNotice: notices.event,
    async recheck(uri) {
      if (seen.has(uri.with({ fragment: "" }).toString())) await look(uri).catch(() => undefined);
    },
    release(uri) {
      const file = uri.with({ fragment: "" }).toString();
      seen.delete(file);
      for (const key of [...slots.keys()]) if (key === file || key.startsWith(`${file}#`)) retire(key);
    },
    releaseAll: retireAll,
    dispose() {
      retireAll();
      notices.dispose();
    },
  };
}

function closeIfUnused(slot: Slot): void {
  if (!slot.retired || slot.users > 0) return;
  slot.image.then(
    (image) => image.close(),
    () => undefined, // it was never open, and whoever asked has been told
  );
}

/** Unpacks a compressed image into the cache, with a bar that can be stopped, unless it is there already. */
async function unpackAndOpen(uri: Uri): Promise<OpenStoredImage> {
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
      return await openImageFile(uri.fsPath, { unpack: { progress, signal: control.signal } });
    } catch (error) {
      if (control.signal.aborted) throw new ImageError("io", l10n.t("the unpacking was stopped"));
      throw error;
    }
  });
}

/** What tells one state of a file from the next. */
async function stampOf(uri: Uri): Promise<string> {
  try {
    const { size, mtime, ctime } = await workspace.fs.stat(uri);
    return `${size} ${mtime} ${ctime}`;
  } catch (error) {
    if (error instanceof FileSystemError && error.code === "FileNotFound") {
      throw new ImageError("io", l10n.t("the image is not there any more"));
    }
    throw new ImageError("io", error instanceof Error ? error.message : String(error));
  }
}

async function openFile(uri: Uri): Promise<OpenStoredImage> {
  if (uri.scheme === "file") return isPacked(uri) ? await unpackAndOpen(uri) : await openImageFile(uri.fsPath);
  const { size } = await workspace.fs.stat(uri);
  if (size > mostBytesInMemory) {
    throw new ImageError(
      "unsupported",
      l10n.t("only images up to 256 MB can be opened from here; copy this one to this machine"),
    );
  }
  const image = await openImage(memorySource(await workspace.fs.readFile(uri)), nodeDecompressors());
  return { ...image, close: async () => undefined };
}
