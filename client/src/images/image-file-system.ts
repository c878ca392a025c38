// The files inside images as a read-only file system of VS Code, so that every editor and extension can read them.
import {
  type Disposable,
  type FileStat as EditorFileStat,
  FileType as EditorFileType,
  EventEmitter,
  type FileChangeEvent,
  FileChangeType,
  FilePermission,
  FileSystemError,
  type FileSystemProvider,
  l10n,
  MarkdownString,
  type Uri,
} from "vscode";
import { type FileStat, type FileTree, type FileType, ImageError } from "../../../image/src/index.ts";
import { formatBytes } from "../quantities.ts";
import { findFile } from "./find-file.ts";
import type { ImageList } from "./image-list.ts";
import type { ImageStore } from "./image-store.ts";
import { placeOf } from "./image-uri.ts";
import { escapeOddName } from "./odd-names.ts";
import { folderOf, joinPath, nameOf } from "./paths.ts";

/** An editor holds a file as a whole, so bigger ones are refused; bytes. */
const maxBytes = 256 * 1024 * 1024;

/** What an editor says to somebody who types into a file of an image. */
export function readOnlyReason(): MarkdownString {
  return new MarkdownString(l10n.t("A file inside an image cannot be changed; change it in the tree and build again."));
}

export function createImageFileSystem(images: ImageList, store: ImageStore): FileSystemProvider & Disposable {
  const changes = new EventEmitter<FileChangeEvent[]>();
  const watched = new Map<string, Uri>();
  const subscription = images.onDidChange((id) => {
    const touched = [...watched.values()].filter((uri) => id === undefined || placeOf(uri).image.toString() === id);
    changes.fire(touched.map((uri) => ({ type: FileChangeType.Changed, uri })));
  });

  /** Runs `task` on what `uri` leads to, symlinks followed. */
  async function at<Result>(
    uri: Uri,
    task: (tree: FileTree, path: string, stat: FileStat) => Promise<Result>,
  ): Promise<Result> {
    const { image, path } = placeOf(uri);
    try {
      return await store.use(image, async ({ tree }) => {
        const found = await findFile(tree, path);
        if (found.stat === undefined) throw FileSystemError.FileNotFound(uri);
        return await task(tree, found.path, found.stat);
      });
    } catch (error) {
      throw error instanceof ImageError ? FileSystemError.Unavailable(error.message) : error;
    }
  }

  return {
    onDidChangeFile: changes.event,

    watch(uri) {
      watched.set(uri.toString(), uri);
      return { dispose: () => watched.delete(uri.toString()) };
    },

    stat: (uri) =>
      at(uri, async (tree, path, stat) => {
        const own = placeOf(uri).path;
        const isLink = own !== path && (await isSymlink(tree, own));
        return editorStat(stat, isLink);
      }),

    readDirectory: (uri) =>
      at(uri, async (tree, path, stat) => {
        if (stat.type !== "directory") throw FileSystemError.FileNotADirectory(uri);
        const entries = await tree.list(path);
        return await Promise.all(
          entries.map(async ({ name, type }): Promise<[string, EditorFileType]> => {
            const shown = escapeOddName(name);
            if (type !== "symlink") return [shown, editorType(type)];
            return [shown, (await targetType(tree, joinPath(path, name))) | EditorFileType.SymbolicLink];
          }),
        );
      }),

    readFile: (uri) =>
      at(uri, async (tree, path, stat) => {
        if (stat.type === "directory") throw FileSystemError.FileIsADirectory(uri);
        if (stat.type !== "file")
          throw FileSystemError.Unavailable(l10n.t("it is a device, fifo or socket, not a file"));
        if (stat.size > maxBytes) {
          throw FileSystemError.Unavailable(
            l10n.t("the file has {0}, and files up to 256 MB can be opened", formatBytes(stat.size)),
          );
        }
        return await tree.read(path, 0, stat.size);
      }),

    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,

    dispose() {
      subscription.dispose();
      changes.dispose();
    },
  };
}

/** Whether the file itself is a link, in contrast to a folder on its path. */
async function isSymlink(tree: FileTree, path: string): Promise<boolean> {
  const folder = await findFile(tree, folderOf(path));
  return (await tree.stat(joinPath(folder.path, nameOf(path)))).type === "symlink";
}

/** A link that leads nowhere, or in a circle, spoils no list. */
async function targetType(tree: FileTree, path: string): Promise<EditorFileType> {
  const found = await findFile(tree, path).catch(() => undefined);
  return found?.stat === undefined ? EditorFileType.Unknown : editorType(found.stat.type);
}

function editorStat(stat: FileStat, isLink: boolean): EditorFileStat {
  const milliseconds = stat.mtime * 1000;
  return {
    type: isLink ? editorType(stat.type) | EditorFileType.SymbolicLink : editorType(stat.type),
    ctime: milliseconds,
    mtime: milliseconds,
    size: stat.size,
    permissions: FilePermission.Readonly,
  };
}

function editorType(type: FileType): EditorFileType {
  if (type === "file") return EditorFileType.File;
  if (type === "directory") return EditorFileType.Directory;
  return type === "symlink" ? EditorFileType.SymbolicLink : EditorFileType.Unknown;
}

function refuse(uri: Uri): never {
  throw FileSystemError.NoPermissions(uri);
}
