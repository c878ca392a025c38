// Plans an update as systemd-sysupdate decides it: what is there, what would be fetched, stored, removed and pointed to.

import { findWildcard, type WildcardLetter } from "../values/wildcards.ts";
import { type Found, findInstances, findVersion, type Instance } from "./find-instances.ts";
import type { Fields } from "./match-pattern.ts";
import { fieldInName, storedName } from "./stored-name.ts";
import type { Transfer, TransferSide } from "./transfer.ts";
import { readTransfers, type SetTransfer } from "./transfers-of-set.ts";
import type {
  ListedFile,
  PlanFault,
  PlanInput,
  PlannedDownload,
  ResourcePlan,
  TransferPlan,
  UpdatePlan,
} from "./update-plan.ts";
import { collectVersions, type VersionSet } from "./update-sets.ts";

/** A transfer that systemd takes, with what there is of it. */
interface Seen {
  readonly read: SetTransfer;
  readonly transfer: Transfer;
  readonly source: Found;
  readonly target: Found;
  /** Whether it is known what lies at the target. */
  readonly isTargetKnown: boolean;
}

/**
 * Plans what `systemd-sysupdate update` would do with a set of transfers. Never throws: what systemd would refuse is in
 * `faults`, and what can be told without it in the rest. The same input gives the same plan.
 */
export function planUpdate(input: PlanInput): UpdatePlan {
  const { transfers, faults: setFaults, notes } = readTransfers(input.set, input.systemd, input.specifiers);
  const faults = [...setFaults];
  const seen = transfers.flatMap((read) => see(read, input, faults));
  const enabled = seen.filter(({ read }) => read.disabledReason === undefined);
  const { sets, newest, current, candidate } = collectVersions(
    enabled.map(({ transfer, source, target }) => ({
      transfer,
      available: source.instances,
      installed: target.instances,
    })),
    input.systemd,
  );
  const more: PlanFault[] = [];
  const plans = transfers.map((read): TransferPlan => {
    const found = seen.find((other) => other.read === read);
    if (found === undefined) return refused(read);
    const index = enabled.indexOf(found);
    return candidate === undefined
      ? idle(found)
      : planTransfer(found, candidate, index, input, { faults, notes: more });
  });
  const allNotes = [...notes, ...more];
  return {
    versions: sets.map(({ version, available, installed, incomplete, protected: isProtected, obsolete }) => ({
      version,
      available,
      installed,
      incomplete,
      protected: isProtected,
      obsolete,
    })),
    ...(newest === undefined ? {} : { newest: newest.version }),
    ...(current === undefined ? {} : { current: current.version }),
    ...(candidate === undefined ? {} : { candidate: candidate.version }),
    transfers: plans,
    faults,
    ...(allNotes.length === 0 ? {} : { notes: allNotes }),
  };
}

/** Looks at source and target of a transfer; those of one that does not count are only looked at for what is removed. */
function see(read: SetTransfer, input: PlanInput, faults: PlanFault[]): Seen[] {
  const { transfer, path } = read;
  if (transfer === undefined) return [];
  const offered = input.source(transfer);
  const stored = input.target(transfer);
  const source = findInstances(offered, transfer.source, input.systemd);
  const target = findInstances(stored, transfer.target, input.systemd);
  const isEnabled = read.disabledReason === undefined;
  if (isEnabled && source.fault !== undefined) faults.push({ path, message: source.fault });
  if (target.fault !== undefined && target.fault !== source.fault) faults.push({ path, message: target.fault });
  if (transfer.source.relativeTo === "explicit" && offered === undefined) {
    const message = 'the source of "PathRelativeTo=explicit" is known only from "--transfer-source="';
    faults.push({ path, message });
  }
  return [{ read, transfer, source, target, isTargetKnown: stored !== undefined }];
}

function refused({ id, path }: SetTransfer): TransferPlan {
  const nothing: ResourcePlan = { type: "", path: "", patterns: [], instances: [], misses: [] };
  return { id, path, enabled: true, source: nothing, target: nothing, remove: [] };
}

/** A transfer with which nothing happens. */
function idle({ read, transfer, source, target }: Seen): TransferPlan {
  const { disabledReason } = read;
  return {
    id: read.id,
    path: read.path,
    enabled: disabledReason === undefined,
    ...(disabledReason === undefined ? {} : { disabledReason }),
    source: resourcePlan(transfer.source, source),
    target: resourcePlan(transfer.target, target),
    remove: [],
  };
}

