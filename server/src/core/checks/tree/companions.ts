// The other extensions of a workspace that a host merges together with this one, and what they share with it.
import { hosts } from "../../hosts/find-host.ts";
import { compareVersions } from "../../hosts/version-order.ts";
import type { ReleaseFile } from "../../model/release-file.ts";
import { asOther, type OtherTree } from "../../model/tree-context.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import type { TreeFile } from "../../model/tree-files.ts";

/** Files that another tree has as well. */
export function sharedWith({ extension, files }: TreeFacts, other: OtherTree): TreeFile[] {
  return extension.hierarchies
    .flatMap((folder) => files.below(folder))
    .filter(({ path, type }) => {
      const theirs = other.files.get(path);
      return theirs !== undefined && (type !== "directory" || theirs.type !== "directory");
    });
}

/** The trees that a host can merge together with this one. */
export function companions(facts: TreeFacts, others: readonly OtherTree[]): OtherTree[] {
  const own = asOther(facts);
  return others.filter((other) => other.name !== own.name && !areApart(own.release, other.release));
}

/** Whether no host takes both, by what their release files say. */
function areApart(own: ReleaseFile | undefined, other: ReleaseFile | undefined): boolean {
  const differs = (key: string) => {
    const [left, right] = [own?.get(key)?.text, other?.get(key)?.text];
    return left !== undefined && right !== undefined && left !== right && left !== "_any" && right !== "_any";
  };
  if (differs("ARCHITECTURE")) return true;
  if (differs("ID")) return !areKin(own?.get("ID")?.text, other?.get("ID")?.text);
  // A level counts instead of the version where the host has one.
  const hasLevel = [own, other].some((file) => file?.get("SYSEXT_LEVEL") ?? file?.get("CONFEXT_LEVEL"));
  const isForAny = own?.get("ID")?.text === "_any" || other?.get("ID")?.text === "_any";
  return !hasLevel && !isForAny && differs("VERSION_ID");
}

/** Whether hosts of one id may take extensions for the other as well (ID_LIKE); what nobody knows may be. */
function areKin(own: string | undefined, other: string | undefined): boolean {
  const isLike = (id: string | undefined, like: string | undefined) =>
    hosts.some(({ release }) => release.id === id && like !== undefined && release.idLike.includes(like));
  const areKnown = [own, other].every((id) => hosts.some(({ release }) => release.id === id));
  return !areKnown || isLike(own, other) || isLike(other, own);
}

/** Whether the order of versions is another one than that of letters, so that nobody expects it. */
export function isSurprising(name: string, other: string): boolean {
  return compareVersions(name, other) < 0 !== name < other;
}
