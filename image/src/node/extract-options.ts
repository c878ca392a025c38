// The options of an extraction and its summary.
import type { ExtractedImage } from "./extract-copiers.ts";

export interface ExtractOptions {
  /** Replaces files that exist; folders that exist are always filled, and symlinks never followed. */
  readonly force?: boolean;
  /** Whether the programs `setfattr`, `mknod` and `mkfifo` may be started. */
  readonly mayRunPrograms: boolean;
  /** Lets several threads copy large files, which open the image again. */
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
  /** Devices and fifos. */
  readonly special: number;
  /** Bytes of files, holes included. */
  readonly bytes: number;
  /** Entries that were not extracted. */
  readonly leftOut: readonly LeftOut[];
  /** What the files do not have that they have in the image, such as `owners: only root can change them`. */
  readonly notRestored: readonly string[];
}

export interface LeftOut {
  readonly path: string;
  /** Why: a clause. */
  readonly reason: string;
  /** Set when a file is in the way that `force` replaces. */
  readonly isThere?: true;
}
