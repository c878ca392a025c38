// What the one who builds an image and the thread that does it say to each other.
import type { BuildCounts, BuildProgress } from "../build.ts";
import type { ImageErrorKind } from "../bytes/image-error.ts";

export type BuildOrder = "cancel";

export type BuildNews =
  | { readonly kind: "progress"; readonly progress: BuildProgress }
  | { readonly kind: "done"; readonly counts: BuildCounts }
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly errorKind: ImageErrorKind; readonly message: string }
  /** A fault of the program itself. */
  | { readonly kind: "broken"; readonly error: unknown };
