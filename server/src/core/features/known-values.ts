// The values of keys of release files that mean something to systemd, in a few words each.
import { architectureAliases } from "../tables/architectures.ts";

export interface DescribedValue {
  readonly value: string;
  readonly detail: string;
}

/** The words of SYSEXT_SCOPE= and CONFEXT_SCOPE=. */
export const scopes: readonly DescribedValue[] = [
  { value: "system", detail: "booted systems" },
  { value: "initrd", detail: "the initial RAM disk, before the system boots" },
  { value: "portable", detail: "portable services" },
];

/** What tools other than systemd call an architecture. */
export function otherNamesOf(architecture: string): string[] {
  return [...architectureAliases].filter(([, name]) => name === architecture).map(([alias]) => alias);
}
