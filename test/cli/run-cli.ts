// Runs the bundled command line as a user does, and collects what it prints.
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const projectFolder = path.join(import.meta.dirname, "../..");
export const cliFile = path.join(projectFolder, "dist/cli.cjs");

export interface CliResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as another user, for who runs the tests as root. */
  readonly uid?: number;
}

/** Builds the bundles when nobody did; `npm test` does before it runs any test. */
export function ensureBundles(): void {
  if (existsSync(cliFile)) return;
  const { status, stderr } = spawnSync(process.execPath, ["esbuild.mjs"], { cwd: projectFolder, encoding: "utf8" });
  if (status !== 0) throw new Error(`the bundles cannot be built:\n${stderr}`);
}

/** The environment of the tests, without what would change the command line's answers. */
function cleanEnvironment(env: CliOptions["env"]): NodeJS.ProcessEnv {
  const { SOURCE_DATE_EPOCH: _epoch, SYSEXT_DEBUG: _debug, ...rest } = process.env;
  return { ...rest, ...env };
}

/** Starts `sysext` with the arguments; standard input is empty. */
export function startCli(args: readonly string[], options: CliOptions = {}) {
  return spawn(process.execPath, [cliFile, ...args], {
    cwd: options.cwd,
    env: cleanEnvironment(options.env),
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
}

export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = startCli(args, options);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => {
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}
