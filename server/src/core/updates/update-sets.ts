// Which versions a set of transfers has and can get, and which of them an update would take.
import { compareVersions } from "../hosts/version-order.ts";
import { findVersion, type Instance } from "./find-instances.ts";
import type { Transfer } from "./transfer.ts";
import type { PlannedVersion } from "./update-plan.ts";

/** What there is of an enabled transfer. */
export interface Candidates {
  readonly transfer: Transfer;
  readonly available: readonly Instance[];
  readonly installed: readonly Instance[];
}

/** A version, and what each transfer has of it, in the order of the transfers. */
export interface VersionSet extends PlannedVersion {
  /** What is installed, else what is at the source; undefined where a transfer has none. */
  readonly instances: readonly (Instance | undefined)[];
}

export interface Versions {
  /** The newest first. */
  readonly sets: readonly VersionSet[];
  /** The newest that can be had. */
  readonly newest?: VersionSet;
  /** The newest that is installed. */
  readonly current?: VersionSet;
  readonly candidate?: VersionSet;
}

/**
 * Puts the instances of transfers together by their versions. What is installed for some transfers counts, and is
 * incomplete; what can be had for some of them only does not count at all.
 */
export function collectVersions(transfers: readonly Candidates[]): Versions {
  const installed = versionsOf(transfers.map((found) => found.installed)).map((version) => {
    const instances = transfers.map((found) => findVersion(found.installed, version));
    return {
      ...rate(transfers, version),
      available: false,
      installed: true,
      incomplete: instances.includes(undefined),
      instances,
    };
  });
  const available = versionsOf(transfers.map((found) => found.available)).flatMap((version) => {
    const instances = transfers.map((found) => findVersion(found.available, version));
    if (instances.includes(undefined)) return [];
    return { ...rate(transfers, version), available: true, installed: false, incomplete: false, instances };
  });
  const sets = mergeSets(installed, available);
  const newest = sets.find((set) => set.available);
  const current = sets.find((set) => set.installed);
  const candidate = candidateOf(newest, current);
  return {
    sets,
    ...(newest === undefined ? {} : { newest }),
    ...(current === undefined ? {} : { current }),
    ...(candidate === undefined ? {} : { candidate }),
  };
}

function candidateOf(newest: VersionSet | undefined, current: VersionSet | undefined): VersionSet | undefined {
  const isFresh = newest !== undefined && !newest.installed && !newest.obsolete;
  if (current?.incomplete === true) {
    if (isFresh) return newest;
    // What is missing of the newest is copied, where it can still be had.
    return current.available && !current.obsolete ? current : undefined;
  }
  if (!isFresh) return undefined;
  return current !== undefined && compareVersions(current.version, newest.version) >= 0 ? undefined : newest;
}

function rate(
  transfers: readonly Candidates[],
  version: string,
): Pick<PlannedVersion, "version" | "protected" | "obsolete"> {
  return {
    version,
    protected: transfers.some(({ transfer }) => transfer.protectedVersions.includes(version)),
    obsolete: transfers.some(
      ({ transfer: { minVersion } }) => minVersion !== undefined && compareVersions(minVersion, version) > 0,
    ),
  };
}

/** The versions of several lists, the newest first; each is spelt as in the first list that has it. */
function versionsOf(lists: readonly (readonly Instance[])[]): string[] {
  const [first = [], ...others] = lists;
  return others.reduce((versions, list) => mergeVersions(versions, spell(list)), spell(first));
}

function spell(instances: readonly Instance[]): string[] {
  const versions: string[] = [];
  for (const { version } of instances) {
    const last = versions.at(-1);
    if (last === undefined || compareVersions(last, version) !== 0) versions.push(version);
  }
  return versions;
}

function mergeVersions(ours: readonly string[], theirs: readonly string[]): string[] {
  return mergeSorted(
    ours,
    theirs,
    (version) => version,
    (mine) => mine,
  );
}

function mergeSets(installed: readonly VersionSet[], available: readonly VersionSet[]): VersionSet[] {
  return mergeSorted(
    installed,
    available,
    ({ version }) => version,
    (here, there) => ({
      ...here,
      available: true,
      protected: here.protected || there.protected,
      obsolete: here.obsolete || there.obsolete,
      instances: here.instances.map((instance, index) => instance ?? there.instances[index]),
    }),
  );
}

/** Merges two lists from the newest to the oldest version. */
function mergeSorted<Item>(
  ours: readonly Item[],
  theirs: readonly Item[],
  versionOf: (item: Item) => string,
  join: (mine: Item, other: Item) => Item,
): Item[] {
  const merged: Item[] = [];
  let at = 0;
  for (const mine of ours) {
    let joined = mine;
    for (let other = theirs[at]; other !== undefined; other = theirs[at]) {
      const order = compareVersions(versionOf(other), versionOf(mine));
      if (order < 0) break;
      at += 1;
      if (order > 0) merged.push(other);
      else {
        joined = join(mine, other);
        break;
      }
    }
    merged.push(joined);
  }
  return [...merged, ...theirs.slice(at)];
}
