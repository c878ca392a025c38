// Reads a value by the grammar of its setting: its parts, what is wrong with them, and what may stand where.
//
// What grammars read is kept in a bounded cache, since a keystroke changes one value of thousands and units repeat values of
// each other. It depends on setting, section, version and text alone, so it is never out of date.

import type { Fault, FaultFacts, Meaning, Piece, PieceKind, Reading } from "../model/value-reading.ts";
import type { UnitSetting } from "../tables/unit-setting.ts";
import type { Offer, Reader, Word } from "./grammar.ts";
import { findGrammar } from "./grammars.ts";
import { findSpecifier, hasSpecifier, type SpecifierContext, specifierContext, specifiersIn } from "./specifiers.ts";

/** Where a value stands. */
export interface ValuePlace {
  readonly setting: UnitSetting;
  readonly section: string;
  /** The lowest version of systemd that has to work. */
  readonly systemd: number;
}

/** Reads a value anew. */
export function readValue(text: string, place: ValuePlace): Reading {
  const pieces: Piece[] = [];
  const faults: Fault[] = [];
  const context = specifierContext(place.setting);
  const grammar = findGrammar(place.setting.grammar);
  if (context !== undefined && text.includes("%")) {
    readSpecifiers(grammar.expanded?.(text) ?? text, context, place.systemd, pieces, faults);
  }
  // Nothing can be said of a value that systemd drops for its specifier.
  if (faults.length === 0) {
    grammar.read(wholeOf(text), readerFor(place, pieces, faults, context !== undefined));
  }
  return { pieces: pieces.sort((a, b) => a.start - b.start), faults };
}

/** What may be written at a position of a value. */
export function offerValue(text: string, at: number, place: ValuePlace): Offer | undefined {
  const context = specifierContext(place.setting);
  const grammar = findGrammar(place.setting.grammar);
  const percent = context === undefined ? -1 : openPercent(grammar.expanded?.(text) ?? text, at);
  if (context !== undefined && percent >= 0) {
    const choices = specifiersIn(context).map(({ letter, since, description }) => ({
      text: `%${letter}`,
      detail: description,
      since,
    }));
    return { from: percent, to: at, choices };
  }
  const offer = grammar.offer?.(wholeOf(text), at, readerFor(place, [], [], context !== undefined));
  // A caret before the part that an offer is for, among the signs in front of it, is no place for it.
  return offer !== undefined && at >= offer.from && at <= offer.to ? offer : undefined;
}

/** Position of a percent sign right before `at` that is not itself the second of two. */
function openPercent(text: string, at: number): number {
  const signs = /%+$/.exec(text.slice(0, at))?.[0].length ?? 0;
  return signs % 2 === 1 ? at - 1 : -1;
}

function wholeOf(text: string): Word {
  return { text, start: 0, end: text.length };
}

function readerFor(place: ValuePlace, pieces: Piece[], faults: Fault[], expands: boolean): Reader {
  return {
    ...place,
    piece(word: Word, from: number, to: number, kind: PieceKind, meaning?: Meaning) {
      if (from < to) pieces.push({ ...placeOf(word, from, to), kind, ...(meaning === undefined ? {} : { meaning }) });
    },
    fault(word: Word, from: number, to: number, fault: FaultFacts) {
      faults.push({ ...fault, ...placeOf(word, from, to) });
    },
    isOpen: (word: Word) => expands && hasSpecifier(word.text),
  };
}

function placeOf(word: Word, from: number, to: number): { start: number; end: number } {
  const exact = word.end - word.start === word.text.length;
  return exact ? { start: word.start + from, end: word.start + to } : { start: word.start, end: word.end };
}

function readSpecifiers(
  text: string,
  context: SpecifierContext,
  systemd: number,
  pieces: Piece[],
  faults: Fault[],
): void {
  for (const match of text.matchAll(/%([a-zA-Z0-9%])/g)) {
    const [written, letter = ""] = match;
    const place = { start: match.index, end: match.index + written.length };
    const known = letter === "%" ? { since: 0, description: "a percent sign" } : findSpecifier(context, letter);
    if (known !== undefined && known.since <= systemd) {
      pieces.push({ ...place, kind: "specifier", meaning: `\`${written}\`: ${known.description}` });
    } else if (known !== undefined) {
      faults.push({
        ...place,
        check: "unit/too-new",
        message: `"${written}" requires systemd ${known.since} or later, but the extension also targets systemd ${systemd}; raise the target version, or write the value out`,
      });
    } else {
      faults.push({
        ...place,
        check: "unit/unknown-specifier",
        message: `unknown specifier "${written}"; use "%%${letter}" for a percent sign`,
        replacements: [`%%${letter}`],
      });
    }
  }
}
