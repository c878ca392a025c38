// What an extraction asks of its worker threads, and what they answer.
import type { ImageErrorKind } from "../bytes/image-error.ts";
import type { ImageHandle } from "./open-image-file.ts";

export interface ExtractWorkerData {
  readonly image: ImageHandle;
  /** One number, which becomes 1 when all threads are to stop: a message would wait until a thread has nothing to do. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

/** A part of a file, and where it is written: all threads share the descriptors of their process. */
export interface FilePart {
  /** Path in the tree. */
  readonly path: string;
  readonly descriptor: number;
  /** The part's first byte and the one behind its last, both in the file. */
  readonly from: number;
  readonly to: number;
}

export type ExtractAnswer =
  /** `end` is where what was written ends; undefined when all of the part is a hole. */
  | { readonly kind: "copied"; readonly end: number | undefined }
  | { readonly kind: "stopped" }
  | {
      readonly kind: "failed";
      readonly message: string;
      /** Of an error of the image. */
      readonly errorKind?: ImageErrorKind;
      /** Of an error of the system. */
      readonly code?: string;
    };
