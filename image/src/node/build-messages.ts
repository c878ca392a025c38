// What the one who builds an image and the thread that does it say to each other.
import type { BuildCounts, BuildProgress } from "../build.ts";
import type { ImageErrorKind } from "../bytes/image-error.ts";
import type { ImageFileRequest } from "./write-image-file.ts";

export interface BuildWorkerData {
  readonly request: ImageFileRequest;
  /** The name of the image until it is complete, so that it can be removed when the thread dies. */
  readonly temporary: string;
}

export type BuildOrder = "cancel";

export type BuildNews =
  | { readonly kind: "progress"; readonly progress: BuildProgress }
  | { readonly kind: "done"; readonly counts: BuildCounts }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly errorKind: ImageErrorKind; readonly message: string }
  /** A fault of the program itself. */
  | { readonly kind: "broken"; readonly error: unknown };
