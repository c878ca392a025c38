// Parses the arguments of a command, and reports errors in them in one sentence.
import { parseArgs } from "node:util";
import { Failure } from "./failure.ts";

/** An option of a command. */
export interface Option {
  /** The placeholder of its value in the help; without one, the option takes no value. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly repeats?: true;
  readonly summary: string;
}

export type Options = { readonly [name: string]: Option };

/** The options given: a text for those that take a value, a list for those that repeat, true for the others. */
export type Values<Given extends Options> = {
  readonly [Name in keyof Given]?: Given[Name] extends { readonly value: string }
    ? Given[Name] extends { readonly repeats: true }
      ? readonly string[]
      : string
    : true;
};

export interface Arguments<Given extends Options> {
  readonly values: Values<Given>;
  readonly positionals: readonly string[];
}

/** Parses the arguments behind a command's name. Throws a Failure that names the nearest option for one that is unknown. */
export async function parseArguments<Given extends Options>(
  command: string,
  options: Given,
  args: readonly string[],
): Promise<Arguments<Given>> {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value }]) => [name, { type: value === undefined ? "boolean" : "string" }]),
    ),
  });
  const values: Record<string, string | true | readonly string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
    if (option === undefined || !token.rawName.startsWith("--")) {
      throw await unknownOption(command, options, token.rawName);
    }
    const value = optionValue(option, token);
    const before = values[token.name];
    values[token.name] =
      option.repeats === true && value !== true ? [...(Array.isArray(before) ? before : []), value] : value;
  }
  return { values: values as Values<Given>, positionals };
}

interface OptionToken {
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function optionValue(option: Option, { rawName, value, inlineValue }: OptionToken): string | true {
  if (option.value === undefined) {
    if (value !== undefined) throw new Failure(`option "${rawName}" does not take a value; remove "=${value}"`);
    return true;
  }
  const isMissing = value === undefined || value === "" || (inlineValue !== true && value.startsWith("--"));
  if (isMissing) throw new Failure(`option "${rawName}" requires a value: ${rawName} ${option.value}`);
  return value;
}

async function unknownOption(command: string, options: Options, given: string): Promise<Failure> {
  // Loading core is only worth its time for a misspelt option.
  const { findNearest } = await import("../../server/src/core/index.ts");
  const close = findNearest(
    given,
    Object.keys(options).map((name) => `--${name}`),
  );
  const hint = close === undefined ? `see "sysext ${command} --help"` : `did you mean "${close}"?`;
  return new Failure(`unknown option "${given}" of "sysext ${command}"; ${hint}`);
}

/** Throws a Failure unless there are as many positional arguments as the names say; `[x]` may be missing. */
export function checkCount(command: string, names: readonly string[], given: readonly string[]): void {
  const missing = names[given.length];
  if (missing !== undefined && !missing.startsWith("[")) {
    throw new Failure(`argument ${missing} is missing: sysext ${command} ${names.join(" ")}`);
  }
  const extra = given[names.length];
  if (extra !== undefined && !names.at(-1)?.endsWith("…")) {
    throw new Failure(`unexpected argument "${extra}": sysext ${command} ${names.join(" ")}`);
  }
}
