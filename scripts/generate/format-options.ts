// What the table of writable image formats is for the project file's reader, its schema, and the editor's settings.
import {
  type ChoiceOption,
  type DependentNumberOption,
  type FormatOption,
  type NumberOption,
  type NumberRange,
  powersOfTwo,
  wordsOf,
} from "../../image/src/formats/format-options.ts";
import type { WritableFormat } from "../../image/src/formats/writable-format.ts";
import { writableFormats } from "../../image/src/formats/writable-formats.ts";
import { header } from "./facts.ts";

type Formats = readonly [WritableFormat, ...WritableFormat[]];
type Schema = Readonly<Record<string, unknown>>;

/** The table by which core reads `build` of a project file, by its path in the project. */
export function generateBuildOptions(formats: Formats = writableFormats): Record<string, string> {
  const rows = optionsByKey(formats).map(([key, [{ option }]]) => `  ${key}: ${option.kind === "number"},\n`);
  return {
    "server/src/core/tables/build-options.ts": `${header("the options of images in a project file")}
/** By the name of the option, whether its value is a number; otherwise it is a text. */
export const isNumericBuildOption: Readonly<Record<string, boolean>> = {
  format: false,
${rows.join("")}};
`,
  };
}

/** The schema of `build` in a project file. */
export function buildSchema(formats: Formats = writableFormats): Schema {
  const [usual] = formats;
  const properties = optionsByKey(formats).map(([key, uses]) => [key, mergedSchema(uses.map(({ option }) => option))]);
  const rules = formats.flatMap((format) => [
    ...(formats.length > 1 ? [formatRule(format, format === usual)] : []),
    ...format.options.filter(isDependent).flatMap((option) => rangeRules(format, option, formats)),
  ]);
  return {
    type: "object",
    markdownDescription: "How the image is built. The editor's settings apply to the options that are not set here.",
    additionalProperties: false,
    default: Object.fromEntries(usual.options.filter(isChoice).map(({ key, default: word }) => [key, word])),
    properties: {
      format: {
        type: "string",
        enum: formats.map(({ name }) => name),
        default: usual.name,
        markdownDescription: "The format of the image.",
      },
      ...Object.fromEntries(properties),
    },
    ...(rules.length === 0 ? {} : { allOf: rules }),
  };
}

/** The editor's settings below `sysext.build`, by their key, and the texts that they name. */
export function buildSettings(formats: Formats = writableFormats): {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly texts: Readonly<Record<string, string>>;
} {
  const texts: Record<string, string> = {};
  const say = (key: string, text: string): string => {
    texts[`settings.${key}`] = text;
    return `%settings.${key}%`;
  };
  const precedence = "`build` in the `sysext.json` of a tree takes precedence.";
  const properties = Object.fromEntries(
    optionsByKey(formats).map(([key, uses]) => {
      const { markdownDescription, markdownEnumDescriptions, ...schema } = mergedSchema(
        uses.map(({ option }) => option),
      );
      const [{ option }] = uses;
      const described = { markdownDescription: say(key, `${markdownDescription} ${precedence}`) };
      if (!isChoice(option)) return [key, { ...nullable(schema, option), ...described }];
      const words = schema["enum"] as readonly string[];
      const sentences = markdownEnumDescriptions as readonly string[];
      return [
        key,
        {
          ...schema,
          ...described,
          markdownEnumDescriptions: words.map((word, at) => say(`${key}.${word}`, sentences[at] ?? "")),
        },
      ];
    }),
  );
  if (formats.length === 1) return { properties, texts };
  const format = {
    type: "string",
    enum: formats.map(({ name }) => name),
    default: formats[0].name,
    markdownDescription: say("format", `The format of the images that are built. ${precedence}`),
  };
  return { properties: { format, ...properties }, texts };
}

interface Use {
  readonly format: WritableFormat;
  readonly option: FormatOption;
}

/** All options by key, each with the formats that have it, in the order of the table. */
function optionsByKey(formats: Formats): [string, [Use, ...Use[]]][] {
  const uses = new Map<string, [Use, ...Use[]]>();
  for (const format of formats) {
    for (const option of format.options) {
      const known = uses.get(option.key);
      if (known === undefined) uses.set(option.key, [{ format, option }]);
      else if (known[0].option.kind === option.kind) known.push({ format, option });
      else throw new Error(`"${option.key}" is a ${option.kind} in ${format.name}, but not in ${known[0].format.name}`);
    }
  }
  return [...uses];
}

