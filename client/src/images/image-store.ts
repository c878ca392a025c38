// Keeps images open while somebody reads them: opened on first use, opened anew when the file has changed.
import { type Disposable, FileSystemError, l10n, ProgressLocation, type Uri, window, workspace } from "vscode";
import {
  ImageError,
  memorySource,
  type OpenImage,
  type OpenImageOptions,
  openImage,
} from "../../../image/src/index.ts";
import { nodeDecompressors, openImageFile } from "../../../image/src/node/index.ts";
import { partitionOf } from "./image-uri.ts";

/** Images of other file systems than the host's can only be read whole; bytes. */
const mostBytesInMemory = 256 * 1024 * 1024;
/** Names of images that came compressed, and are unpacked before they are opened. */
const isPacked = /\.(zst|xz|gz)$/i;

export interface ImageStore extends Disposable {
  /**
   * Runs `task` on the image at `uri` as it is on disk now; of a disk on the one partition that `uri` may name. Throws an ImageError when it cannot be opened.
   * The image stays open as long as the task runs, whatever happens to the file meanwhile.
   */
  use<Result>(uri: Uri, task: (image: OpenImage) => Promise<Result>): Promise<Result>;
  /** Closes the image, and what is open of its partitions, once its users are done, so that the file can be replaced also where open files cannot. */
  release(uri: Uri): void;
  /** Does the same with all images. */
  releaseAll(): void;
}

interface Slot {
  /** Changes when the file does. */
  readonly stamp: string;
  readonly image: Promise<OpenImage & { close(): Promise<void> }>;
  users: number;
  retired: boolean;
}

export function createImageStore(): ImageStore {
  const slots = new Map<string, Slot>();

  function retire(key: string): void {
    const slot = slots.get(key);
    if (slot === undefined) return;
    slots.delete(key);
    slot.retired = true;
    closeIfUnused(slot);
  }

  function retireAll(): void {
    for (const key of [...slots.keys()]) retire(key);
  }

  async function slotFor(uri: Uri): Promise<Slot> {
    const key = uri.toString();
    const stamp = await stampOf(uri);
    const current = slots.get(key);
    if (current?.stamp === stamp) return current;
    retire(key);
    const slot: Slot = { stamp, image: open(uri), users: 0, retired: false };
    slots.set(key, slot);
    // A failure is not kept: the next use tries again.
    slot.image.catch(() => slots.get(key) === slot && slots.delete(key));
    return slot;
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
    release(uri) {
      const file = uri.with({ fragment: "" }).toString();
      for (const key of [...slots.keys()]) if (key === file || key.startsWith(`${file}#`)) retire(key);
    },
    releaseAll: retireAll,
    dispose: retireAll,
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
async function unpackAndOpen(uri: Uri, options: OpenImageOptions): Promise<OpenImage & { close(): Promise<void> }> {
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
      return await openImageFile(uri.fsPath, { ...options, unpack: { progress, signal: control.signal } });
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

async function open(uri: Uri): Promise<OpenImage & { close(): Promise<void> }> {
  const partition = partitionOf(uri);
  const options = partition === undefined ? {} : { partition };
  if (uri.scheme === "file") {
    if (!isPacked.test(uri.path)) return await openImageFile(uri.fsPath, options);
    return await unpackAndOpen(uri, options);
  }
  const { size } = await workspace.fs.stat(uri);
  if (size > mostBytesInMemory) {
    throw new ImageError(
      "unsupported",
      l10n.t("only images up to 256 MB can be opened from here; copy this one to this machine"),
    );
  }
  const image = await openImage(memorySource(await workspace.fs.readFile(uri)), nodeDecompressors(), options);
  return { ...image, close: async () => undefined };
}
