// How an extension is called: names of images, of folders and of release files.
import type { TreeMaker } from "./tree-maker.ts";

/** Folders in which other tools keep the tree of an extension that is called as the folder above. */
const containerFolders = new Set(["files", "rootfs", "root", "tree", "mkosi.extra", "overlayfs", "sysext", "confext"]);

/** The names of a tree's folder and of the one above it, and the tool that builds an image of it, when that is known. */
export interface TreePlace {
  readonly folder: string;
  readonly parent?: string;
  readonly maker?: TreeMaker;
}

/** The extension's name when nothing but its place tells it. */
export function nameOfPlace({ folder, parent }: TreePlace): string {
  return withoutClassSuffix(parent !== undefined && containerFolders.has(folder) ? parent : folder);
}

/** Drops `.raw` and then `.sysext` or `.confext`, as systemd does with an image's file name. */
export function nameOfImage(fileName: string): string {
  return withoutClassSuffix(fileName.replace(/\.raw$/, ""));
}

function withoutClassSuffix(name: string): string {
  return name.replace(/(.)\.(sysext|confext)$/, "$1");
}

/** The part of an image's name that a release file may be called after instead: what stands before the version. */
export function baseOfName(name: string): string {
  return /^[^_+]+/.exec(name)?.[0] ?? name;
}
