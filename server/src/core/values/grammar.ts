// What a value class is: one description that checking, completion, hover and colours all come from.
import type { FaultFacts, Meaning, PieceKind } from "../model/value-reading.ts";
import type { UnitSetting } from "../tables/unit-setting.ts";

/**
 * A value class. `read` goes through a word and tells the reader what each part is and what is wrong with it; `offer`
 * says what may be written at a place. Both see the word as systemd does, after quotes and backslashes.
 */
export interface Grammar {
  /** What may be written, for hover: a noun phrase such as "a time span (`5min 20s`)". */
  readonly syntax: string;
  read(word: Word, reader: Reader): void;
  /** A value with blanks in place of what systemd replaces no specifiers in; without this it does so in all of it. */
  expanded?(text: string): string;
  /** The choices for the part around `at`, a position in the word's text; undefined where nothing can be offered. */
  offer?(word: Word, at: number, reader: Reader): Offer | undefined;
}

/** A value or a word of one. */
export interface Word {
  /** Without quotes and backslashes where systemd removes them. */
  readonly text: string;
  /** Where it is written in the value. When that is as long as `text`, each unit stands where it belongs. */
  readonly start: number;
  readonly end: number;
}

export interface Reader {
  readonly setting: UnitSetting;
  /** The section that the setting stands in. */
  readonly section: string;
  /** The lowest version of systemd that has to work. */
  readonly systemd: number;
  /** Says what the units `from` to `to` of a word are, for colours, and what they mean, for hover. */
  piece(word: Word, from: number, to: number, kind: PieceKind, meaning?: Meaning): void;
  /** Says what is wrong with the units `from` to `to` of a word. */
  fault(word: Word, from: number, to: number, fault: FaultFacts): void;
  /** Whether systemd expands specifiers in the word before it looks at it, so that its text is not known here. */
  isOpen(word: Word): boolean;
}

export interface Offer {
  /** The part of the word that a choice takes the place of. */
  readonly from: number;
  readonly to: number;
  readonly choices: readonly Choice[];
  /** What the files around can add: names of units of these types (all when empty), paths of the tree, or names of features. */
  readonly around?: { readonly units: readonly string[] } | "paths" | "executables" | "features";
}

export interface Choice {
  readonly text: string;
  /** A few words beside it. */
  readonly detail?: string;
  /** The first version of systemd that knows it. */
  readonly since?: number;
}

/** The whole of a word, as something to replace. */
export function offerWhole(word: Word, choices: readonly Choice[]): Offer {
  return { from: 0, to: word.text.length, choices };
}

/** Reports the whole of a word. */
export function faultWord(reader: Reader, word: Word, fault: FaultFacts): void {
  reader.fault(word, 0, word.text.length, fault);
}

/** Says what the whole of a word is. */
export function pieceWord(reader: Reader, word: Word, kind: PieceKind, meaning?: Meaning): void {
  reader.piece(word, 0, word.text.length, kind, meaning);
}

/** The units `from` to `to` of a word as a word. */
export function partOf(word: Word, from: number, to: number = word.text.length): Word {
  const text = word.text.slice(from, to);
  const exact = word.end - word.start === word.text.length;
  return exact ? { text, start: word.start + from, end: word.start + to } : { text, start: word.start, end: word.end };
}
