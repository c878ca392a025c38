// The nodes of the Images view: names of things, never their data.
import type { FileType } from "../../../image/src/index.ts";

/** An image; `image` is its id in the list of images. */
export interface ImageNode {
  readonly kind: "image";
  readonly image: string;
}

/** Of a disk: the files that a host takes for the extension, from its root and usr partitions. */
export interface FilesNode {
  readonly kind: "files";
  readonly image: string;
}

/** A partition of a disk; `image` is its own URI, see `partitionUri`. */
export interface PartitionNode {
  readonly kind: "partition";
  readonly image: string;
}

/** A file, folder or link inside an image. */
export interface EntryNode {
  readonly kind: "entry";
  /** The id of the image, or the URI of a partition. */
  readonly image: string;
  readonly path: string;
  readonly type: FileType;
  /** How many entries of the same name the damaged folder has before this one; absent for none. */
  readonly twin?: number;
}

/** A run of entries of a folder that is too big to be shown at once. */
export interface RangeNode {
  readonly kind: "range";
  readonly image: string;
  /** The folder's path. */
  readonly path: string;
  /** Index of the first entry of the run, in the order in which the view shows them. */
  readonly start: number;
  readonly firstName: string;
  readonly lastName: string;
}

/** Why an image or a folder cannot be shown. */
export interface ProblemNode {
  readonly kind: "problem";
  readonly image: string;
  /** Path of the folder that cannot be read; `""` for the image itself. */
  readonly path: string;
  /** A sentence. */
  readonly message: string;
  /** Set when it is about less than all. */
  readonly warning?: true;
}

export type ImagesNode = ImageNode | FilesNode | PartitionNode | EntryNode | RangeNode | ProblemNode;

/** A node whose children are a folder's entries. */
export type FolderNode = ImageNode | FilesNode | PartitionNode | EntryNode;

/** The same for two nodes only when they stand for the same thing; names may have any sign, so they come last. */
export function nodeId(node: ImagesNode): string {
  switch (node.kind) {
    case "image":
    case "files":
    case "partition":
      return `${node.kind}\n${node.image}`;
    case "entry":
      return `entry\n${node.image}\n${node.twin ?? 0}\n${node.path}`;
    case "range":
      return `range\n${node.image}\n${node.start}\n${node.path}`;
    case "problem":
      return `problem\n${node.image}\n${node.path}`;
  }
}

/** The path of the folder whose entries are the node's children. */
export function folderPath(node: FolderNode): string {
  return node.kind === "entry" ? node.path : "";
}

export function imageNode(id: string): ImageNode {
  return { kind: "image", image: id };
}

/** Whether a value that a menu handed over is a node. */
export function isImagesNode(value: unknown): value is ImagesNode {
  return typeof value === "object" && value !== null && "kind" in value && "image" in value;
}
