// What the process gives to the server: everything outside of the protocol.
import type { BaseSystem, FileAttributes, Host, ListedFile, Tree, UnknownHost } from "../core/index.ts";

export interface Platform {
  /** The files of a folder; undefined where the process cannot see them, as with folders of an editor's own schemes. */
  folderTree(uri: string): Tree | undefined;
  /** Called for each file that the editor says has changed, before anything is asked about it. */
  fileChanged(uri: string): void;
  /** The host that a user names, or why there is none. Paths count from `folderUri`. */
  namedHost(name: string, folderUri: string | undefined): Promise<NamedHost | UnknownHost>;
  /**
   * What a folder, a manifest file or a web address offers to updates; `deep` looks into folders of a folder, and `systemd`
   * is the version that will read a manifest. Throws an Error that says in a sentence why it cannot be read.
   */
  readSource(place: string, control: SourceControl): Promise<OfferedFiles>;
  /** Gives files other permission bits, 0 to 0o7777. Throws when that cannot be done. */
  setMode(uri: string, mode: number): Promise<void>;
}

export interface SourceControl {
  readonly signal: AbortSignal;
  readonly deep: boolean;
  readonly systemd: number;
}

export interface OfferedFiles {
  readonly files: readonly (ListedFile & Partial<FileAttributes>)[];
  /** Of a manifest: the day (`2027-01-31`) with whose beginning hosts refuse it. */
  readonly bestBefore?: string;
  /** What else is to be said of a manifest. */
  readonly doubts: readonly { readonly line: number; readonly message: string }[];
}

export interface NamedHost {
  readonly host: Host;
  /** The host's own files, where they are here. */
  readonly base?: BaseSystem;
}
