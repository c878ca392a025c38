// Words that settings still take, though systemd advises against them.
import type { Severity } from "../model/severity.ts";
import { faultWord, type Reader, type Word } from "./grammar.ts";

interface DeprecatedWord {
  readonly setting: string;
  readonly word: string;
  /** What there is to say after the word, with the way out. */
  readonly message: string;
  readonly severity: Severity;
  /** The most obvious first. */
  readonly replacements?: readonly string[];
}

const deprecatedWords: readonly DeprecatedWord[] = [
  {
    setting: "KillMode",
    word: "none",
    message: 'leaves the unit\'s processes running when it stops, and is deprecated; use "mixed" or "control-group"',
    severity: "warning",
    replacements: ["mixed", "control-group"],
  },
];

/** Reports a word that is going out of use. */
export function reportDeprecatedWord(word: Word, reader: Reader): void {
  const { name } = reader.setting;
  const known = deprecatedWords.find((candidate) => candidate.setting === name && candidate.word === word.text);
  if (known === undefined) return;
  faultWord(reader, word, {
    check: "unit/deprecated-value",
    severity: known.severity,
    message: `"${name}=${known.word}" ${known.message}`,
    ...(known.replacements === undefined ? {} : { replacements: known.replacements }),
  });
}
