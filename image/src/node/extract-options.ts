// What an extraction may be told, and what it tells of itself.
import type { ExtractedImage } from "./extract-copiers.ts";

export interface ExtractOptions {
  /** Replaces files that are there already; folders are always filled, and links never followed. */
  readonly force?: boolean;
  /** Whether the programs `setfattr`, `mknod` and `mkfifo` may be started. */
  readonly mayRunPrograms: boolean;
  /** With it several threads copy what is large. */
  readonly image?: ExtractedImage;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExtractProgress) => void;
}

export interface ExtractProgress {
  readonly entries: number;
  readonly bytes: number;
}

export interface ExtractSummary {
  readonly files: number;
  readonly folders: number;
  readonly symlinks: number;
  /** Devices, fifos. */
  readonly special: number;
  /** Bytes of files, holes included. */
  readonly bytes: number;
  /** What is not there now, and why: a clause. */
  readonly leftOut: readonly LeftOut[];
  /** What the files do not have that they have in the image: sentences' parts such as `owners: only root may set them`. */
  readonly notRestored: readonly string[];
}

export interface LeftOut {
  readonly path: string;
  readonly reason: string;
  /** Whether it would have come with `force`. */
  readonly isThere?: true;
}
