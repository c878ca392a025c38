// Measures whole programs in turn, so that ratios hold on a machine whose speed wavers.
import { type SpawnSyncOptionsWithStringEncoding, spawnSync } from "node:child_process";

export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

export interface Measured {
  readonly name: string;
  /** Seconds of each run. */
  readonly seconds: readonly number[];
  /** The highest memory of a run, in MB; undefined where GNU time is not installed. */
  readonly peakMegabytes: number | undefined;
}

/** Runs all programs `rounds` times, one after the other in each round. Throws when one fails. */
export function measureInTurn(programs: readonly Program[], rounds: number): Measured[] {
  const seconds = programs.map((): number[] => []);
  const peaks = programs.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    programs.forEach((program, i) => {
      const start = performance.now();
      const peak = runOnce(program);
      seconds[i]?.push((performance.now() - start) / 1000);
      if (peak !== undefined) peaks[i]?.push(peak);
    });
  }
  return programs.map(({ name }, i) => ({
    name,
    seconds: seconds[i] ?? [],
    peakMegabytes: peaks[i]?.length ? Math.max(...peaks[i]) : undefined,
  }));
}

const gnuTime = "/usr/bin/time";

/** Runs a program; gives its highest memory in MB when GNU time can tell. */
function runOnce({ name, command, args }: Program): number | undefined {
  const options: SpawnSyncOptionsWithStringEncoding = { encoding: "utf8", stdio: ["ignore", "ignore", "pipe"] };
  const timed = spawnSync(gnuTime, ["-f", "peak %M", command, ...args], options);
  const withoutTime = timed.error !== undefined;
  const { status, stderr, error } = withoutTime ? spawnSync(command, args, options) : timed;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ended with status ${status}: ${stderr}`);
  const peak = /^peak (\d+)$/m.exec(stderr)?.[1];
  return peak === undefined ? undefined : Number(peak) / 1024;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
