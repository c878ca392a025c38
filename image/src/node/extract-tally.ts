// Counts what an extraction has made and left out.
import type { ExtractProgress, ExtractSummary, LeftOut } from "./extract-options.ts";

type Counts = Pick<ExtractSummary, "files" | "folders" | "symlinks" | "special" | "bytes">;

export interface Tally {
  /** Counts one entry that is there now. */
  count(kind: "files" | "folders" | "symlinks" | "special"): void;
  /** Counts bytes of files and reports the progress. */
  addBytes(bytes: number): void;
  leaveOut(entry: LeftOut): void;
  /** What was counted so far. */
  counts(): Counts & Pick<ExtractSummary, "leftOut">;
}

export function createTally(onProgress?: (progress: ExtractProgress) => void): Tally {
  const counts = { files: 0, folders: 0, symlinks: 0, special: 0, bytes: 0 };
  const leftOut: LeftOut[] = [];
  return {
    count(kind) {
      counts[kind] += 1;
    },
    addBytes(bytes) {
      counts.bytes += bytes;
      onProgress?.({ entries: counts.files + counts.folders + counts.symlinks, bytes: counts.bytes });
    },
    leaveOut: (entry) => void leftOut.push(entry),
    counts: () => ({ ...counts, leftOut: [...leftOut] }),
  };
}
