// What a kind of hosts is: which names it takes, and how it reads the host of one.
import type { BaseSystem, Host } from "../../server/src/core/index.ts";

export interface NamedHost {
  readonly host: Host;
  /** The host's own files, where they are known. */
  readonly base?: BaseSystem;
}

/** What a user named, and what is there. */
export interface HostPlace {
  /** As the user wrote it. */
  readonly name: string;
  /** The absolute path that it is; undefined for a relative one that counts from nowhere. */
  readonly path?: string;
  /** What is at that path, symlinks followed. */
  readonly type?: "file" | "directory" | "other";
}

export interface HostKind {
  /** For lists of what may be named: "an os-release file". */
  readonly title: string;
  takes(place: HostPlace): boolean;
  /** Throws a HostError. */
  read(place: HostPlace): Promise<NamedHost>;
}
