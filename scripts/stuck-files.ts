// Ends test files that are still there after their time: node's runner asks with SIGTERM, which a busy loop never hears.
import { readdirSync, readFileSync } from "node:fs";

/** Files and how many milliseconds each may take. */
export interface TimedFiles {
  readonly files: readonly string[];
  readonly timeout: number;
}

/** The part of its time that a file gets in addition, to end and to report. */
const grace = 0.1;

/**
 * From now on kills each process below this one that runs one of the files and takes too long for it. Does nothing
 * where the system has no /proc. Returns what ends the watch.
 */
export function endStuckFiles(sets: readonly TimedFiles[]): () => void {
  const limits = new Map(
    sets.flatMap(({ files, timeout }) => files.map((file) => [file, timeout * (1 + grace)] as const)),
  );
  const firstSeen = new Map<number, number>();
  const watch = setInterval(() => {
    const now = performance.now();
    const running = childProcesses();
    for (const pid of firstSeen.keys()) if (!running.includes(pid)) firstSeen.delete(pid);
    for (const pid of running) {
      const since = firstSeen.get(pid) ?? now;
      firstSeen.set(pid, since);
      const limit = limits.get(lastArgument(pid));
      if (limit !== undefined && now - since > limit) process.kill(pid, "SIGKILL");
    }
  }, 1000);
  return () => clearInterval(watch);
}

/** Processes that this one has started, whichever of its threads did. */
function childProcesses(): number[] {
  try {
    return readdirSync("/proc/self/task").flatMap((thread) =>
      readFileSync(`/proc/self/task/${thread}/children`, "utf8").trim().split(" ").map(Number).filter(Boolean),
    );
  } catch {
    return []; // another system, or a thread that has just ended
  }
}

/** The last word of a process's command line, which is the file as the runner was given it; empty when it has ended. */
function lastArgument(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").at(-2) ?? "";
  } catch {
    return "";
  }
}
