// Takes words apart at their colons, where a backslash begins an escape as in C.
import type { Reader, Word } from "./grammar.ts";
import { readEscape } from "./words.ts";

/** The part between colons that is around a position, and how many are before it. */
export function partAround(
  text: string,
  at: number,
): { readonly index: number; readonly from: number; readonly to: number } {
  const before = text.slice(0, at).split(":");
  const end = text.indexOf(":", at);
  return { index: before.length - 1, from: at - (before.at(-1)?.length ?? 0), to: end < 0 ? text.length : end };
}

interface ColonPart extends Word {
  /** An escape that systemd does not know; it passes over the setting then. */
  readonly unknownEscape?: string;
}

/** What colons separate; empty parts count. */
export function splitColons(word: Word): ColonPart[] {
  const exact = word.end - word.start === word.text.length;
  const parts: ColonPart[] = [];
  let from = 0;
  let text = "";
  let unknownEscape: string | undefined;
  for (let at = 0; at <= word.text.length; ) {
    const unit = word.text.charAt(at);
    if (unit === ":" || unit === "") {
      const place = exact ? { start: word.start + from, end: word.start + at } : { start: word.start, end: word.end };
      parts.push({ text, ...place, ...(unknownEscape === undefined ? {} : { unknownEscape }) });
      at += 1;
      from = at;
      text = "";
      unknownEscape = undefined;
      continue;
    }
    const decoded = unit === "\\" ? colonOrEscape(word.text, at) : { text: unit, length: 1 };
    unknownEscape ??= decoded === undefined ? word.text.slice(at, at + 2) : undefined;
    text += decoded?.text ?? unit;
    at += decoded?.length ?? 1;
  }
  return parts;
}

function colonOrEscape(text: string, at: number): { readonly text: string; readonly length: number } | undefined {
  return text.charAt(at + 1) === ":" ? { text: ":", length: 2 } : readEscape(text, at);
}

/** Reports the first escape that systemd does not know; true when there is one. */
export function faultEscape(parts: readonly ColonPart[], reader: Reader): boolean {
  const part = parts.find(({ unknownEscape }) => unknownEscape !== undefined);
  if (part === undefined) return false;
  reader.fault(part, 0, part.text.length, {
    check: "unit/exec-escape",
    message:
      part.unknownEscape === "\\"
        ? "systemd ignores the setting because of the trailing backslash; put a path with spaces in quotes"
        : `unknown escape sequence "${part.unknownEscape}", so systemd ignores the setting; use "\\${part.unknownEscape}" for a backslash`,
  });
  return true;
}