function resourcePlan({ type, path, relativeTo, patterns }: TransferSide<string>, found: Found): ResourcePlan {
  return {
    type,
    path,
    ...(relativeTo === "root" ? {} : { relativeTo }),
    patterns: patterns.map(({ text }) => text),
    instances: found.instances.map(({ file: _, ...instance }) => instance),
    misses: found.misses,
  };
}

interface Remarks {
  readonly faults: PlanFault[];
  readonly notes: PlanFault[];
}

/** What an update to a version does with a transfer; `index` is its place among the enabled ones, below 0 for others. */
function planTransfer(
  seen: Seen,
  candidate: VersionSet,
  index: number,
  input: PlanInput,
  { faults, notes }: Remarks,
): TransferPlan {
  const { read, transfer, target } = seen;
  const { path } = read;
  const base = idle(seen);
  if (index >= 0 && findVersion(target.instances, candidate.version) !== undefined) return base;
  const removal = index < 0 ? removeAll(transfer, target) : removeFor(seen, candidate.version);
  const leftovers = transfer.removeTemporary ? leftoversAt(transfer, input, input.systemd) : [];
  const cleaned: TransferPlan = {
    ...base,
    remove: removal.instances.map(({ file: _, ...instance }) => instance),
    ...(leftovers.length === 0 ? {} : { leftovers }),
  };
  if (removal.fault !== undefined) faults.push({ path, message: removal.fault });
  const instance = index < 0 ? undefined : candidate.instances[index];
  if (instance === undefined || removal.fault !== undefined) return cleaned;
  const download = planDownload(transfer, instance, input);
  if ("fault" in download) {
    faults.push({ path, message: download.fault });
    return cleaned;
  }
  const symlink = planSymlink(transfer, download);
  if (symlink !== undefined && "note" in symlink) notes.push({ path, message: symlink.note });
  return { ...cleaned, download, ...(symlink === undefined || "note" in symlink ? {} : { symlink }) };
}

interface Removal {
  readonly instances: readonly Instance[];
  readonly fault?: string;
}

/** Room for one more: the oldest go first, protected ones stay and count. */
function removeFor({ transfer, target, isTargetKnown }: Seen, version: string): Removal {
  const limit = transfer.instancesMax === undefined ? Number.POSITIVE_INFINITY : transfer.instancesMax - 1;
  if (transfer.target.type !== "partition" || !isTargetKnown) {
    return { instances: oldest(target.instances, limit, [...transfer.protectedVersions, version]) };
  }
  const slots = target.emptySlots + target.instances.length;
  if (slots < 2) {
    const what = slots === 0 ? "no partition" : "only one partition";
    return {
      instances: [],
      fault: `the target has ${what} for versions, and an update needs two; label another "_empty"`,
    };
  }
  const remaining = target.emptySlots > 0 ? target.instances.length : target.instances.length - 1;
  const removed = oldest(target.instances, Math.min(limit, remaining), [...transfer.protectedVersions, version]);
  return target.emptySlots + removed.length > 0
    ? { instances: removed }
    : { instances: [], fault: "every partition holds a protected version, so there is no room for another" };
}

/** A transfer that its features disable gives up what it has, unless it keeps any number. */
function removeAll({ instancesMax, protectedVersions }: Transfer, target: Found): Removal {
  return {
    instances: oldest(target.instances, instancesMax === undefined ? Number.POSITIVE_INFINITY : 0, protectedVersions),
  };
}

/** What has to go so that `limit` instances remain; protected versions are compared as texts. */
function oldest(instances: readonly Instance[], limit: number, protectedVersions: readonly string[]): Instance[] {
  const excess = Math.max(0, instances.length - limit);
  if (excess === 0) return [];
  const removable = instances.filter(({ version }) => !protectedVersions.includes(version));
  return removable.reverse().slice(0, excess);
}

/** The first systemd that calls unfinished instances by this prefix. */
const firstPartialPrefix = 260;

function leftoversAt(transfer: Transfer, input: PlanInput, systemd: number): string[] {
  if (transfer.target.type === "partition") return [];
  const isLeft = ({ name }: ListedFile) =>
    name.startsWith(".#") || (systemd >= firstPartialPrefix && name.startsWith(".sysupdate.partial."));
  return (input.target(transfer) ?? [])
    .filter((file) => !file.name.includes("/") && isLeft(file))
    .map(({ name }) => name);
}

const compression = /\.(?:xz|gz|bz2|zst)$/;

