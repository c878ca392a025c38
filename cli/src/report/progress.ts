// A progress line on a terminal; nothing is written where there is no terminal.
import type { BuildProgress } from "../../../image/src/index.ts";
import type { Output } from "../output.ts";
import { bytesText, countText } from "./amounts.ts";

export interface ProgressLine<Progress> {
  show(progress: Progress): void;
  /** Erases the line; call it before writing anything else. */
  clear(): Promise<void>;
}

/** Milliseconds from one drawing to the next. */
const interval = 100;
const barWidth = 30;
const eraseLine = "\r\x1b[K";

/** The progress line of a build. */
export function progressLine(output: Output): ProgressLine<BuildProgress> {
  return progressLineOf(output, progressText);
}

/** A progress line; `textOf` formats the progress. */
export function progressLineOf<Progress>(
  output: Output,
  textOf: (progress: Progress) => string,
): ProgressLine<Progress> {
  let drawn: number | undefined;
  return {
    show(progress) {
      const now = performance.now();
      if (!output.isTerminal || (drawn !== undefined && now - drawn < interval)) return;
      drawn = now;
      // Whether the line arrives does not matter to the work.
      output.write(eraseLine + textOf(progress)).catch(() => undefined);
    },
    async clear() {
      if (drawn !== undefined) await output.write(eraseLine);
      drawn = undefined;
    },
  };
}

/** `[#####     ] 40% 12 of 30 files, 1.2 MB of 3 MB`. */
export function progressText({ phase, files, totalFiles, bytes, totalBytes }: BuildProgress): string {
  if (phase === "scan") return `reading the tree: ${countText(files, "file")}`;
  return `${barText(bytes, totalBytes)} ${files} of ${countText(totalFiles, "file")}, ${bytesText(bytes)} of ${bytesText(totalBytes)}`;
}

/** Bytes of a file that is unpacked or verified: how many were read, of how many. */
export interface UnpackProgress {
  readonly done: number;
  readonly total: number;
}

/** `[#####     ] 40% unpacked, 12 MB of 30 MB`. */
export function unpackText({ done, total }: UnpackProgress): string {
  return `${barText(done, total)} unpacked, ${bytesText(done)} of ${bytesText(total)}`;
}

/** `[#####     ] 40% verified, 12 MB of 30 MB`. */
export function verifyText({ done, total }: UnpackProgress): string {
  return `${barText(done, total)} verified, ${bytesText(done)} of ${bytesText(total)}`;
}

function barText(done: number, total: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const bar = "#".repeat(Math.round(share * barWidth)).padEnd(barWidth);
  return `[${bar}] ${String(Math.floor(share * 100)).padStart(3)}%`;
}
