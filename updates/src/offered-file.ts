// A file that a source of updates offers.

export interface OfferedFile {
  /** Path below the source, with `/` between names. */
  readonly name: string;
  readonly type: "file" | "directory" | "symlink" | "other";
  /** In bytes; not known of what a manifest lists. */
  readonly size?: number;
  /** 64 hexadecimal digits, from a manifest. */
  readonly sha256?: string;
  /** Of files in a folder: the last change in microseconds since 1970, and the permission bits. */
  readonly mtime?: bigint;
  readonly mode?: number;
}
