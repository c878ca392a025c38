// The options of image formats: which values they take, and the value that counts of several places that set it.
import { ImageError } from "../bytes/image-error.ts";

/** An option whose value is one of several words. */
export interface ChoiceOption<Word extends string = string> {
  readonly kind: "choice";
  /** Its name in `sysext.json` and in the editor's settings; the command line writes it with hyphens. */
  readonly key: string;
  /** What it is, as a noun for messages. */
  readonly noun: string;
  /** What it is, in a sentence for settings and schema (Markdown). */
  readonly description: string;
  /** Each word with a sentence that says when to choose it. */
  readonly words: Readonly<Record<Word, string>>;
  readonly default: NoInfer<Word>;
}

export interface NumberRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

interface NumberFacts {
  readonly kind: "number";
  readonly key: string;
  readonly noun: string;
  readonly description: string;
  readonly unit?: "bytes";
  /** Whether only powers of two are valid. */
  readonly isPowerOfTwo?: true;
}

/** An option whose value is a whole number. */
export interface NumberOption extends NumberFacts {
  readonly range: NumberRange;
}

/** One whose range depends on the word of another option; it means nothing for a word without a range. */
export interface DependentNumberOption<Word extends string = string> extends NumberFacts {
  readonly dependsOn: ChoiceOption<Word>;
  readonly ranges: { readonly [Key in Word]?: NumberRange };
}

export type FormatOption = ChoiceOption | NumberOption | DependentNumberOption;

/** Option values as somebody wrote them, by key. */
export type WrittenOptions = Readonly<Record<string, string | number | undefined>>;

/** Reads options from the places that may set them; throws an ImageError of kind `unsupported` for a value that is not valid. */
export interface OptionReader {
  choice<Word extends string>(option: ChoiceOption<Word>): Word;
  number(option: NumberOption): number;
  /** Undefined where the option means nothing. */
  dependentNumber<Word extends string>(option: DependentNumberOption<Word>): number | undefined;
}

/** The words of a choice, in their order. */
export function wordsOf<Word extends string>({ words }: ChoiceOption<Word>): readonly Word[] {
  return Object.keys(words).filter((word): word is Word => Object.hasOwn(words, word));
}

/** The powers of two in a range. */
export function powersOfTwo({ minimum, maximum }: NumberRange): number[] {
  const powers: number[] = [];
  for (let power = 1; power <= maximum; power *= 2) if (power >= minimum) powers.push(power);
  return powers;
}

/** Of `sources`, the first that sets an option counts; `format` is the name of the format, for messages. */
export function optionReader(format: string, sources: readonly WrittenOptions[]): OptionReader {
  function written(key: string, of: readonly WrittenOptions[] = sources): string | number | undefined {
    return of.find((source) => source[key] !== undefined)?.[key];
  }

  function choice<Word extends string>(option: ChoiceOption<Word>): Word {
    const value = written(option.key) ?? option.default;
    const word = wordsOf(option).find((one) => one === value);
    if (word !== undefined) return word;
    throw new ImageError(
      "unsupported",
      `${format} images cannot be built with the ${option.noun} "${value}"; use ${alternatives(wordsOf(option))}`,
    );
  }

  function dependentNumber<Word extends string>(option: DependentNumberOption<Word>): number | undefined {
    const { key, dependsOn, ranges } = option;
    const word = choice(dependsOn);
    const range = ranges[word];
    // A number is meant for the word that it was written with: level 19 of a project's zstd means nothing to gzip.
    const meant = sources.filter((source) => (source[dependsOn.key] ?? word) === word);
    return range && numberIn(range, written(key, meant), option, ` for ${word}`);
  }

  return {
    choice,
    number: (option) => numberIn(option.range, written(option.key), option, ""),
    dependentNumber,
  };
}

function numberIn(
  range: NumberRange,
  written: string | number | undefined,
  { noun, isPowerOfTwo = false }: { readonly noun: string; readonly isPowerOfTwo?: boolean },
  of: string,
): number {
  if (written === undefined) return range.default;
  const value = /^\d{1,9}$/.test(String(written)) ? Number(written) : Number.NaN;
  const isInRange = value >= range.minimum && value <= range.maximum;
  if (isInRange && (!isPowerOfTwo || Number.isInteger(Math.log2(value)))) return value;
  const valid = `${isPowerOfTwo ? "a power of two from " : ""}${range.minimum} to ${range.maximum}`;
  throw new ImageError("unsupported", `the ${noun} "${written}" is not valid${of}; use ${valid}`);
}

/** Words as alternatives of a sentence: `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
