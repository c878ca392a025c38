// What specifiers in transfers stand for on a host that somebody chose.
import type { Host } from "../../tables/host.ts";
import { type SpecifierValues, specifierValues } from "../../updates/specifier-values.ts";

/**
 * The values on a host, or those that all hosts share. Of a host in the table of hosts, which has no os-release file here,
 * only the fields are known that extensions are compared with.
 */
export function hostSpecifiers(host: Host | undefined, architecture: string | undefined): SpecifierValues {
  const facts = architecture === undefined ? {} : { architecture };
  if (host?.releaseText !== undefined) return specifierValues({ ...facts, release: host.releaseText });
  const values = new Map(specifierValues(facts));
  if (host !== undefined) {
    values.set("o", host.release.id ?? "");
    values.set("w", host.release.versionId ?? "");
  }
  return values;
}
