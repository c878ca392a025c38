// The nodes of the Images view: names of things, never their data.
import type { FileType } from "../../../image/src/index.ts";

/** An image; `image` is its id in the list of images. */
export interface ImageNode {
  readonly kind: "image";
  readonly image: string;
}

/** A file, folder or link inside an image. */
export interface EntryNode {
  readonly kind: "entry";
  readonly image: string;
  readonly path: string;
  readonly type: FileType;
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
}

export type ImagesNode = ImageNode | EntryNode | RangeNode | ProblemNode;

/** The same for two nodes only when they stand for the same thing. */
export function nodeId(node: ImagesNode): string {
  switch (node.kind) {
    case "image":
      return node.image;
    case "entry":
      return `${node.image}\n${node.path}`;
    case "range":
      return `${node.image}\n${node.path}\n${node.start}`;
    case "problem":
      return `${node.image}\n${node.path}\n!`;
  }
}

/** Whether a value that a menu handed over is a node. */
export function isImagesNode(value: unknown): value is ImagesNode {
  return typeof value === "object" && value !== null && "kind" in value && "image" in value;
}
