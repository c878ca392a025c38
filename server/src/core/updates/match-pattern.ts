// Matches names against a pattern, from left to right and without going back, as systemd-sysupdate does.
import type { Pattern, PatternPart } from "../values/parse-pattern.ts";
import type { WildcardLetter } from "../values/wildcards.ts";

/** The texts that the wildcards of a pattern have taken. */
export type Fields = Readonly<Partial<Record<WildcardLetter, string>>>;

export type PatternMatch = { readonly matches: true; readonly fields: Fields } | PatternMiss;

/** Where and why a pattern gives a name up. */
export interface PatternMiss {
  readonly matches: false;
  /** Position in the name of the first character at which the pattern gives up; its length when the name is too short. */
  readonly at: number;
  /** The part of the pattern that finds nothing; undefined when the name goes on behind the pattern's end. */
  readonly part?: PatternPart;
  /** One clause: why. */
  readonly reason: string;
}

/** The first systemd for which a name has to end where the pattern does; those before let it go on. */
export const firstWholeName = 261;
/** The first systemd that takes a slash right behind a wildcard; those before crash when a name gets that far. */
export const firstSlashBehindWildcard = 262;

/**
 * Matches a name against a pattern in which specifiers are replaced and nothing is faulty. A wildcard takes the text up to
 * the first place where the next part of the pattern fits. From systemd 261 on the whole name has to be used up. Linear for
 * each part.
 */
export function matchPattern({ parts }: Pattern, name: string, systemd: number): PatternMatch {
  const fields: Partial<Record<WildcardLetter, string>> = {};
  const first = parts[0]?.kind === "any-folder" ? 1 : 0;
  let at = first === 1 ? name.lastIndexOf("/") + 1 : 0;
  for (let index = first; index < parts.length; index++) {
    const part = parts[index];
    if (part === undefined) break;
    if (part.kind === "wildcard") {
      const end = endOfWildcard(parts[index + 1], name, at);
      if (end === undefined) {
        return missBehind(part, parts[index + 1], name, at);
      }
      const taken = name.slice(at, end);
      if (!part.wildcard.takes(taken, systemd)) {
        const what =
          taken === "" ? `there is no text for "@${part.wildcard.letter}"` : `"${taken}" is not ${part.wildcard.form}`;
        return miss(at, part, what);
      }
      fields[part.wildcard.letter] = taken;
      at = end;
    } else {
      const { text } = literalOf(part);
      const common = commonLength(name, at, text);
      if (common < text.length) {
        const rest = name.slice(at, at + text.length);
        return miss(
          at + common,
          part,
          rest === "" ? `the name ends where "${text}" is expected` : `expected "${text}", found "${rest}"`,
        );
      }
      at += text.length;
    }
  }
  if (at < name.length && systemd >= firstWholeName)
    return miss(at, undefined, `the name continues with "${name.slice(at)}" after the end of the pattern`);
  return { matches: true, fields };
}

function literalOf(part: PatternPart | undefined): { readonly text: string } {
  if (part?.kind === "literal") return part;
  return { text: part?.kind === "slash" ? "/" : "" };
}

function miss(at: number, part: PatternPart | undefined, reason: string): PatternMiss {
  return { matches: false, at, reason, ...(part === undefined ? {} : { part }) };
}

/** What has to follow a wildcard does not come: where most of it does, or at the name's end. */
function missBehind(
  { wildcard }: Extract<PatternPart, { kind: "wildcard" }>,
  next: PatternPart | undefined,
  name: string,
  from: number,
): PatternMiss {
  const { text } = literalOf(next);
  let best = { at: name.length, length: 0 };
  for (let at = name.indexOf(text.charAt(0), from); at >= 0; at = name.indexOf(text.charAt(0), at + 1)) {
    const length = commonLength(name, at, text);
    if (length > best.length) best = { at, length };
    if (at + best.length >= name.length) break;
  }
  const place = best.at + best.length;
  const rest = place < name.length ? `, but "${name.slice(best.at, best.at + text.length)}" does` : "";
  return miss(place, next, `"${text}" does not follow "@${wildcard.letter}"${rest}`);
}

/** Where the text of a wildcard ends; undefined when what has to follow does not come. */
function endOfWildcard(next: PatternPart | undefined, name: string, from: number): number | undefined {
  if (next === undefined) return name.length;
  const found = name.indexOf(literalOf(next).text, from);
  return found < 0 ? undefined : found;
}

function commonLength(name: string, at: number, text: string): number {
  let length = 0;
  while (length < text.length && name.charCodeAt(at + length) === text.charCodeAt(length)) length += 1;
  return length;
}
