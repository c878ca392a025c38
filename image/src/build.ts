// What building an image takes and gives, whatever its format.

/** What the plan of a build has in every format. */
export interface TreePlan {
  /** The name of the image format. */
  readonly format: string;
  /** Names in the tree's root that go into the image. */
  readonly hierarchies: readonly string[];
  /** `SOURCE_DATE_EPOCH`: the image's own time, and the latest time of a file in it; seconds since 1970. */
  readonly sourceDateEpoch?: number;
}

export interface BuildProgress {
  readonly phase: "scan" | "write";
  readonly files: number;
  readonly totalFiles: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

/** What went into an image. */
export interface BuildCounts {
  /** Bytes of the image. */
  readonly bytes: number;
  readonly files: number;
  readonly directories: number;
  readonly symlinks: number;
  /** Bytes of all files as the tree holds them. */
  readonly sourceBytes: number;
  /** Bytes that were not stored again because an equal file was there already. */
  readonly reusedBytes: number;
  /** Whether the tree could tell extended attributes; when false, none were looked at. */
  readonly xattrsKnown: boolean;
}
