// What a keystroke costs in a long release file: parse, check and complete.
import { checkRelease, complete, type ReleaseContext } from "../server/src/core/index.ts";

export const title = "parse, check and complete after a keystroke in release files of two lengths";

/** A long release file of the world, and one that nobody has. */
const lengths = [50, 5000];
const keystrokes = 300;

export function run(): void {
  for (const lines of lengths) measure(lines);
}

function measure(lines: number): void {
  const context: ReleaseContext = { suffix: "demo", location: "sysext" };
  const keys = Array.from({ length: lines - 2 }, (_, i) => `VENDOR_KEY_${i}="value ${i}"\n`);
  const text = `ID=fedora\nVERSION_ID=40\n${keys.join("")}`;
  const times: number[] = [];
  for (let i = 0; i < keystrokes; i++) {
    const at = text.indexOf("\n", Math.floor((text.length / keystrokes) * i)) + 1;
    const changed = `${text.slice(0, at)}ARCH${text.slice(at)}`;
    const start = performance.now();
    checkRelease(changed, context);
    complete(changed, at + 4, context);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const percentile = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(2);
  console.log(`  ${lines} lines: median ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`);
}
