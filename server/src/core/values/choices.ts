// Values that are one of a few words, booleans among them, alone or beside other classes.
import { architectureAliases } from "../tables/architectures.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import type { UnitWord } from "../tables/unit-setting.ts";
import { findNearest } from "../text/nearest.ts";
import { reportDeprecatedWord } from "./deprecated-words.ts";
import { type Choice, faultWord, type Grammar, offerWhole, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { literalQuotes } from "./paths.ts";

const yes = ["yes", "true", "on", "1", "y", "t"];
const no = ["no", "false", "off", "0", "n", "f"];

/** What systemd takes a word for; undefined when it is no boolean. Letter case does not count. */
export function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (yes.includes(lower)) return true;
  return no.includes(lower) ? false : undefined;
}

const booleanChoices: readonly Choice[] = [{ text: "yes" }, { text: "no" }];

export const boolean: Grammar = {
  syntax: "a boolean (`yes` or `no`)",
  read: (word, reader) => readOneOf(word, reader, { boolean: true }),
  offer: (word) => offerWhole(word, booleanChoices),
};

/** A boolean that may be left open by an empty value. */
export const tristate: Grammar = {
  syntax: "a boolean (`yes` or `no`), or empty for the manager's default",
  read(word, reader) {
    if (word.text !== "") boolean.read(word, reader);
  },
  offer: (word) => offerWhole(word, booleanChoices),
};

interface OneOf {
  readonly words?: readonly UnitWord[];
  readonly boolean?: boolean;
  /** The range of integers that are allowed beside the words. */
  readonly range?: readonly [number, number];
}

/** One word of a list, and what else is allowed beside it. */
export function oneOf(list: string, options: Omit<OneOf, "words"> = {}): Grammar {
  const words = findWords(list);
  const known = words.filter(({ last }) => last === undefined);
  const choices = [
    ...(options.boolean ? booleanChoices.filter(({ text }) => !known.some(({ word }) => word === text)) : []),
    ...known.map(choiceOf),
  ];
  const names = known.slice(0, 8).map(({ word }) => `\`${word}\``);
  const more = known.length > 8 ? " …" : "";
  return {
    syntax: `${options.boolean ? "a boolean, or " : ""}one of ${names.join(", ")}${more}${rangeText(options.range)}`,
    read: (word, reader) => readOneOf(word, reader, { ...options, words }),
    offer: (word) => offerWhole(word, choices),
  };
}

function rangeText(range: readonly [number, number] | undefined): string {
  return range === undefined ? "" : `, or ${numberText(range)}`;
}

function numberText([min, max]: readonly [number, number]): string {
  return max >= 2 ** 31 - 1 ? "a number" : `a number from ${min} to ${max}`;
}

/** A word as completion shows it. */
export function choiceOf({ word, since, description }: UnitWord): Choice {
  return { text: word, since, ...(description === undefined ? {} : { detail: description }) };
}

function readOneOf(word: Word, reader: Reader, { words = [], boolean: allowed, range }: OneOf): void {
  const { text } = word;
  const known = words.find((candidate) => candidate.word === text);
  const truth = allowed ? readBoolean(text) : undefined;
  if (known !== undefined) {
    pieceWord(reader, word, "keyword", known.description);
    if (truth === undefined) reportNewWord(word, known, reader);
    reportDeprecatedWord(word, reader);
    return;
  }
  if (truth !== undefined) {
    pieceWord(reader, word, "keyword", truth ? "yes" : "no");
    return;
  }
  if (range !== undefined && isIntegerWithin(text, range)) {
    pieceWord(reader, word, "number");
    return;
  }
  if (reader.isOpen(word)) return;
  const names = words.filter(({ last }) => last === undefined).map((candidate) => candidate.word);
  const candidates = [
    ...(allowed ? ["yes", "no"] : []),
    ...names.filter((name) => readBoolean(name) === undefined || !allowed),
  ];
  const wrong = { check: "unit/invalid-value", ...wrongWord(word, reader, candidates, range) } as const;
  faultWord(reader, word, literalQuotes(text) ?? wrong);
}

function isIntegerWithin(text: string, [min, max]: readonly [number, number]): boolean {
  const value = readInteger(text);
  return value !== undefined && value >= min && value <= max;
}

/** Message and replacement for a word that is none of the candidates. */
export function wrongWord(
  { text }: Word,
  { setting }: Reader,
  candidates: readonly string[],
  range?: readonly [number, number],
): { readonly message: string; readonly replacements?: readonly string[] } {
  const lower = text.toLowerCase();
  const likely =
    meantWord(text, candidates) ?? onlyOneThatBegins(lower, candidates) ?? onlyOneWithPart(lower, candidates);
  const few = candidates.length <= 8;
  const listed = (few ? candidates : candidates.slice(0, 3)).map((candidate) => `"${candidate}"`);
  const numbers = range === undefined ? "" : ` or ${numberText(range)}`;
  const known = `; use ${few ? "" : "for example "}${listed.join(", ")}${numbers}`;
  if (text === "") return { message: `"${setting.name}=" requires a value${known}` };
  return likely === undefined
    ? { message: `"${text}" is not a valid value for "${setting.name}="${known}` }
    : {
        message: `"${text}" is not a valid value for "${setting.name}="; did you mean "${likely}"?`,
        replacements: [likely],
      };
}

/** The candidate that was probably meant; hyphens, underscores and letter case are what people forget. */
export function meantWord(text: string, candidates: readonly string[]): string | undefined {
  const bare = (word: string) => word.toLowerCase().replaceAll(/[-_ ]/g, "");
  const letters = bare(text);
  if (letters === "") return undefined;
  const architecture = architectureAliases.get(text);
  if (architecture !== undefined && candidates.includes(architecture)) return architecture;
  return candidates.find((candidate) => bare(candidate) === letters) ?? findNearest(text, candidates);
}

/** Letters that are enough to know what was begun, or meant by a longer word. */
const enough = 3;

/** The only candidate that has a word between its hyphens, as `regular-file` has `file`. */
function onlyOneWithPart(text: string, candidates: readonly string[]): string | undefined {
  if (text.length < enough) return undefined;
  const likely = candidates.filter((candidate) => candidate.toLowerCase().split("-").includes(text));
  return likely.length === 1 ? likely[0] : undefined;
}

function onlyOneThatBegins(text: string, candidates: readonly string[]): string | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  const likely = candidates.filter((candidate) => {
    const shorter = Math.min(text.length, candidate.length);
    return shorter >= enough && candidate.slice(0, shorter).toLowerCase() === text.slice(0, shorter);
  });
  return likely.length === 1 ? likely[0] : undefined;
}

/** Reports a word that the target version of systemd does not know yet. */
export function reportNewWord(word: Word, { word: name, since }: UnitWord, reader: Reader): void {
  if (since <= reader.systemd) return;
  // A setting that is too new itself is one finding, not two.
  if (reader.setting.since > reader.systemd) return;
  faultWord(reader, word, {
    check: "unit/too-new",
    message: `"${name}" in "${reader.setting.name}=" requires systemd ${since} or later, but the extension also targets systemd ${reader.systemd}, which ignores the setting; raise the target version, or use another value`,
  });
}
