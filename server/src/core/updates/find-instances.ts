// Which files of a source or a target are versions, as systemd-sysupdate looks for them: what is read, what matches, in which order.
import { compareVersions, newestFirst } from "../hosts/version-order.ts";
import type { Pattern } from "../values/parse-pattern.ts";
import { firstSlashBehindWildcard, matchPattern, type PatternMiss } from "./match-pattern.ts";
import type { ListedFile, PlannedInstance, PlannedMiss } from "./update-plan.ts";

export interface Found {
  /** The newest first; of one version by their names. */
  readonly instances: readonly Instance[];
  /** By name. */
  readonly misses: readonly PlannedMiss[];
  /** How many partitions hold no version. */
  readonly emptySlots: number;
  /** What ends the run of systemd-sysupdate: one sentence. */
  readonly fault?: string;
}

export interface Instance extends PlannedInstance {
  readonly file: ListedFile;
}

export interface Looked {
  readonly type: string;
  readonly patterns: readonly Pattern[];
}

/** The label of a partition that holds no version. */
const emptyLabel = "_empty";
const none: Found = { instances: [], misses: [], emptySlots: 0 };

/** As many results are kept of a list as an editor asks for in turn: patterns of several transfers, and of a few keystrokes. */
const maxKeptResults = 16;
const kept = new WeakMap<readonly ListedFile[], Map<string, Found>>();

/** Finds the instances in a list; the same question about the same list is answered once. */
export function findInstances(list: readonly ListedFile[] | undefined, looked: Looked, systemd: number): Found {
  if (list === undefined) return none;
  const results = kept.get(list) ?? new Map<string, Found>();
  kept.set(list, results);
  const question = [looked.type, systemd, ...looked.patterns.map(({ text }) => text)].join("\n");
  const found = results.get(question) ?? findAnew(list, looked, systemd);
  results.delete(question);
  results.set(question, found);
  for (const oldest of results.keys()) {
    if (results.size <= maxKeptResults) break;
    results.delete(oldest);
  }
  return found;
}

function findAnew(list: readonly ListedFile[], { type, patterns }: Looked, systemd: number): Found {
  const { looksAt, isUrl, fileType, anyFolder } = lookFor(type, patterns);
  const crash = patterns.find((pattern) => systemd < firstSlashBehindWildcard && hasSlashBehindWildcard(pattern));
  const instances: Instance[] = [];
  const misses: PlannedMiss[] = [];
  const entered = new Map<string, boolean>();
  let emptySlots = 0;
  let fault: string | undefined;

  /** Whether systemd looks into a folder: a pattern goes on below it, and no deeper than one folder. */
  function isEntered(folder: string): boolean {
    const known = entered.get(folder);
    if (known !== undefined) return known;
    const answer = anyFolder || (!folder.includes("/") && classify(folder, patterns, systemd) === "folder");
    entered.set(folder, answer);
    return answer;
  }

  for (const file of list) {
    const { name } = file;
    if (type === "partition" && name === emptyLabel) {
      emptySlots += 1;
      continue;
    }
    const slash = name.lastIndexOf("/");
    // What has no hash is a file that lies in a folder, where a manifest lists those beside it alone.
    if (slash >= 0 && (isUrl ? file.sha256 === undefined : !isEntered(name.slice(0, slash)))) continue;
    if (!looksAt(file)) continue;
    if (crash !== undefined) fault ??= crashes(crash, systemd);
    const result = classify(name, patterns, systemd);
    if (result === "folder") {
      if (file.type !== "directory") misses.push(noFolder(name, patterns, systemd));
    } else if ("at" in result) {
      if (file.type !== "directory" || fileType === "directory") misses.push(result);
    } else if (!isUrl && fileType !== undefined && file.type !== fileType) {
      misses.push({ name, pattern: result.pattern, at: 0, reason: wrongType(file, fileType) });
    } else {
      instances.push({ ...result, name, file });
      if (isUrl) fault ??= wrongHash(result.fields.h, file);
    }
  }
  const sorted = newestFirst(
    instances,
    ({ version }) => version,
    (a, b) => (fileType === undefined ? 0 : comparePaths(a.name, b.name)),
  );
  misses.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { instances: sorted, misses, emptySlots, ...(fault === undefined ? {} : { fault }) };
}

