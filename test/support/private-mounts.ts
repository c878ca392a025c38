// Runs a shell script that may mount what it likes: nobody else sees it, and it is gone when the script ends.
import { execFile, spawnSync } from "node:child_process";
import type { TestContext } from "node:test";
import { requireRoot, requireTool } from "./tools.ts";

export interface ScriptResult {
  readonly status: number | null;
  /** Both streams of the script, as they came. */
  readonly output: string;
}

const maxOutputLength = 1 << 28;

/** True when such a script can run here; skips the test, or fails it in CI, when not. */
export function canMount(t: TestContext, ...programs: readonly string[]): boolean {
  return requireTool(t, "unshare", "mount", ...programs) && requireRoot(t);
}

/** Runs a POSIX shell script in a mount namespace of its own; `parameters` are its $1, $2 …, so they need no quoting. */
export function withPrivateMounts(script: string, ...parameters: readonly string[]): ScriptResult {
  const { status, stdout, error } = spawnSync("unshare", argumentsFor(script, parameters), {
    encoding: "utf8",
    maxBuffer: maxOutputLength,
  });
  if (error !== undefined) throw error;
  return { status, output: stdout };
}

/** The same for a test that has something to do meanwhile, as a server has; a script that takes ten minutes is ended. */
export function besidePrivateMounts(script: string, ...parameters: readonly string[]): Promise<ScriptResult> {
  const options = { encoding: "utf8", timeout: 10 * 60_000, maxBuffer: maxOutputLength } as const;
  return new Promise((resolve, reject) => {
    const child = execFile("unshare", argumentsFor(script, parameters), options, (error, output) => {
      const failed = typeof error?.code === "string" || error?.killed === true; // the rest is the script's own end
      if (failed) reject(error);
      else resolve({ status: child.exitCode, output });
    });
  });
}

function argumentsFor(script: string, parameters: readonly string[]): string[] {
  // systemd-sysext merges in a child that it shares mounts with, so the namespace is private as a whole, not each mount.
  const setup = "exec 2>&1; mount --make-rshared /; ";
  return ["--mount", "--propagation", "private", "--", "sh", "-euc", setup + script, "sh", ...parameters];
}
