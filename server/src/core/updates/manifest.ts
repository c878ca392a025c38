// SHA256SUMS, the list of what a source on the network offers: read as systemd-sysupdate reads it, and written (sysupdate.d(5)).

import { newestSystemd } from "../tables/newest-systemd.ts";
import type { Span } from "../text/span.ts";

/** What the manifest is called, below the address of a source. */
export const manifestName = "SHA256SUMS";

/** A line of a manifest; the span is that of the name. */
export interface ManifestEntry extends Span {
  /** Path below the source's address, with `/` between names. */
  readonly name: string;
  /** 64 lower case hexadecimal digits. */
  readonly sha256: string;
  /** From 1. */
  readonly line: number;
}

/** A line that limits how long hosts take the manifest (systemd 260). */
export interface BestBefore extends ManifestEntry {
  /** `2027-01-31`: hosts refuse the manifest as soon as this day begins. */
  readonly date: string;
  /** The beginning of that day, UTC, in milliseconds since 1970. */
  readonly time: number;
}

/** Something about a line; spans are those of the text. */
export interface ManifestRemark extends Span {
  /** From 1. */
  readonly line: number;
  /** One sentence, without the line's number. */
  readonly message: string;
}

export interface Manifest {
  /** In the order of the lines; a line with a fault has none. */
  readonly entries: readonly ManifestEntry[];
  /** The lines that limit the manifest's time, in the order of the lines; the earliest counts. */
  readonly bestBefore: readonly BestBefore[];
  /** Each makes systemd refuse the manifest as a whole; at most `maxRemarks`. */
  readonly faults: readonly ManifestRemark[];
  /** What systemd takes, and what is no good all the same; at most `maxRemarks`. */
  readonly doubts: readonly ManifestRemark[];
}

/** More of them help nobody, and a file of another kind would have one a line. */
export const maxRemarks = 100;

/** The checksum of no bytes at all, which systemd expects of files that only mark a date. */
export const emptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** The systemd that takes entries below folders; older ones refuse the manifest for one. */
const firstWithFolders = 261;
/** The systemd that refuses `%`, which stands for an encoded character in addresses. */
const firstWithoutPercent = 262;
/** Bytes of UTF-8 that a name, and a path with its end, may have on Linux. */
const maxNameLength = 255;
const maxPathLength = 4096;

const digits = 64;
/** Digits, a blank, and a blank or the mark of binary files. */
const nameAt = digits + 2;

/** Reads a manifest. Never throws; linear. `systemd` is the version that will read it, the newest when left out. */
export function parseManifest(text: string, systemd: number = newestSystemd): Manifest {
  const entries: ManifestEntry[] = [];
  const bestBefore: BestBefore[] = [];
  const faults: ManifestRemark[] = [];
  const doubts: ManifestRemark[] = [];
  let seen: Map<string, ManifestEntry> | undefined;

  let line = 0;
  for (let start = 0; start < text.length; ) {
    line += 1;
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    plainLine.lastIndex = start;
    const isPlain = plainLine.test(text);
    const fault = isPlain
      ? undefined
      : (lineFault(text.slice(start, end), systemd) ?? (newline < 0 ? cutOff : undefined));
    if (fault === undefined) {
      const name = text.slice(start + nameAt, end);
      const written = text.slice(start, start + digits);
      const sha256 = isPlain ? written : written.toLowerCase();
      add({ name, sha256, line, start: start + nameAt, end });
    } else if (faults.length < maxRemarks) {
      faults.push({ line, message: fault.message, start: start + (fault.from ?? 0), end });
    }
    start = end + 1;
  }

  function add(entry: ManifestEntry): void {
    if (entry.name.startsWith(bestBeforeMark)) {
      const day = readDate(entry.name.slice(bestBeforeMark.length));
      if (day !== undefined) {
        bestBefore.push({ ...entry, ...day });
        if (entry.sha256 !== emptySha256) doubt(entry, `"${entry.name}" should be the checksum of an empty file`);
        return;
      }
      doubt(
        entry,
        `"${shorten(entry.name)}" is not a valid date, so systemd treats it as a file; use ${bestBeforeMark}2027-01-31`,
      );
    }
    const first = earlier(entry);
    if (first !== undefined && first.sha256 !== entry.sha256) {
      doubt(
        entry,
        `"${shorten(entry.name)}" is also in line ${first.line}, with another checksum; keep the correct one`,
      );
    }
    entries.push(entry);
  }
  /** The entry of the same name before; as long as names are in order, as mostly, there can be none. */
  function earlier(entry: ManifestEntry): ManifestEntry | undefined {
    if (seen === undefined) {
      if (entry.name > (entries.at(-1)?.name ?? "")) return undefined;
      seen = new Map(entries.map((one) => [one.name, one]));
    }
    const first = seen.get(entry.name);
    if (first === undefined) seen.set(entry.name, entry);
    return first;
  }
  function doubt({ line: at, start, end }: ManifestEntry, message: string): void {
    if (doubts.length < maxRemarks) doubts.push({ line: at, message, start, end });
  }
  return { entries, bestBefore, faults, doubts };
}

