// Names of time zones and what their clocks show, from the time zone database that Intl brings.
import { findNearest } from "../text/nearest.ts";

/** Names that Intl knows beside those of the time zone database. */
const foreignNames = new Set(
  "ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST".split(" "),
);

/** Files beside the zones that systemd takes for zones too, and Intl's name for what is in them. */
const zoneFiles: ReadonlyMap<string, string | undefined> = new Map([
  ["Factory", "UTC"],
  ["posixrules", "America/New_York"],
  ["localtime", undefined],
]);

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * Whether systemd finds a time zone of this name where the whole database is installed. Names are told apart by upper
 * and lower case; the wrong case is not noticed in a few old names.
 */
export function isTimeZone(name: string): boolean {
  if (name === "UTC" || zoneFiles.has(name)) return true;
  const bare = bareName(name);
  // Each part of each name begins with a capital letter; Intl would take offsets such as "+01:00" too.
  if (!/^[A-Z][\w+-]*(?:\/[A-Z][\w+-]*)*$/.test(bare) || foreignNames.has(bare) || bare.startsWith("SystemV/")) {
    return false;
  }
  const resolved = formatOf(bare)?.resolvedOptions().timeZone;
  return resolved !== undefined && (resolved === bare || resolved.toLowerCase() !== bare.toLowerCase());
}

/** The zone that was probably meant: another case, a slip, or the city alone ("Berlin"). */
export function nearestTimeZone(name: string): string | undefined {
  const names = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  const city = `/${name.toLowerCase().replaceAll(" ", "_")}`;
  return findNearest(name, names) ?? names.find((zone) => zone.toLowerCase().endsWith(city));
}

/**
 * What a zone's clocks are ahead of UTC at an instant, both in microseconds. A name that Intl does not know counts as
 * UTC, and "localtime" as `local`.
 */
export function offsetAt(zone: string, instant: number, local: string): number {
  const named = zoneFiles.has(zone) ? (zoneFiles.get(zone) ?? local) : bareName(zone);
  const format = named === "UTC" ? undefined : formatOf(named);
  if (format === undefined) return 0;
  const second = Math.floor(instant / 1e6) * 1000;
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(second)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second: seconds = 0 } = shown;
  return (Date.UTC(year, month - 1, day, hour, minute, seconds) - second) * 1000;
}

/** The database has each zone again below these folders. */
function bareName(name: string): string {
  return name.replace(/^(?:posix|right)\//, "");
}

/** A clock of a zone, kept since making one is slow; undefined for unknown names. */
function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  const kept = formats.get(zone);
  if (kept !== undefined) return kept;
  try {
    const format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
    return format;
  } catch {
    return undefined; // Intl has no other way to say that it does not know a name.
  }
}
