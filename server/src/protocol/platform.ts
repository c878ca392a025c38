// What the process gives to the server: the world outside of the protocol.
import type { BaseSystem, Host, Tree } from "../core/index.ts";

export interface Platform {
  /** The files of a folder; undefined where the process cannot see them, as with folders of an editor's own schemes. */
  folderTree(uri: string): Tree | undefined;
  /**
   * The host that a user names: `this-machine`, or a path of an os-release file or of a host's root folder, which counts
   * from `folderUri`. Undefined when there is none.
   */
  readHost(name: string, folderUri: string | undefined): Promise<NamedHost | undefined>;
  /** Gives files other permission bits, 0 to 0o7777. Throws when that cannot be done. */
  setMode(uri: string, mode: number): Promise<void>;
}

export interface NamedHost {
  readonly host: Host;
  /** The host's own files, where they are here. */
  readonly base?: BaseSystem;
}
