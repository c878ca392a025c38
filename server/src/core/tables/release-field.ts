// What the tables tell of a key of release files.

export interface ReleaseField {
  readonly name: string;
  /** In whose release files the key means something. */
  readonly classes: "both" | "sysext" | "confext" | "none";
  readonly valueClass: "host-id" | "version" | "architecture" | "scopes" | "boolean" | "units" | "text";
  /** The first version of systemd that knows it; 0 for all with extensions. */
  readonly since: number;
  /** Whether hosts look at it to decide whether to merge. */
  readonly matching: boolean;
  /** One sentence. */
  readonly description: string;
  /** The words that are known as values, of a key whose value is one of a few words. */
  readonly values?: readonly string[];
}
