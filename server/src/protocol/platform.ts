// What the process gives to the server: the world outside of the protocol.
import type { Tree } from "../core/index.ts";

export interface Platform {
  /** The files of a folder; undefined where the process cannot see them, as with folders of an editor's own schemes. */
  folderTree(uri: string): Tree | undefined;
}
