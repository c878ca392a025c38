// Hints beside values that say what they come to: specifiers, lengths of time, and amounts of bytes.

import type { Entry, UnitFile } from "../../model/unit-file.ts";
import type { Piece } from "../../model/value-reading.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { bytesText, readBytes } from "../../values/numbers.ts";
import { readingOf } from "../../values/read-entry.ts";
import { formatTimeSpan, parseTimeSpan } from "../../values/time-span.ts";
import type { UnitFeatureContext } from "./context.ts";
import { expandSpecifier } from "./expand.ts";

export interface InlayHint {
  /** The hint stands in front of it. */
  readonly offset: number;
  readonly label: string;
}

/** The hints in a stretch of a file, in their order; only where they say something that is not written there. */
export function hintsInUnit(file: UnitFile, range: Span, context: UnitFeatureContext): InlayHint[] {
  return file.entries
    .filter(({ node }) => node.span.end > range.start && node.span.start < range.end)
    .flatMap((entry) => hintsOf(entry, context))
    .filter(({ offset }) => offset >= range.start && offset <= range.end);
}

function hintsOf(entry: Entry, context: UnitFeatureContext): InlayHint[] {
  const { value } = entry.node;
  const reading = readingOf(entry, context.systemd);
  if (reading === undefined || reading.faults.length > 0 || value.text === "") return [];
  const at = (position: number) => spanInValue(value, position - 1, position).end;
  const hints = reading.pieces.flatMap((piece): InlayHint[] => {
    const label = labelOfSpecifier(piece, value.text, context);
    return label === undefined ? [] : [{ offset: at(piece.end), label }];
  });
  if (hints.length > 0) return hints;
  const label = labelOfValue(entry);
  return label === undefined ? [] : [{ offset: at(value.text.length), label }];
}

function labelOfSpecifier({ kind, start }: Piece, text: string, context: UnitFeatureContext): string | undefined {
  const letter = text.charAt(start + 1);
  if (kind !== "specifier" || letter === "%") return undefined;
  return expandSpecifier(letter, context) || undefined;
}

function labelOfValue({ setting, node: { value } }: Entry): string | undefined {
  switch (setting?.grammar) {
    case "timespan":
      return labelOfSpan(value.text, false);
    case "timeout":
      return labelOfSpan(value.text, true);
    case "bytes":
    case "memory":
      return labelOfBytes(value.text);
    default:
      return undefined;
  }
}

function labelOfSpan(text: string, zeroIsInfinity: boolean): string | undefined {
  const span = parseTimeSpan(text, { defaultUnit: "s" });
  if ("fault" in span || span.usec === "infinity") return undefined;
  if (span.usec === 0) return zeroIsInfinity ? "no limit" : undefined;
  const written = span.parts.map(({ number, unit }) => {
    const part = parseTimeSpan(text.slice(number.start, (unit ?? number).end), { defaultUnit: "s" });
    const printed = "fault" in part ? "" : formatTimeSpan(part.usec);
    // The number as it is written with another name of its unit.
    return printed.replace(/[a-z]+$/, "") === text.slice(number.start, number.end) ? printed : "";
  });
  const printed = formatTimeSpan(span.usec);
  return written.join(" ") === printed ? undefined : printed;
}

function labelOfBytes(text: string): string | undefined {
  const bytes = readBytes(text, 1024);
  const scaled = bytes === undefined ? undefined : /\((.+)\)$/.exec(bytesText(bytes))?.[1];
  // "1G" is no less clear than "1 GiB".
  return scaled === undefined || scaled.replace(/ (.).*/, "$1") === text ? undefined : scaled;
}
