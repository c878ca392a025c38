// The options of image formats as those of a command line: their names and help texts.
import type { TreePlan } from "../build.ts";
import { optionsOfPlan } from "./build-plan.ts";
import { alternatives, type FormatOption, type NumberRange, type WrittenOptions, wordsOf } from "./format-options.ts";
import type { WritableFormat } from "./writable-format.ts";
import { writableFormats } from "./writable-formats.ts";

export interface CommandOption {
  /** What stands for the value in the help. */
  readonly value: string;
  readonly summary: string;
}

/** The format and its options by their names on the command line, such as `block-size`. */
export function commandOptions(
  formats: readonly [WritableFormat, ...WritableFormat[]] = writableFormats,
): Readonly<Record<string, CommandOption>> {
  const names = formats.map(({ name }) => name);
  const format = {
    value: "FORMAT",
    summary: names.length === 1 ? names.join() : `${alternatives(names)}; default: ${names[0]}`,
  };
  const keys = new Set(formats.flatMap(({ options }) => options.map(({ key }) => key)));
  const others = [...keys].map((key): [string, CommandOption] => [commandName(key), optionOf(key, formats)]);
  return { format, ...Object.fromEntries(others) };
}

/** Values of the command line by the keys of the options. */
export function writtenByCommand(
  values: Readonly<Record<string, unknown>>,
  formats: readonly WritableFormat[] = writableFormats,
): WrittenOptions {
  const keys = ["format", ...formats.flatMap(({ options }) => options.map(({ key }) => key))];
  const written = keys.flatMap((key) => {
    const value = values[commandName(key)];
    return typeof value === "string" ? [[key, value] as const] : [];
  });
  return Object.fromEntries(written);
}

/** The arguments that make the command line build by a plan. */
export function commandArguments(plan: TreePlan, formats: readonly WritableFormat[] = writableFormats): string[] {
  const options = Object.entries(optionsOfPlan(plan, undefined, formats)).flatMap(([key, value]) => [
    `--${commandName(key)}`,
    String(value),
  ]);
  return ["--format", plan.format, ...options];
}

/** The name on the command line of an option with this key: `blockSize` is `block-size`. */
export function commandName(key: string): string {
  return key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** One help text for the formats that have an option in common; each format's own where they differ. */
function optionOf(key: string, formats: readonly WritableFormat[]): CommandOption {
  const texts = formats.flatMap(({ name, options }) => {
    const option = options.find((one) => one.key === key);
    return option === undefined ? [] : [{ name, option, text: valuesText(option) }];
  });
  const isShared = texts.length === formats.length && new Set(texts.map(({ text }) => text)).size === 1;
  return {
    value: texts[0]?.option.kind === "choice" ? "NAME" : "N",
    summary: isShared ? (texts[0]?.text ?? "") : texts.map(({ name, text }) => `${name}: ${text}`).join("; "),
  };
}

/** The values of an option and its default: `gzip, zstd or none; default: gzip`. */
export function valuesText(option: FormatOption): string {
  if (option.kind === "choice") return `${alternatives(wordsOf(option))}; default: ${option.default}`;
  if ("range" in option) {
    const unit = option.unit === undefined ? "" : `${option.unit}, `;
    const power = option.isPowerOfTwo === true ? "a power of two from " : "";
    return `${unit}${power}${bounds(option.range)}; default: ${option.range.default}`;
  }
  return Object.entries(option.ranges)
    .flatMap(([word, range]) => (range === undefined ? [] : `${bounds(range)} for ${word} (default ${range.default})`))
    .join(", ");
}

function bounds({ minimum, maximum }: NumberRange): string {
  return `${minimum} to ${maximum}`;
}
