// What specifiers in transfers stand for on a host: `%` and a letter that systemd-sysupdate replaces (sysupdate.d(5), "Specifiers").
import { parseReleaseFile } from "../model/release-file.ts";
import { findSpecifier } from "../values/specifiers.ts";

/** Values by letter. A letter that is missing stands for something that is not known. */
export type SpecifierValues = ReadonlyMap<string, string>;

/** What is known of a host. */
export interface SpecifierFacts {
  /** The text of its os-release file. */
  readonly release?: string;
  /** As systemd calls it. */
  readonly architecture?: string;
  readonly hostName?: string;
  /** For people; the host name where it is not given. */
  readonly prettyHostName?: string;
  /** 32 hexadecimal digits. */
  readonly machineId?: string;
  /** 32 hexadecimal digits. */
  readonly bootId?: string;
  /** As `uname -r` prints it. */
  readonly kernel?: string;
}

const releaseFields: readonly (readonly [letter: string, field: string])[] = [
  ["A", "IMAGE_VERSION"],
  ["B", "BUILD_ID"],
  ["M", "IMAGE_ID"],
  ["o", "ID"],
  ["w", "VERSION_ID"],
  ["W", "VARIANT_ID"],
];

/** The values of specifiers on a host. A field that its os-release file does not have is empty, as it is for systemd. */
export function specifierValues(facts: SpecifierFacts): SpecifierValues {
  const { release, architecture, hostName, machineId, bootId, kernel } = facts;
  const values = new Map([
    ["T", "/tmp"],
    ["V", "/var/tmp"],
    ["%", "%"],
  ]);
  const add = (letter: string, value: string | undefined) => value !== undefined && values.set(letter, value);
  if (release !== undefined) {
    const file = parseReleaseFile(release);
    for (const [letter, field] of releaseFields) add(letter, file.get(field)?.text ?? "");
  }
  add("a", architecture);
  add("b", bootId);
  add("m", machineId);
  add("v", kernel);
  add("H", hostName);
  add("l", hostName?.split(".")[0]);
  add("q", facts.prettyHostName ?? hostName);
  return values;
}

export type Expansion =
  | { readonly kind: "text"; readonly text: string }
  /** It has a specifier whose value is not known, such as `%m`; `meaning` is a noun phrase. */
  | { readonly kind: "unknown"; readonly specifier: string; readonly meaning: string }
  /** It has a letter or a digit behind `%` that is no specifier, so that systemd drops the value. */
  | { readonly kind: "invalid"; readonly specifier: string };

/** Puts values in place of specifiers; a percent sign before anything but a letter or a digit stays. */
export function expandSpecifiers(text: string, values: SpecifierValues): Expansion {
  let expanded = "";
  let from = 0;
  for (const { index } of text.matchAll(/%[%A-Za-z0-9]/g)) {
    // The second of two percent signs begins nothing; `matchAll` goes on behind it.
    const letter = text.charAt(index + 1);
    const known = findSpecifier("sysupdate", letter);
    if (known === undefined) return { kind: "invalid", specifier: `%${letter}` };
    const value = values.get(letter);
    if (value === undefined) return { kind: "unknown", specifier: `%${letter}`, meaning: known.description };
    expanded += text.slice(from, index) + value;
    from = index + 2;
  }
  return { kind: "text", text: expanded + text.slice(from) };
}
