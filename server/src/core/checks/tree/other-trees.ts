// What two extensions of a workspace do to each other when a host merges both.
import { hosts } from "../../hosts/find-host.ts";
import { compareVersions } from "../../hosts/version-order.ts";
import type { ReleaseFile } from "../../model/release-file.ts";
import { asOther, type OtherTree } from "../../model/tree-context.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import type { TreeFile } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import { sayOfEach } from "./listing.ts";

/** Files that another tree has as well. */
function sharedWith({ extension, files }: TreeFacts, other: OtherTree): TreeFile[] {
  return extension.hierarchies
    .flatMap((folder) => files.below(folder))
    .filter(({ path, type }) => {
      const theirs = other.files.get(path);
      return theirs !== undefined && (type !== "directory" || theirs.type !== "directory");
    });
}

/** The trees that a host can merge together with this one. */
function companions(facts: TreeFacts, others: readonly OtherTree[]): OtherTree[] {
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
function isSurprising(name: string, other: string): boolean {
  return compareVersions(name, other) < 0 !== name < other;
}

const collision: TreeCheck = {
  id: "tree/collision",
  severity: "warning",
  title: "A file that another extension of the workspace has as well",
  why: "When a host merges both, it sees the file of one of them only, and the other program finds one that is not its own.",
  example: {
    badTree: { "usr/bin/tool": { mode: 0o755 } },
    goodTree: { "usr/bin/tool2": { mode: 0o755 } },
    others: { other: { "usr/bin/tool": { mode: 0o755 } } },
  },
  run(facts, { others }, report) {
    const { name } = facts.extension;
    for (const other of companions(facts, others)) {
      if (isSurprising(name, other.name)) continue; // which name/order says
      const seen = compareVersions(name, other.name) < 0 ? other.name : name;
      sayOfEach(sharedWith(facts, other), ({ path }, more) =>
        report(
          path,
          `the extension "${other.name}" has "${path}" as well, and a host that merges both sees that of "${seen}"; rename one${more}`,
        ),
      );
    }
  },
};

const order: TreeCheck = {
  id: "name/order",
  severity: "info",
  title: "An order of extensions that is that of versions",
  why: "Of a file in two extensions the host sees that of the extension whose name comes later, and names are ordered as versions: tool-10 comes after tool-9.",
  example: {
    badTree: { "usr/lib/extension-release.d/extension-release.tool-10": "ID=_any\n", "usr/share/tool/a": "" },
    goodTree: { "usr/share/tool/b": "" },
    others: { "tool-9": { "usr/share/tool/a": "" } },
    name: "tool-10",
  },
  run(facts, { others }, report) {
    const { name } = facts.extension;
    for (const other of companions(facts, others)) {
      const [first] = isSurprising(name, other.name) ? sharedWith(facts, other) : [];
      if (first === undefined) continue;
      const seen = compareVersions(name, other.name) < 0 ? other.name : name;
      report(
        first.path,
        `a host that merges "${other.name}" as well sees the file of "${seen}", as names are ordered like versions; rename one of them`,
      );
    }
  },
};

export const otherTreeChecks: readonly TreeCheck[] = [collision, order];
