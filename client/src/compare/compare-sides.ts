// The two sides of a comparison: an image, or a source tree as an image built from it would contain it.
import path from "node:path";
import { l10n, Uri, workspace } from "vscode";
import { type FileTree, ImageError, storedTree } from "../../../image/src/index.ts";
import { hostFolder, readHostXattrs } from "../../../image/src/node/index.ts";
import type { Analysis } from "../analysis.ts";
import { planOfTree } from "../build-settings.ts";
import type { ImageStore } from "../images/image-store.ts";
import { imageUri, partitionOf } from "../images/image-uri.ts";

export interface CompareSide {
  readonly kind: "image" | "tree";
  /** Of the image's file, with `#partition=N` for one partition, or of the tree's folder. */
  readonly uri: Uri;
}

/** For reading: the name of the image's file or of the tree's folder. */
export function sideName({ kind, uri }: CompareSide): string {
  const name = path.posix.basename(uri.path);
  const partition = partitionOf(uri);
  if (kind === "tree") return l10n.t("{0} (source)", name);
  return partition === undefined ? name : l10n.t("{0}, partition {1}", name, partition);
}

/** The URI by which an editor shows a file of a side. */
export function fileOfSide({ kind, uri }: CompareSide, file: string): Uri {
  return kind === "image" ? imageUri(uri, file) : Uri.joinPath(uri, file);
}

/** The files of a side that are compared. */
export interface ComparedTree {
  readonly tree: FileTree;
  /** What cannot be compared, and why; a sentence without its full stop. */
  readonly caveat?: string;
}

/** Runs `task` on the files of a side. Throws an ImageError when they cannot be read. */
export async function withSide<Result>(
  { analysis, store }: { readonly analysis: Pick<Analysis, "describeTree">; readonly store: ImageStore },
  side: CompareSide,
  task: (compared: ComparedTree) => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  if (side.kind === "image") {
    return await store.use(side.uri, async ({ tree, format, facts }) => {
      if (format === "disk") throw new ImageError("unsupported", facts.warning ?? l10n.t("it has no files"));
      return await task({ tree });
    });
  }
  const described = await analysis.describeTree(side.uri);
  if (described === null) throw new ImageError("io", l10n.t('"{0}" is no longer an extension tree', side.uri.fsPath));
  const { hierarchies } = described;
  const folder = side.uri.fsPath;
  const xattrs = workspace.isTrusted ? await readHostXattrs(folder, hierarchies, signal) : undefined;
  const files = hostFolder(folder, xattrs === undefined ? {} : { xattrs });
  const tree = storedTree(files, hierarchies, planOfTree(described).sourceDateEpoch);
  return await task(xattrs === undefined ? { tree, caveat: unknownXattrs(side) } : { tree });
}

function unknownXattrs(side: CompareSide): string {
  return workspace.isTrusted
    ? l10n.t(
        'Attributes are not compared: those of "{0}" are read with the program getfattr, which is missing or failed',
        sideName(side),
      )
    : l10n.t('Attributes are not compared: those of "{0}" are read only in a trusted workspace', sideName(side));
}
