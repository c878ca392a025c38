// Picks the newest version out of a folder `NAME.v` or `NAME.raw.v`, as systemd does (systemd.v(7)).
import { compareVersions } from "./version-order.ts";

export interface VersionedEntry {
  readonly fileName: string;
  readonly version: string;
  /** As written in the name; undefined where it has none. */
  readonly architecture?: string;
  /** Attempts that are left, where the name counts them. */
  readonly left?: number;
  /** Attempts that were made. */
  readonly done?: number;
}

export interface PickedVersion {
  /** The one that counts; undefined when none fits. */
  readonly chosen?: VersionedEntry;
  /** All that fit, the best first. */
  readonly fitting: readonly VersionedEntry[];
  /** The others, each with a reason. */
  readonly unfit: readonly { readonly fileName: string; readonly reason: string }[];
}

export interface VersionPattern {
  readonly name: string;
  /** What names end in, such as `.raw` or `.sysext.raw`; empty for folders. */
  readonly suffix: string;
  /** Names that architectures have in systemd. */
  readonly known: ReadonlySet<string>;
  /** Those that the host can run; all of them when it is empty. */
  readonly architectures: readonly string[];
}

/** Of several names of entries the one that systemd takes. */
export function pickVersion(fileNames: readonly string[], pattern: VersionPattern): PickedVersion {
  const fitting: VersionedEntry[] = [];
  const unfit: { fileName: string; reason: string }[] = [];
  for (const fileName of fileNames) {
    const entry = readEntry(fileName, pattern);
    if (typeof entry === "string") unfit.push({ fileName, reason: entry });
    else fitting.push(entry);
  }
  fitting.sort(compareEntries);
  const [chosen] = fitting;
  return { fitting, unfit, ...(chosen === undefined ? {} : { chosen }) };
}

function readEntry(fileName: string, { name, suffix, known, architectures }: VersionPattern): VersionedEntry | string {
  const prefix = `${name}_`;
  if (!fileName.startsWith(prefix)) return `the name does not begin with "${prefix}"`;
  if (!fileName.endsWith(suffix)) return `the name does not end in "${suffix}"`;
  const body = fileName.slice(prefix.length, fileName.length - suffix.length);
  const [, counted, leftText, doneText] = /^(.*)\+(\d+)(?:-(\d+))?$/s.exec(body) ?? [];
  const rest = counted ?? body;
  const underscore = rest.lastIndexOf("_");
  const architecture = underscore < 0 ? undefined : rest.slice(underscore + 1);
  const version = underscore < 0 ? rest : rest.slice(0, underscore);
  if (!/^[0-9A-Za-z.~^-]+$/.test(version)) return `"${version}" is not a valid version; use letters, digits and ".-~^"`;
  if (
    architecture !== undefined &&
    known.has(architecture) &&
    architectures.length > 0 &&
    !architectures.includes(architecture)
  ) {
    return `it is for "${architecture}"`;
  }
  return {
    fileName,
    version,
    ...(architecture === undefined ? {} : { architecture }),
    ...(leftText === undefined ? {} : { left: Number(leftText) }),
    ...(doneText === undefined ? {} : { done: Number(doneText) }),
  };
}

/** The better of two comes first. */
function compareEntries(a: VersionedEntry, b: VersionedEntry): number {
  return (
    Number(a.left === 0) - Number(b.left === 0) ||
    compareVersions(b.version, a.version) ||
    (b.left ?? Number.POSITIVE_INFINITY) - (a.left ?? Number.POSITIVE_INFINITY) ||
    (a.done ?? 0) - (b.done ?? 0) ||
    (a.fileName < b.fileName ? 1 : -1)
  );
}
