// What decides the bytes of a squashfs image besides its tree.
import type { TreePlan } from "../build.ts";
import type { BuildCompression } from "../codec/codec.ts";

export interface SquashfsPlan extends TreePlan {
  readonly format: "squashfs";
  readonly compression: BuildCompression;
  /** gzip 1 to 9, zstd 1 to 22; ignored by `none`. */
  readonly level: number;
  /** Bytes: a power of two from 4096 to 1048576. */
  readonly blockSize: number;
}
