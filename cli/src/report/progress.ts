// A line on the terminal that shows how far a build is, and nothing where there is no terminal.
import type { BuildProgress } from "../../../image/src/index.ts";
import type { Output } from "../output.ts";
import { bytesText, countText } from "./amounts.ts";

export interface ProgressLine {
  show(progress: BuildProgress): void;
  /** Takes the line away, before anything else is written. */
  clear(): Promise<void>;
}

/** Milliseconds from one drawing to the next. */
const interval = 100;
const barWidth = 30;
const eraseLine = "\r\x1b[K";

export function progressLine(output: Output): ProgressLine {
  let drawn: number | undefined;
  return {
    show(progress) {
      const now = performance.now();
      if (!output.isTerminal || (drawn !== undefined && now - drawn < interval)) return;
      drawn = now;
      // Whether the line arrives does not matter to the build.
      output.write(eraseLine + progressText(progress)).catch(() => undefined);
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
  const share = totalBytes === 0 ? 1 : Math.min(1, bytes / totalBytes);
  const bar = "#".repeat(Math.round(share * barWidth)).padEnd(barWidth);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${bar}] ${percent}% ${files} of ${countText(totalFiles, "file")}, ${bytesText(bytes)} of ${bytesText(totalBytes)}`;
}