/** A setting whose default depends on another one has none of its own. */
function nullable(schema: Schema, option: FormatOption): Schema {
  return isDependent(option) ? { ...schema, type: ["integer", "null"], default: null } : schema;
}

/** The schema that takes what any of these options takes, with the texts of the first. */
function mergedSchema(options: readonly FormatOption[]): Schema {
  const [first] = options;
  if (first === undefined) return {};
  if (isChoice(first)) {
    const words = new Map(
      options.filter(isChoice).flatMap((option) => wordsOf(option).map((word) => [word, option.words[word]])),
    );
    return {
      type: "string",
      enum: [...words.keys()],
      default: first.default,
      markdownDescription: first.description,
      markdownEnumDescriptions: [...words.values()],
    };
  }
  const ranges = options.flatMap((option) => (isChoice(option) ? [] : rangesOf(option)));
  const minimum = Math.min(...ranges.map((range) => range.minimum));
  const maximum = Math.max(...ranges.map((range) => range.maximum));
  const fixed = "range" in first ? { default: first.range.default } : {};
  const isPowerOfTwo = options.every((option) => !isChoice(option) && option.isPowerOfTwo === true);
  return {
    type: "integer",
    ...(isPowerOfTwo ? { enum: powersOfTwo({ minimum, maximum, default: minimum }) } : { minimum, maximum }),
    ...fixed,
    markdownDescription: `${first.description}${rangeSentence(first)}`,
  };
}

/** What a number may be where that depends on another option. */
function rangeSentence(option: NumberOption | DependentNumberOption): string {
  if (!isDependent(option)) return "";
  const ranges = Object.entries(option.ranges).flatMap(([word, range]) =>
    range === undefined
      ? []
      : `\`${range.minimum}\` to \`${range.maximum}\` for ${word} (default \`${range.default}\`)`,
  );
  return ` Valid: ${ranges.join(", ")}.`;
}

function rangesOf(option: NumberOption | DependentNumberOption): NumberRange[] {
  return isDependent(option) ? Object.values(option.ranges).filter((range) => range !== undefined) : [option.range];
}

/** With this format only its own options, with its own words and bounds. */
function formatRule(format: WritableFormat, isUsual: boolean): Schema {
  const own = Object.fromEntries(format.options.map((option) => [option.key, narrowed(mergedSchema([option]))]));
  return {
    if: ifFormat(format, isUsual),
    // biome-ignore lint/suspicious/noThenProperty: the word is JSON Schema's own
    then: { additionalProperties: false, properties: { format: true, ...own } },
  };
}

function ifFormat({ name }: WritableFormat, isUsual: boolean): Schema {
  return { properties: { format: { const: name } }, ...(isUsual ? {} : { required: ["format"] }) };
}

function narrowed({ markdownDescription, markdownEnumDescriptions, default: _default, ...bounds }: Schema): Schema {
  return bounds;
}

/** The ranges that are smaller than those of all words together. Without a word here the editor's setting counts, which may be another. */
function rangeRules(format: WritableFormat, option: DependentNumberOption, formats: Formats): Schema[] {
  const { maximum: most, minimum: least } = mergedSchema([option]) as { maximum: number; minimum: number };
  const condition = formats.length > 1 ? [ifFormat(format, format === formats[0])] : [];
  return Object.entries(option.ranges).flatMap(([word, range]) => {
    if (range === undefined || (range.minimum === least && range.maximum === most)) return [];
    const isWord = { properties: { [option.dependsOn.key]: { const: word } }, required: [option.dependsOn.key] };
    return {
      if: condition.length === 0 ? isWord : { allOf: [...condition, isWord] },
      // biome-ignore lint/suspicious/noThenProperty: the word is JSON Schema's own
      then: { properties: { [option.key]: { minimum: range.minimum, maximum: range.maximum } } },
    };
  });
}

function isChoice(option: FormatOption): option is ChoiceOption {
  return option.kind === "choice";
}

function isDependent(option: FormatOption): option is DependentNumberOption {
  return "dependsOn" in option;
}
