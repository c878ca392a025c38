// What samples of values are: texts that a setting takes and texts that it does not, with what is wrong with them.
import type { ValueCheck } from "../../server/src/core/model/value-reading.ts";

export interface ValueSample {
  /** Section and name, `Service.ExecStart`. */
  readonly setting: string;
  /** Values without a warning or an error. */
  readonly valid: readonly string[];
  /** Values with what is reported between « and », and the check that reports it: one for all marks, or one a mark. */
  readonly invalid: readonly (readonly [marked: string, check: ValueCheck | readonly ValueCheck[]])[];
  /** Values that we report only as an information, marked in the same way; systemd may be silent about them. */
  readonly noticed?: readonly (readonly [marked: string, check: ValueCheck])[];
  /** Values without marks on which systemd 252 and we differ, and why that is right. */
  readonly differs?: Readonly<Record<string, string>>;
  /** The version of systemd for which the values are read: 252, the one that is asked, when it is left out. */
  readonly systemd?: number;
}

/** A text without the marks of its ranges, and those ranges. */
export function readMarks(marked: string): { text: string; spans: { start: number; end: number }[] } {
  const spans: { start: number; end: number }[] = [];
  let text = "";
  let start = 0;
  for (const unit of marked) {
    if (unit === "«") start = text.length;
    else if (unit === "»") spans.push({ start, end: text.length });
    else text += unit;
  }
  return { text, spans };
}
