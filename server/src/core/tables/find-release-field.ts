// Looks keys of release files up.
import type { ReleaseField } from "./release-field.ts";
import { releaseFields } from "./release-fields.ts";

const byName: ReadonlyMap<string, ReleaseField> = new Map(releaseFields.map((field) => [field.name, field]));

export const releaseFieldNames: readonly string[] = releaseFields.map(({ name }) => name);

/** The first version with keys that describe the extension itself. */
const firstOwnKeys = 254;

/** What is known of a key. Any key of os-release may be there once more for the extension itself, as SYSEXT_… */
export function findReleaseField(name: string): ReleaseField | undefined {
  const known = byName.get(name);
  if (known !== undefined) return known;
  const own = /^(?:SYSEXT|CONFEXT)_(.+)$/.exec(name)?.[1] ?? "";
  const described = byName.get(`SYSEXT_${own}`);
  if (described?.classes === "both") return { ...described, name };
  const twin = byName.get(own);
  // Keys that only extensions have do not come a second time.
  if (twin === undefined || /^(SYSEXT|CONFEXT|EXTENSION)_/.test(own)) return undefined;
  const description = `As "${own}", but about the extension itself and not about its host.`;
  const since = Math.max(twin.since, firstOwnKeys);
  return { ...twin, name, classes: "both", valueClass: "text", since, matching: false, description };
}
