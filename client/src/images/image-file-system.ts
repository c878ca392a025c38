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
import type { ImageList } from "./image-list.ts";
import type { ImageStore } from "./image-store.ts";
import { placeOf } from "./image-uri.ts";
import { escapeOddName } from "./odd-names.ts";
import { resolvePath } from "./resolve-path.ts";

/** An editor holds a file as a whole, so bigger ones are refused; bytes. */
const mostBytes = 256 * 1024 * 1024;

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
        const place = await resolvePath(tree, path);
        if (place.kind !== "found") throw FileSystemError.FileNotFound(uri);
        return await task(tree, place.path, place.stat);
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
            const target = await resolvePath(tree, path === "" ? name : `${path}/${name}`);
            const targetType = target.kind === "found" ? editorType(target.stat.type) : EditorFileType.Unknown;
            return [shown, targetType | EditorFileType.SymbolicLink];
          }),
        );
      }),

    readFile: (uri) =>
      at(uri, async (tree, path, stat) => {
        if (stat.type === "directory") throw FileSystemError.FileIsADirectory(uri);
        if (stat.type !== "file")
          throw FileSystemError.Unavailable(l10n.t("it is a device, fifo or socket, not a file"));
        if (stat.size > mostBytes) {
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

async function isSymlink(tree: FileTree, path: string): Promise<boolean> {
  // A link on the way makes the path another one too, which is no mark of the file itself.
  const folder = await resolvePath(tree, path.split("/").slice(0, -1).join("/"));
  if (folder.kind !== "found") return false;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return (await tree.stat(folder.path === "" ? name : `${folder.path}/${name}`)).type === "symlink";
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
