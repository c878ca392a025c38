// What is known of the header, setting or value under the pointer in a unit file.

import type { Entry, UnitFile } from "../../model/unit-file.ts";
import { parseUnitName } from "../../model/unit-name.ts";
import type { Piece } from "../../model/value-reading.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { parseCalendar } from "../../values/calendar.ts";
import { clockText, nextElapses } from "../../values/calendar-next.ts";
import { formatCalendar } from "../../values/calendar-text.ts";
import { readingOf } from "../../values/read-entry.ts";
import type { Hover } from "../hover.ts";
import { caretAt, type KeyCaret, type ValueCaret } from "./caret.ts";
import type { UnitFeatureContext } from "./context.ts";
import { describeSection, describeSetting } from "./describe-setting.ts";
import { expandSpecifier } from "./expand.ts";

/** Text about what is at `offset`; undefined where nothing is known, and in comments. */
export function hoverUnit(file: UnitFile, offset: number, context: UnitFeatureContext): Hover | undefined {
  const caret = caretAt(file, offset);
  switch (caret.kind) {
    case "nothing":
      return undefined;
    case "header": {
      const text = describeSection(caret.header.name, context.type);
      return text === undefined
        ? undefined
        : { span: caret.header.nameSpan, markdown: `**[${caret.header.name}]**\n\n${text}` };
    }
    case "key":
      return hoverKey(caret, offset);
    case "value":
      return hoverValue(caret, offset, context);
  }
}

function hoverKey({ entry }: KeyCaret, offset: number): Hover | undefined {
  if (entry?.setting === undefined || !isIn(entry.node.key, offset)) return undefined;
  return { span: entry.node.key, markdown: describeSetting(entry.setting, entry.section.name) };
}

function isIn({ start, end }: Span, offset: number): boolean {
  return offset >= start && offset <= end;
}

function hoverValue({ entry, at }: ValueCaret, offset: number, context: UnitFeatureContext): Hover | undefined {
  const { value } = entry.node;
  if (!isIn(value.span, offset)) return undefined;
  if (entry.setting?.grammar === "calendar") {
    const markdown = describeCalendar(value.text, context);
    if (markdown !== undefined) return { span: value.span, markdown };
  }
  const pieces = (readingOf(entry, context.systemd)?.pieces ?? []).filter(({ start, end }) => at >= start && at <= end);
  // The pointer between two pieces is on the second; of pieces in each other the inner one says more.
  const innermost = pieces.toSorted(
    (a, b) => Number(a.end === at) - Number(b.end === at) || a.end - a.start - (b.end - b.start),
  );
  for (const piece of innermost) {
    const whole =
      piece.kind !== "specifier" && isOneValue(entry) ? { ...piece, start: 0, end: value.text.length } : piece;
    const markdown = describePiece(whole, entry, context);
    if (markdown !== undefined) return { span: spanInValue(value, whole.start, whole.end), markdown };
  }
  return undefined;
}

/** Whether the pieces of a value say only together what it means. */
function isOneValue({ setting }: Entry): boolean {
  return /^(?:timespan|timeout)\b/.test(setting?.grammar ?? "");
}

/** How often the next times of an event are shown. */
const shownElapses = 5;

/** An event's normal form and its next times, in the user's zone or its own. */
function describeCalendar(text: string, { now, zone = "UTC" }: UnitFeatureContext): string | undefined {
  const event = parseCalendar(text);
  if ("fault" in event) return undefined;
  const normal = `${code(text)}: ${code(formatCalendar(event))}`;
  if (now === undefined) return normal;
  const elapses = nextElapses(event, { from: now * 1000, count: shownElapses, zone });
  if (elapses.length === 0) return `${normal}\n\nIt never elapses again.`;
  const clock = event.zone ?? zone;
  const list = elapses.map((instant) => `- ${clockText(instant, clock)}`).join("\n");
  return `${normal}\n\nNext, in ${clock}:\n\n${list}`;
}

function describePiece(piece: Piece, { node }: Entry, context: UnitFeatureContext): string | undefined {
  const text = node.value.text.slice(piece.start, piece.end);
  const meaning = typeof piece.meaning === "function" ? piece.meaning() : piece.meaning;
  switch (piece.kind) {
    case "specifier":
      return meaning === undefined ? undefined : meaning + expansionText(text, context);
    case "unit":
      return describeUnit(text, meaning, context);
    case "feature":
      return describeFeature(text, context);
    default:
      // A meaning that does not begin with what it is about gets it.
      return meaning === undefined || /^`[^`]+`: /.test(meaning) ? meaning : `${code(text)}: ${meaning}`;
  }
}

/** A text as Markdown's code, whatever backquotes are in it. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest === 0 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
}

function expansionText(specifier: string, context: UnitFeatureContext): string {
  const expansion = specifier === "%%" ? undefined : expandSpecifier(specifier.charAt(1), context);
  if (expansion === undefined) return "";
  return expansion === "" ? "\n\nEmpty here." : `\n\nHere: ${code(expansion)}`;
}

function describeFeature(text: string, { features }: UnitFeatureContext): string | undefined {
  if (features === undefined) return undefined;
  const found = features.find(({ name }) => name === text);
  if (found === undefined) return `${code(text)}: no file defines this feature, so it is always disabled.`;
  return `${code(text)}: ${found.description === undefined ? "a feature of the same set" : plain(found.description)}`;
}

/** Somebody's text, which is no Markdown. */
function plain(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#&]/g, "\\$&");
}

function describeUnit(text: string, meaning: string | undefined, context: UnitFeatureContext): string | undefined {
  const own = parseUnitName(text) === undefined ? undefined : context.describeUnit?.(text);
  const described = own === undefined ? meaning : plain(own);
  return described === undefined ? undefined : `${code(text)}: ${described}`;
}