/** The mark that decides how long a manifest is taken: the earliest; undefined when it has none. */
export function earliestBestBefore({ bestBefore }: Manifest): BestBefore | undefined {
  return bestBefore.reduce<BestBefore | undefined>(
    (first, mark) => (first === undefined || mark.time < first.time ? mark : first),
    undefined,
  );
}

/** What nearly all lines are; it only saves time. */
const plainLine = /[0-9a-f]{64} [ *][\w+-][\w+.-]{0,200}\n/y;

interface LineFault {
  readonly message: string;
  /** Where in the line it begins; at its beginning when left out. */
  readonly from?: number;
}

const cutOff: LineFault = {
  message: "the last line has no newline, so systemd treats the manifest as truncated; add one",
};

/** Characters that systemd does not take for UTF-8, as no text has them. */
const noCharacter = /\p{Noncharacter_Code_Point}|\p{Surrogate}/u;

/** Why systemd refuses a line, which has no line break; undefined when it does not. */
function lineFault(line: string, systemd: number): LineFault | undefined {
  const found = line.search(/[^0-9A-Fa-f]/);
  const count = found < 0 ? line.length : found;
  if (count !== digits) return { message: digitsMessage(line, count) };
  if (line.charAt(digits) !== " " || !/^[ *]/.test(line.slice(digits + 1))) {
    const wrong = shorten(line.slice(digits, digits + 2));
    return {
      message: `the checksum must be followed by two spaces, or a space and "*", not by "${wrong}"`,
      from: digits,
    };
  }
  const message = manifestNameFault(line.slice(nameAt), systemd);
  return message === undefined ? undefined : { message, from: Math.min(nameAt, line.length) };
}

function digitsMessage(line: string, count: number): string {
  const instead =
    'a line must have a checksum of 64 hexadecimal digits, two spaces and a name, as "sysext publish" writes it';
  if (line.replace("\r", "") === "") return "the line is empty, so systemd refuses the manifest; remove it";
  if (line.startsWith("\ufeff")) return "the file begins with a byte order mark; save it without one";
  if (line.startsWith("\\")) {
    return "the line begins with a backslash, so its name has escape sequences, which systemd refuses; rename the file";
  }
  if (count === 0) return `the line begins with "${shorten(line, 20)}"; ${instead}`;
  return /^( |$)/.test(line.slice(count))
    ? `the checksum "${shorten(line.slice(0, count))}" has ${count} digits; a SHA-256 checksum has 64`
    : `"${shorten(line.slice(0, count + 1))}" is not a checksum; ${instead}`;
}

/**
 * Why systemd refuses a manifest that has an entry of this name: one sentence; undefined when it does not.
 * `systemd` is the version that will read it, the newest when left out.
 */
