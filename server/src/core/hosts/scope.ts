// Who merges extensions.

/** Who merges extensions: the booted system, its initrd, or portabled and units with ExtensionImages=. */
export type Scope = "system" | "initrd" | "portable";

export const scopes: readonly Scope[] = ["system", "initrd", "portable"];
