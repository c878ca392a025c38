// Which images the workbench shows: the .raw files of the workspace, compressed or not, and those that the user opened, remembered per workspace.
import {
  Disposable,
  type Event,
  EventEmitter,
  type FileSystemWatcher,
  type Memento,
  Uri,
  window,
  workspace,
} from "vscode";
import { watchFile } from "../watch-files.ts";
import type { ImageStore } from "./image-store.ts";

export interface ListedImage {
  /** The image's URI as text; what nodes and events hold. */
  readonly id: string;
  readonly uri: Uri;
  /** Whether the user opened it, in contrast to an image that lies in the workspace. */
  readonly opened: boolean;
}

export interface ImageList extends Disposable {
  /** All images in the order of their names; the workspace's are looked up on first use. */
  list(): Promise<readonly ListedImage[]>;
  /** Adds an image, unless it is there; returns it. */
  open(uri: Uri): Promise<ListedImage>;
  /** Takes an image off the list that the user had opened. */
  close(id: string): Promise<void>;
  /** Looks up the workspace's images again and takes all others as changed. */
  refresh(): void;
  /** Looks at the files of all images that are in use: not every file system tells of changes. */
  recheck(): Promise<void>;
  /** Fires with the id of an image whose file changed, or undefined when the list changed. */
  readonly onDidChange: Event<string | undefined>;
}

const pattern = "**/*.{raw,raw.zst,raw.xz,raw.gz}";
const maxImages = 1000;
const memory = "sysext.openedImages";

export function createImageList(state: Memento, store: ImageStore): ImageList {
  const changes = new EventEmitter<string | undefined>();
  const opened = new Map<string, ListedImage>();
  const watchers = new Map<string, Disposable>();
  let workspaceImages: Promise<Map<string, ListedImage>> | undefined;

  const changed = (uri: Uri): void => {
    store.release(uri);
    changes.fire(uri.toString());
  };
  const listChanged = (uri: Uri): void => {
    store.release(uri);
    workspaceImages = undefined;
    changes.fire(undefined);
  };

  function addOpened(uri: Uri): ListedImage {
    const image = { id: uri.toString(), uri, opened: true };
    opened.set(image.id, image);
    watchers.set(image.id, watchFile(uri, changed));
    return image;
  }

  async function findWorkspaceImages(): Promise<Map<string, ListedImage>> {
    workspaceImages ??= findImages();
    return await workspaceImages;
  }

  /** An image of the workspace that was made a moment ago, so that no watcher has told of it yet. */
  async function findNewImage(uri: Uri): Promise<ListedImage | undefined> {
    if (workspace.getWorkspaceFolder(uri) === undefined) return undefined;
    workspaceImages = undefined;
    const image = (await findWorkspaceImages()).get(uri.toString());
    if (image !== undefined) changes.fire(undefined);
    return image;
  }

  async function recheck(): Promise<void> {
    const uris = new Map([...opened, ...((await workspaceImages) ?? [])]);
    await Promise.all(Array.from(uris.values(), ({ uri }) => store.recheck(uri)));
  }

  const remember = (): Thenable<void> => state.update(memory, [...opened.keys()]);
  for (const id of state.get<string[]>(memory, [])) addOpened(Uri.parse(id));
  const subscriptions = [
    watch(workspace.createFileSystemWatcher(pattern), changed, listChanged),
    store.onDidNotice((uri) => changes.fire(uri.toString())),
    window.onDidChangeWindowState(({ focused }) => focused && void recheck()),
    workspace.onDidChangeWorkspaceFolders(() => {
      workspaceImages = undefined;
      changes.fire(undefined);
    }),
  ];

  return {
    onDidChange: changes.event,

    async list() {
      const images = new Map([...opened, ...(await findWorkspaceImages())]);
      return [...images.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    },

    async open(uri) {
      const id = uri.toString();
      const known = (await findWorkspaceImages()).get(id) ?? opened.get(id) ?? (await findNewImage(uri));
      if (known !== undefined) return known;
      const image = addOpened(uri);
      changes.fire(undefined);
      await remember();
      return image;
    },

    async close(id) {
      const image = opened.get(id);
      if (image === undefined) return;
      opened.delete(id);
      watchers.get(id)?.dispose();
      watchers.delete(id);
      store.release(image.uri);
      changes.fire(undefined);
      await remember();
    },

    refresh() {
      workspaceImages = undefined;
      store.releaseAll();
      changes.fire(undefined);
    },

    recheck,

    dispose() {
      Disposable.from(changes, ...subscriptions, ...watchers.values()).dispose();
    },
  };
}

async function findImages(): Promise<Map<string, ListedImage>> {
  const found = await workspace.findFiles(pattern, undefined, maxImages);
  return new Map(found.map((uri) => [uri.toString(), { id: uri.toString(), uri, opened: false }]));
}

function watch(watcher: FileSystemWatcher, onChange: (uri: Uri) => void, onComeOrGo: (uri: Uri) => void): Disposable {
  return Disposable.from(
    watcher,
    watcher.onDidChange(onChange),
    watcher.onDidCreate(onComeOrGo),
    watcher.onDidDelete(onComeOrGo),
  );
}