export function manifestNameFault(name: string, systemd: number = newestSystemd): string | undefined {
  if (name === "") return "the file name after the checksum is missing";
  const shown = shorten(name);
  if (name.endsWith("\r")) return `"${shown.replaceAll("\r", "")}" ends with a carriage return; use Unix line endings`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\x00-\x1f\x7f]/.test(name)) return `"${shown}" has a control character, which systemd refuses; rename the file`;
  if (name.startsWith("/")) return `"${shown}" begins with "/"; names are relative to the URL of the source`;
  if (
    name.split("/", maxPathLength).some((part, at, all) => isNoName(part) && !(part === "" && at === all.length - 1))
  ) {
    return `"${shown}" has ".", ".." or an empty part; use the normalized path`;
  }
  if (systemd < firstWithFolders && name.includes("/")) {
    return `"${shown}" is in a subdirectory, so systemd before ${firstWithFolders} refuses the manifest; put the file beside the manifest`;
  }
  if (systemd >= firstWithoutPercent && name.includes("%")) {
    return `"${shown}" has a "%", which systemd refuses in a manifest; rename the file`;
  }
  if (noCharacter.test(name)) return `"${shown}" is not valid UTF-8; rename the file`;
  // Only a long one can be too long in bytes, as no unit takes more than three.
  if (name.length * 3 <= maxNameLength) return undefined;
  const isLong = systemd < firstWithFolders ? utf8Length(name) > maxNameLength : utf8Length(name) >= maxPathLength;
  return isLong ? `"${shown}" is too long for a file name` : undefined;
}

const isNoName = (part: string) => part === "" || part === "." || part === "..";

const bestBeforeMark = "BEST-BEFORE-";

/** The name of the empty file that limits a manifest's time; `date` is as in `2027-01-31`. */
export function bestBeforeName(date: string): string {
  return `${bestBeforeMark}${date}`;
}

/** Reads `2027-01-31`; undefined for what is no day of the calendar, or before 1970. */
export function readDate(text: string): { readonly date: string; readonly time: number } | undefined {
  const [, year, month, day] = /^(\d{1,4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const numbers = [Number(year), Number(month), Number(day)] as const;
  const time = Date.UTC(numbers[0], numbers[1] - 1, numbers[2]);
  if (numbers[0] < 1970) return undefined; // also because JavaScript takes 27 for 1927
  const normal = new Date(time);
  if (normal.getUTCMonth() !== numbers[1] - 1 || normal.getUTCDate() !== numbers[2]) return undefined;
  return { date: normal.toISOString().slice(0, 10), time };
}

/**
 * A manifest with these entries, sorted by the bytes of their names, each name once. `bestBefore` is a day as in
 * `2027-01-31`. Names that `manifestNameFault` has something to say of make a manifest that systemd refuses.
 */
export function formatManifest(
  entries: readonly { readonly name: string; readonly sha256: string }[],
  { bestBefore }: { readonly bestBefore?: string } = {},
): string {
  const sums = new Map(entries.map(({ name, sha256 }) => [name, sha256]));
  if (bestBefore !== undefined) sums.set(bestBeforeName(bestBefore), emptySha256);
  return [...sums]
    .sort(([a], [b]) => compareBytes(a, b))
    .map(([name, sha256]) => `${sha256}  ${name}\n`)
    .join("");
}

/** The order of two texts by their bytes of UTF-8, whatever the language: below 0 when `a` is first. */
export function compareBytes(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  // Halves of pairs sort behind all other units, as what they stand for does.
  const weigh = (unit: number) => (Number.isNaN(unit) ? -1 : unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);
  return weigh(a.charCodeAt(at)) - weigh(b.charCodeAt(at));
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Enough of a text to know it by. */
function shorten(text: string, length = 80): string {
  return text.length <= length ? text : `${text.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…`;
}
