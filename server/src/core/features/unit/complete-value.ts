// Completion in values of unit files: words, specifiers, variables, names of units, and paths of the tree.

import type { UnitFile } from "../../model/unit-file.ts";
import { isTemplate, parseUnitName, templateOf } from "../../model/unit-name.ts";
import type { Span } from "../../text/span.ts";
import { parseCommands } from "../../values/command-line.ts";
import type { Choice, Offer } from "../../values/grammar.ts";
import { offerValue, type ValuePlace } from "../../values/read-value.ts";
import { cWords, splitWords } from "../../values/words.ts";
import type { Completion } from "../completion.ts";
import type { ValueCaret } from "./caret.ts";
import { completePath } from "./complete-path.ts";
import type { UnitFeatureContext } from "./context.ts";
import { expandSpecifier } from "./expand.ts";
import { variablesFor } from "./variables.ts";

/** What may be written at the caret in a value. */
export async function completeValue(
  file: UnitFile,
  caret: ValueCaret,
  context: UnitFeatureContext,
): Promise<Completion[]> {
  const { entry, text, at } = caret;
  const { setting, section } = entry;
  if (setting === undefined || entry.open) return [];
  const place: ValuePlace = { setting, section: section.name, systemd: context.systemd };
  const variables = setting.grammar === "command" ? completeVariable(file, caret, context.systemd) : undefined;
  if (variables !== undefined) return variables;
  const offer = offerValue(text, at, place) ?? offerInQuotes(text, at, place);
  if (offer === undefined) return [];
  const span = caret.spanOf(offer.from, offer.to);
  // Editors take no replacement that goes over the end of a line.
  if (/[\r\n\0]/.test(file.text.slice(span.start, span.end))) return [];
  const others = otherWords(text, offer);
  const choices = offer.choices
    .filter(({ text: word }) => !setting.list || !others.has(word))
    .map((choice) => completionOf(choice, span, context));
  const around = await completeAround(offer, caret, span, context);
  const seen = new Set(choices.map(({ label }) => label));
  const added = around.filter(({ label }) => !seen.has(label) && !others.has(label));
  // What is of this tree comes before what every host has.
  return typeof offer.around === "object" ? [...added, ...choices] : [...choices, ...added];
}

/** In a quoted word: what would be offered without the quotes. */
function offerInQuotes(text: string, at: number, place: ValuePlace): Offer | undefined {
  const word = splitWords(text, cWords).find(({ start, end }) => at > start && at <= end);
  if (word === undefined || !word.quoted) return undefined;
  const bare = text.slice(word.start, word.end).replaceAll(/["']/g, " ");
  return offerValue(text.slice(0, word.start) + bare + text.slice(word.end), at, place);
}

/** The words of a value beside the one that is replaced. */
function otherWords(text: string, { from, to }: Offer): ReadonlySet<string> {
  return new Set(`${text.slice(0, from)} ${text.slice(to)}`.split(/[\s"']+/).filter((word) => word !== ""));
}

function completionOf({ text, detail = "", since = 0 }: Choice, span: Span, context: UnitFeatureContext): Completion {
  const isSpecifier = /^%.$/.test(text);
  const expansion = isSpecifier ? expandSpecifier(text.charAt(1), context) : undefined;
  const tooNew = since > context.systemd ? `since systemd ${since}` : "";
  return {
    label: text,
    kind: isSpecifier ? "specifier" : /^@.$/.test(text) ? "variable" : "value",
    detail: [expansion === undefined ? "" : `"${expansion}" here`, detail, tooNew]
      .filter((part) => part !== "")
      .join(", "),
    documentation: "",
    span,
    text,
    continues: false,
  };
}

async function completeAround(
  offer: Offer,
  caret: ValueCaret,
  span: Span,
  context: UnitFeatureContext,
): Promise<Completion[]> {
  const { around } = offer;
  if (around === undefined) return [];
  if (typeof around === "object") return completeUnits(around.units, span, context);
  if (around === "features") return completeFeatures(span, context);
  return completePath(around, offer, caret, context);
}

function completeUnits(types: readonly string[], span: Span, context: UnitFeatureContext): Completion[] {
  return (context.unitNames ?? []).flatMap((name): Completion[] => {
    const unit = parseUnitName(name);
    if (unit === undefined || name === context.name?.name) return [];
    if (types.length > 0 && !types.includes(unit.type)) return [];
    const base = { kind: "unit", detail: context.describeUnit?.(name) ?? "", documentation: "", span } as const;
    if (!isTemplate(unit)) return [{ ...base, label: name, text: name, continues: false }];
    // A template needs a name behind the @; a template passes on its own.
    const own = context.name !== undefined && (isTemplate(context.name) || templateOf(context.name) !== undefined);
    const text = `${escapeSnippet(unit.prefix)}@\${1:${own ? "%i" : "instance"}}.${unit.type}`;
    return [{ ...base, label: name, text, snippet: true, continues: false }];
  });
}

function completeFeatures(span: Span, { features = [] }: UnitFeatureContext): Completion[] {
  return features.map(({ name, description = "" }) => ({
    label: name,
    kind: "feature",
    detail: description,
    documentation: "",
    span,
    text: name,
    continues: false,
  }));
}

function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, "\\$&");
}

/** Nobody has longer names of variables; what is looked at behind the caret has an end. */
const maxNameLength = 300;

/** Variables behind a `$`; undefined where the caret is behind none that systemd would replace. */
function completeVariable(file: UnitFile, caret: ValueCaret, systemd: number): Completion[] | undefined {
  const { text, at, spanOf } = caret;
  const command = parseCommands(text).findLast(({ start }) => start <= at);
  const word = command?.arguments.find(({ start, end }) => at > start && at <= end);
  const [written = "", dollars = "", brace = ""] =
    /(\$+)(\{?)[A-Za-z_0-9]*$/.exec(text.slice(Math.max(0, at - maxNameLength), at)) ?? [];
  // Two dollar signs are one that systemd does not look behind.
  if (word === undefined || dollars.length % 2 === 0) return undefined;
  if (command?.prefixes.some(({ sign }) => sign === ":")) return [];
  const from = at - written.length + dollars.length - 1;
  const rest = /^[A-Za-z_0-9]*\}?/.exec(text.slice(at))?.[0] ?? "";
  const to = at + (brace === "" ? rest.replace("}", "") : rest).length;
  const span = spanOf(from, to);
  if (/[\r\n\0]/.test(file.text.slice(span.start, span.end))) return [];
  // Without braces only a whole word is replaced.
  const whole = /^["']?$/.test(text.slice(word.start, from)) && /^["']?$/.test(text.slice(to, word.end));
  const [open, close] = brace === "" && whole ? ["$", ""] : ["${", "}"];
  return variablesFor(file, systemd).map(({ name, detail }) => ({
    label: `${open}${name}${close}`,
    kind: "variable",
    detail,
    documentation: "",
    span,
    text: `${open}${name}${close}`,
    continues: false,
  }));
}