/** The first systemd that decompresses zstd in updates. */
const firstZstd = 258;

function planDownload(
  transfer: Transfer,
  { version, name, file, fields }: Instance,
  input: PlanInput,
): PlannedDownload | { readonly fault: string } {
  const { source, target } = transfer;
  const [pattern] = target.patterns;
  if (pattern === undefined) return { fault: "there is no pattern for the target" };
  const stored = storedName(pattern, valuesFor(transfer, name, fields, file, input));
  if ("missing" in stored) return { fault: missingValue(pattern.text, stored.missing, source.patterns[0]?.text ?? "") };
  const fault = target.type === "partition" ? faultOfLabel(stored.name) : faultOfName(stored.name);
  if (fault !== undefined) return { fault };
  const isFile = source.type === "url-file" || source.type === "regular-file";
  const [ending] = compression.exec(name) ?? [];
  const decompressed = isFile && ending !== undefined && (ending !== ".zst" || input.systemd >= firstZstd);
  return {
    version,
    name,
    ...(file.size === undefined ? {} : { size: file.size }),
    ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
    ...(target.type === "partition" ? {} : { storedAs: joinPath(target.path, stored.name) }),
    storedName: stored.name,
    ...(decompressed ? { decompressed } : {}),
  };
}

/** What goes into the name of a new instance: settings first, then the source's name, then what the source itself says. */
function valuesFor(transfer: Transfer, name: string, fields: Fields, file: ListedFile, input: PlanInput): Fields {
  const { source, target, given } = transfer;
  const values: Partial<Record<WildcardLetter, string>> = { d: "0", l: "3" };
  if (file.sha256 !== undefined) values.h = file.sha256.toLowerCase();
  const isTar = source.type === "tar" || source.type === "url-tar";
  const asks = target.patterns[0]?.parts.some(
    (part) => part.kind === "wildcard" && (part.wildcard.letter === "t" || part.wildcard.letter === "m"),
  );
  const attributes =
    asks === true && !isTar && !source.type.startsWith("url-") ? input.attributes?.(transfer, name) : undefined;
  if (attributes !== undefined) {
    values.t = attributes.mtime.toString();
    values.m = (attributes.mode & 0o775).toString(8).padStart(3, "0");
  }
  for (const [letter, text] of Object.entries(fields) as [WildcardLetter, string][]) {
    if (isTar && (letter === "t" || letter === "m")) continue;
    const value = fieldInName(letter, text);
    if (value !== undefined) values[letter] = value;
  }
  return { ...values, ...given };
}

function missingValue(pattern: string, letter: WildcardLetter, source: string): string {
  const { name, setting } = findWildcard(letter) ?? { name: "a value", setting: undefined };
  const way = setting === undefined ? "" : `, or set "${setting}="`;
  return `"@${letter}" in "${pattern}" has no value (${name}); add "@${letter}" to "${source}"${way}`;
}

function faultOfName(name: string): string | undefined {
  return name.split("/").some((part) => part === "" || part === "." || part === "..") || name.length > 4095
    ? `"${name}" is not a valid name for a stored version; change the pattern of the target`
    : undefined;
}

const maxLabelLength = 36;

function faultOfLabel(label: string): string | undefined {
  return label.length > maxLabelLength
    ? `"${label}" is longer than the label of a partition, which has at most ${maxLabelLength} characters; shorten the pattern of the target`
    : undefined;
}

function joinPath(folder: string, name: string): string {
  return folder.endsWith("/") ? `${folder}${name}` : `${folder}/${name}`;
}

function planSymlink(
  { currentSymlink, target }: Transfer,
  { storedAs }: PlannedDownload,
): TransferPlan["symlink"] | { readonly note: string } {
  if (currentSymlink === undefined) return undefined;
  const isAbsolute = currentSymlink.startsWith("/");
  if (storedAs === undefined)
    return { note: `where "${currentSymlink}" would lead depends on the partition that is taken` };
  if (isAbsolute && target.relativeTo !== "root") {
    return { note: `where "${currentSymlink}" would lead depends on where the partition for booting is mounted` };
  }
  const path = isAbsolute ? currentSymlink : joinPath(target.path, currentSymlink);
  return { path, target: relativePath(path, storedAs) };
}

/** The way from a symlink to a path; both are absolute and normalized. */
function relativePath(link: string, target: string): string {
  const from = link.split("/").slice(1, -1);
  const to = target.split("/").slice(1);
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/");
}
