// What the build asks of its compressing threads, and what they answer.
import type { ImageErrorKind } from "../bytes/image-error.ts";
import type { BlockEncoding, BlockRequest, Piece } from "../codec/block-encoder.ts";

export interface EncodeWorkerData {
  /** The tree's folder, to which all paths are relative. */
  readonly folder: string;
  readonly encoding: BlockEncoding;
}

export type EncodeTask =
  | {
      readonly kind: "encode";
      readonly blocks: readonly BlockRequest[];
      /** Where the stored blocks go; long enough for them uncompressed. */
      readonly output: SharedArrayBuffer;
    }
  | { readonly kind: "fingerprints"; readonly files: readonly Piece[] };

export type EncodeAnswer =
  | { readonly kind: "encode"; readonly used: number; readonly lengths: readonly number[] }
  | { readonly kind: "fingerprints"; readonly texts: string[] }
  | { readonly kind: "failed"; readonly errorKind: ImageErrorKind; readonly message: string };
