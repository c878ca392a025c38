// Plans of updates for the editor: what was read of sources and targets, and which versions the last plans found.

import { thisMachine } from "../../../shared/src/ids.ts";
import type { PlanPlace, PlanUpdateParams, UpdatePlanReport } from "../../../shared/src/update-requests.ts";
import {
  architectures,
  digestPlan,
  type FileAttributes,
  type Host,
  hostSpecifiers,
  type ListedFile,
  newestSystemd,
  type PlanFault,
  planUpdate,
  type UpdateSet,
} from "../core/index.ts";
import type { Analysis } from "./analysis.ts";
import type { Documents } from "./documents.ts";
import type { OfferedFiles, Platform, SourceControl } from "./platform.ts";
import { type PlacedSet, readSetAt } from "./update-sets.ts";
import { comparableUri } from "./uris.ts";

export interface UpdatePlans {
  /** What an update would do; undefined for what is no definition. */
  plan(params: PlanUpdateParams, signal: AbortSignal): Promise<UpdatePlanReport | undefined>;
  /** The newest version that the last plan has found for a transfer, while a source is chosen for it. */
  newestOf(uri: string): string | undefined;
  /** Fires when `newestOf` has other answers. */
  onChange(listener: () => void): void;
}

/** What came of reading a place: the same list for as long as it is not read anew, as plans keep what they match. */
type Reading = OfferedFiles | { readonly reason: string };

/** More doubts about a manifest are not shown. */
const maxDoubts = 5;
/** Readings kept at once, the most recently used ones. */
const maxReadings = 16;

const untrusted = "web addresses are fetched only in a trusted workspace";

/** `isTrusted` says whether web addresses may be fetched now. */
export function createUpdatePlans(
  documents: Documents,
  analysis: Analysis,
  platform: Platform,
  isTrusted: () => boolean,
): UpdatePlans {
  const readings = new Map<string, Reading>();
  const newest = new Map<string, string>();
  const listeners: (() => void)[] = [];

  async function read(place: string, anew: boolean, control: SourceControl): Promise<Reading | undefined> {
    const key = [place, control.deep, control.systemd].join("\n");
    const known = readings.get(key);
    // A web address is asked only when the user says so.
    if (!anew && (known !== undefined || isAddress(place))) return known;
    if (isAddress(place) && !isTrusted()) return { reason: untrusted };
    const reading = await readNow(place, control);
    readings.delete(key);
    readings.set(key, reading);
    for (const oldest of readings.keys()) if (readings.size > maxReadings) readings.delete(oldest);
    return reading;
  }

  async function readNow(place: string, control: SourceControl): Promise<Reading> {
    try {
      return await platform.readSource(place, control);
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error) };
    }
  }

  async function foundHost(name: string): Promise<Host | undefined> {
    const named = await analysis.namedHost(name, undefined);
    return "host" in named ? named.host : undefined;
  }

  /** The host that the user names, else the first that is named for the extension, else this machine. */
  async function hostOf(name: string | undefined, uri: string): Promise<Host | undefined> {
    if (name !== undefined) return await foundHost(name);
    const tree = await analysis.describeTree(uri);
    const known = tree === null ? undefined : await analysis.readTree(tree.uri);
    if (known?.hostsNamed) return known.verdicts[0]?.host;
    const machine = await foundHost(thisMachine);
    if (machine === undefined) return undefined;
    // Nobody said that updates are for a systemd as old or as new as that of the machine where files are written.
    const { systemd: _own, ...rest } = machine;
    return rest;
  }

  function remember({ set, uriOf }: PlacedSet, version: string | undefined): void {
    let changed = false;
    for (const { main } of set.definitions) {
      if (main === undefined) continue;
      const uri = comparableUri(uriOf(main.path));
      changed ||= newest.get(uri) !== version;
      if (version === undefined) newest.delete(uri);
      else newest.set(uri, version);
    }
    if (changed) for (const listener of listeners) listener();
  }

  return {
    async plan({ uri, source, target, host: hostName, architecture, read: anew = false }, signal) {
      const placed = await readSetAt(uri, documents, platform);
      if (placed === undefined) return undefined;
      const host = await hostOf(hostName, uri);
      const offered = host === undefined || host.architectures.length === 0 ? architectures : host.architectures;
      const chosen = architecture ?? host?.architectures[0];
      const known = host?.systemd ?? analysis.targetSystemd();
      const systemd = known ?? newestSystemd;
      const control = { signal, systemd, deep: looksIntoFolders(placed.set) };
      const from = source === undefined ? undefined : await read(source, anew, control);
      const to = target === undefined ? undefined : await read(target, anew, control);
      const plan = planUpdate({
        set: placed.set,
        systemd,
        specifiers: hostSpecifiers(host, chosen),
        source: () => filesOf(from),
        target: () => filesOf(to) ?? [],
        attributes: attributesOf(from),
      });
      remember(placed, from === undefined ? undefined : plan.newest);
      const { faults, notes, transfers, ...digest } = digestPlan(plan);
      const remarks = (all: readonly PlanFault[]) =>
        all.map(({ path, message }) => ({ uri: placed.uriOf(path), message }));
      return {
        ...digest,
        ...(placed.set.component === undefined ? {} : { component: placed.set.component }),
        systemd,
        systemdKnown: known !== undefined,
        ...(host === undefined ? {} : { hostTitle: host.title }),
        hostIsMachine: hostName === undefined && host?.name === thisMachine,
        architectures: offered,
        ...(chosen === undefined ? {} : { architecture: chosen }),
        source: stateOf(source, from),
        target: stateOf(target, to),
        transfers: transfers.map(({ path, ...transfer }) => ({ ...transfer, uri: placed.uriOf(path) })),
        faults: remarks(faults),
        notes: remarks(notes),
      };
    },
    newestOf: (uri) => newest.get(comparableUri(uri)),
    onChange: (listener) => void listeners.push(listener),
  };
}

function filesOf(reading: Reading | undefined): readonly ListedFile[] | undefined {
  return reading !== undefined && "files" in reading ? reading.files : undefined;
}

function stateOf(place: string | undefined, reading: Reading | undefined): PlanPlace {
  if (place === undefined) return { state: "none" };
  if (reading === undefined) return { state: "unread" };
  if ("reason" in reading) return { state: "failed", reason: reading.reason };
  const { files, bestBefore, doubts } = reading;
  return {
    state: "read",
    files: files.length,
    ...(bestBefore === undefined ? {} : { bestBefore }),
    doubts: doubts.slice(0, maxDoubts).map(({ line, message }) => `line ${line}: ${message}`),
  };
}

/** The files of folders inside of a folder are listed only where a pattern may match them. */
function looksIntoFolders({ definitions }: UpdateSet): boolean {
  return definitions.some(({ main, dropIns }) =>
    [main, ...dropIns].some((source) =>
      source?.file.entries.some(({ node }) => node.name === "MatchPattern" && node.value.text.includes("/")),
    ),
  );
}

/** Looks files of a folder up by their names; few plans ask. */
function attributesOf(reading: Reading | undefined): (transfer: unknown, name: string) => FileAttributes | undefined {
  let byName: ReadonlyMap<string, OfferedFiles["files"][number]> | undefined;
  return (_transfer, name) => {
    if (reading === undefined || "reason" in reading) return undefined;
    byName ??= new Map(reading.files.map((file) => [file.name, file]));
    const { mtime, mode } = byName.get(name) ?? {};
    return mtime === undefined || mode === undefined ? undefined : { mtime, mode };
  };
}

function isAddress(place: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(place);
}