interface Look {
  readonly isUrl: boolean;
  /** What an instance is; undefined for partitions, which are what they are. */
  readonly fileType: "file" | "directory" | undefined;
  /** Whether files in any folder below count. */
  readonly anyFolder: boolean;
  looksAt(file: ListedFile): boolean;
}

function lookFor(type: string, patterns: readonly Pattern[]): Look {
  const isUrl = type === "url-file" || type === "url-tar";
  const fileType =
    type === "partition" ? undefined : type === "directory" || type === "subvolume" ? "directory" : "file";
  const anyFolder = fileType === "file" && !isUrl && patterns.some(({ parts }) => parts[0]?.kind === "any-folder");
  return { isUrl, fileType, anyFolder, looksAt: (file) => !isUrl || file.type === "file" };
}

type Matched = Pick<PlannedInstance, "version" | "fields" | "pattern">;

/**
 * What the first pattern makes of a name that does not refuse it: an instance, or a folder below which the pattern goes on;
 * else the miss of the pattern that gets furthest.
 */
function classify(name: string, patterns: readonly Pattern[], systemd: number): Matched | PlannedMiss | "folder" {
  let best: (PatternMiss & { readonly pattern: number }) | undefined;
  for (const [index, pattern] of patterns.entries()) {
    const match = matchPattern(pattern, name, systemd);
    if (match.matches) return { version: match.fields.v ?? "", fields: match.fields, pattern: index };
    if (match.part?.kind === "slash" && match.at === name.length) return "folder";
    if (best === undefined || match.at > best.at) best = { ...match, pattern: index };
  }
  return { name, pattern: best?.pattern ?? 0, at: best?.at ?? 0, reason: best?.reason ?? "there is no pattern" };
}

/** A file where a pattern goes on below a folder: systemd asks no other pattern. */
function noFolder(name: string, patterns: readonly Pattern[], systemd: number): PlannedMiss {
  const pattern = patterns.findIndex((candidate) => classify(name, [candidate], systemd) === "folder");
  return { name, pattern, at: name.length, reason: "the name ends where the pattern continues in a subdirectory" };
}

function wrongType({ type }: ListedFile, wanted: "file" | "directory"): string {
  const what = { file: "a file", directory: "a folder", symlink: "a symlink", other: "not a regular file" }[type];
  return `it is ${what}; only ${wanted === "file" ? "files" : "folders"} match`;
}

function wrongHash(inName: string | undefined, { name, sha256 }: ListedFile): string | undefined {
  if (inName === undefined || sha256 === undefined || inName.toLowerCase() === sha256.toLowerCase()) return undefined;
  return `"${name}" has a different checksum in its name than in the manifest, so systemd refuses the manifest`;
}

function hasSlashBehindWildcard({ parts }: Pattern): boolean {
  return parts.some(({ kind }, index) => kind === "wildcard" && parts[index + 1]?.kind === "slash");
}

function crashes({ text }: Pattern, systemd: number): string {
  return `systemd ${systemd} crashes when it matches a name with "${text}", because a "/" follows a wildcard directly; put a character between them`;
}

/** The order of paths: name by name, each by its bytes, what is above first. */
function comparePaths(a: string, b: string): number {
  const left = a.split("/");
  const right = b.split("/");
  for (const [index, name] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (name !== other) return name < other ? -1 : 1;
  }
  return left.length - right.length;
}

/** The instance of a version; of several the one that systemd comes upon, which halves the list until it meets one. */
export function findVersion(instances: readonly Instance[], version: string): Instance | undefined {
  let from = 0;
  let to = instances.length;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const found = instances[middle];
    if (found === undefined) return undefined;
    const order = compareVersions(found.version, version);
    if (order === 0) return found;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return undefined;
}
