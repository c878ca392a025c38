// Files for the host of an extension, which lie in the folder "host" beside a tree's "usr" until somebody copies them there.

/** The folder of a tree for what belongs on the host: before the merge nobody reads the tree, and no image takes it. */
export const hostFolder = "host";

export interface HostFile {
  /** Path on the host without a slash in front. */
  readonly path: string;
  readonly text: string;
}

/** Why something cannot be written: one sentence. */
export interface Refusal {
  readonly fault: string;
}
