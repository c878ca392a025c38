// What is around a tree when it is checked: the hosts that it is for, their systemd, and the other trees beside it.
import type { Host } from "../tables/host.ts";
import type { ReleaseFile } from "./release-file.ts";
import type { TreeFacts } from "./tree-facts.ts";

export interface TreeContext {
  /** The lowest version of systemd that the extension is for. */
  readonly systemd: number;
  /** Whether the tree is that of an image; else it is a folder that one is built of. */
  readonly image: boolean;
  /** The hosts that it is for; none where nobody said. */
  readonly hosts: readonly Host[];
  /** Those of which nothing is known, although somebody named them. */
  readonly unknownHosts: readonly UnknownHost[];
  /** What the hosts have by themselves; undefined where nobody knows, and then nothing is said about it. */
  readonly base?: BaseSystem;
  /** The other extensions of the workspace. */
  readonly others: readonly OtherTree[];
}

/** A host that was named and is not known. */
export interface UnknownHost {
  readonly name: string;
  /** Why what is there cannot be used, as a sentence about it; undefined when there is nothing of the name. */
  readonly reason?: string;
}

/** The files that a host has without any extension. */
export interface BaseSystem {
  /** Type of what is at a path, which begins without a slash; symlinks are not followed. Undefined where nothing is. */
  typeOf(path: string): "file" | "directory" | "symlink" | "other" | undefined;
}

export interface OtherTree {
  readonly name: string;
  readonly files: TreeFacts["files"];
  /** Its release file; undefined where it has none. */
  readonly release?: ReleaseFile;
}

/** A tree as the others beside it see it. */
export function asOther({ extension, files, releases }: TreeFacts): OtherTree {
  const release = extension.releaseFiles.map((path) => releases.get(path)).find((file) => file !== undefined);
  return { name: extension.name, files, ...(release === undefined ? {} : { release }) };
}
