// What a selection grows to in a unit file: word, value, assignment, section, file.

import type { UnitFile } from "../../model/unit-file.ts";
import { type Assignment, spanInValue } from "../../syntax/unit-syntax.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { Span } from "../../text/span.ts";
import { readingOf } from "../../values/read-entry.ts";
import { keptWords, splitWords } from "../../values/words.ts";
import { linesIn } from "./lines.ts";

/** The stretches around an offset, the smallest first; each holds the one before. The last one is the file. */
export function selectionsInUnit(file: UnitFile, offset: number): Span[] {
  const { text, sections, syntax } = file;
  const grown: Span[] = [];
  const add = (span: Span | undefined) => {
    if (span === undefined || offset < span.start || offset > span.end) return;
    const last = grown.at(-1);
    if (last === undefined || (span.start <= last.start && span.end >= last.end && !isSame(span, last))) {
      grown.push(span);
    }
  };
  const node = syntax.nodes.find(({ span }) => offset >= span.start && offset < span.end) ?? syntax.nodes.at(-1);
  if (node?.kind === "assignment") {
    for (const span of spansInAssignment(file, node, offset)) add(span);
  } else if (node?.kind === "header") {
    add(node.nameSpan);
    add({ start: node.nameSpan.start - 1, end: Math.min(node.nameSpan.end + (node.valid ? 1 : 0), text.length) });
  } else if (node?.kind === "comment" || node?.kind === "noise") {
    add(wordAround(text, offset));
    add(contentOf(text, node.span));
  }
  const index = sections.findLastIndex(({ header }) => header !== undefined && header.span.start <= offset);
  const header = sections[index]?.header;
  if (header !== undefined)
    add({ start: header.span.start, end: sections[index + 1]?.header?.span.start ?? text.length });
  add({ start: 0, end: text.length });
  return grown;
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function spansInAssignment(file: UnitFile, node: Assignment, offset: number): Span[] {
  const { value, key, equals } = node;
  const whole = contentOf(file.text, node.span);
  const assignment = { start: key.start, end: Math.max(value.span.end, equals + 1) };
  if (offset <= equals) return [key, assignment, whole];
  const entry = file.entries.find((candidate) => candidate.node === node);
  const pieces = (entry && readingOf(entry, newestSystemd)?.pieces) ?? [];
  const words = splitWords(value.text, keptWords);
  const inValue = [...pieces, ...words]
    .map(({ start, end }) => spanInValue(value, start, end))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  return [...inValue, value.span, assignment, whole];
}

/** A stretch of whole lines without the end of the last one. */
function contentOf(text: string, span: Span): Span {
  const last = [...linesIn(text, span)].at(-1);
  return { start: span.start, end: last?.contentEnd ?? span.end };
}

function wordAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !/[\s\0]/.test(text.charAt(start - 1))) start -= 1;
  let end = offset;
  while (end < text.length && !/[\s\0]/.test(text.charAt(end))) end += 1;
  return { start, end };
}
