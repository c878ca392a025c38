// Looks keys of release files up.
import { releaseFields } from "./release-fields.ts";

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
}

const byName: ReadonlyMap<string, ReleaseField> = new Map(releaseFields.map((field) => [field.name, field]));

export const releaseFieldNames: readonly string[] = releaseFields.map(({ name }) => name);

/** What is known of a key. Any key of os-release may be there once more for the extension itself, as SYSEXT_… */
export function findReleaseField(name: string): ReleaseField | undefined {
  const known = byName.get(name);
  if (known !== undefined) return known;
  const own = /^(?:SYSEXT|CONFEXT)_(.+)$/.exec(name)?.[1];
  const described = own === undefined ? undefined : byName.get(own);
  return described === undefined ? undefined : { ...described, name, valueClass: "text", matching: false };
}
