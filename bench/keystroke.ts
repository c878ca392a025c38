// What a keystroke costs in a long release file: parse, check and complete.
import { checkRelease, complete, type ReleaseContext } from "../server/src/core/index.ts";

export const title = "parse, check and complete after a keystroke in a release file of 5,000 lines";

const lines = 5000;
const keystrokes = 300;

export function run(): void {
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
  console.log(`  median ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`);
}
