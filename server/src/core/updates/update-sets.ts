// Which versions a set of transfers has and can get, and which of them an update would take.
import { compareVersions } from "../hosts/version-order.ts";
import { findVersion, type Instance } from "./find-instances.ts";
import { compareLibcVersions } from "./libc-version-order.ts";
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

/** The first systemd that compares the versions of transfers with each other by its own order, and not by the C library's. */
const firstOwnOrder = 262;

/**
 * Puts the instances of transfers together by their versions. What is installed for some transfers counts, and is
 * incomplete; what can be had for some of them only does not count at all.
 */
export function collectVersions(transfers: readonly Candidates[], systemd: number): Versions {
  const order = systemd < firstOwnOrder ? compareLibcVersions : compareVersions;
  const installed = collect(
    transfers.map((found) => found.installed),
    order,
    false,
  ).map(({ version, instances }) => {
    const incomplete = instances.includes(undefined);
    return { ...rate(transfers, version), available: false, installed: true, incomplete, instances };
  });
  const available = collect(
    transfers.map((found) => found.available),
    order,
    true,
  ).flatMap(({ version, instances }) => {
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

type Order = (a: string, b: string) => number;

/** A version, and the instance of it in each list. */
type Collected = Pick<VersionSet, "version" | "instances">;

/**
 * The versions of several lists, the newest first; each is spelt as in the first list that has it. `order` tells which of
 * the newest that are left in the lists is next; what it passes over is lost.
 */
function collect(lists: readonly (readonly Instance[])[], order: Order, untilFirstEnds: boolean): Collected[] {
  const collected: Collected[] = [];
  const places = lists.map(() => 0);
  for (;;) {
    const last = collected.at(-1)?.version;
    let next: string | undefined;
    for (const [index, list] of lists.entries()) {
      const place = firstOlder(list, places[index] ?? 0, last);
      places[index] = place;
      const version = list[place]?.version;
      if (version !== undefined && (next === undefined || order(version, next) > 0)) next = version;
      if (untilFirstEnds && next === undefined) break;
    }
    if (next === undefined) return collected;
    const version = next;
    collected.push({ version, instances: lists.map((list, index) => instanceAt(list, places[index] ?? 0, version)) });
  }
}

/** The place, from one on, of the first instance that is older than a version. */
function firstOlder(list: readonly Instance[], from: number, than: string | undefined): number {
  let place = from;
  if (than === undefined) return place;
  for (let found = list[place]; found !== undefined; found = list[place]) {
    if (found.version !== than && compareVersions(found.version, than) < 0) break;
    place += 1;
  }
  return place;
}

/** The instance of a version, which most often is the only one and at the place. */
function instanceAt(list: readonly Instance[], place: number, version: string): Instance | undefined {
  const [here, after] = [list[place], list[place + 1]];
  const isOnly = here?.version === version && (after === undefined || compareVersions(after.version, version) !== 0);
  return isOnly ? here : findVersion(list, version);
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
