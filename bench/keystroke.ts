// What a keystroke costs in long files: parse, check and complete a release file, parse and check a unit.
import {
  checkParsedUnit,
  checkRelease,
  complete,
  locateUnit,
  parseUnitFile,
  type ReleaseContext,
} from "../server/src/core/index.ts";

export const title = "parse, check and complete after a keystroke in release files and units of two lengths";

/** A long real-world release file, and one that is longer than any real one. */
const lengths = [50, 5000];
const keystrokes = 1000;

export function run(): void {
  for (const lines of lengths) measureRelease(lines);
  for (const lines of lengths) measureUnit(lines);
}

/** Lines of a unit that may stand in it any number of times. */
const unitLines = [
  "Environment=NAME_%=value-%",
  "ExecStartPre=/usr/bin/demo --number % --state /var/lib/demo/%",
  "ReadWritePaths=/var/lib/demo/%",
  "# A comment about number %",
  "",
  "BindPaths=/srv/demo/%:/data/%",
  "PassEnvironment=OTHER_%",
  "InaccessiblePaths=/opt/demo/%",
];

function measureUnit(lines: number): void {
  const path = "/demo/usr/lib/systemd/system/demo.service";
  const location = locateUnit(path);
  const body = Array.from({ length: lines - 4 }, (_, i) => unitLines[i % unitLines.length]?.replaceAll("%", String(i)));
  const text = `[Unit]\nDescription=Demo\n[Service]\nExecStart=/usr/bin/demo\n${body.join("\n")}\n`;
  const times: number[] = [];
  let file = parseUnitFile(text, location);
  checkParsedUnit(file, path, location, {}); // which opening the file does
  for (let i = 0; i < keystrokes; i++) {
    const at = text.indexOf("\n", Math.floor((text.length / keystrokes) * i));
    const changed = `${text.slice(0, at)}x${text.slice(at)}`;
    const start = performance.now();
    file = parseUnitFile(changed, location, file);
    checkParsedUnit(file, path, location, {});
    times.push(performance.now() - start);
  }
  report(`unit of ${lines} lines`, times);
}

function measureRelease(lines: number): void {
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
  report(`release file of ${lines} lines`, times);
}

function report(what: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const percentile = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(2);
  console.log(`  ${what}: median ${percentile(0.5)} ms, p99 ${percentile(0.99)} ms`);
}
