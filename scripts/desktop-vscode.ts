// Finds a desktop VS Code that can show a window here: the machine's own, else one fetched from Microsoft.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { downloadAndUnzipVSCode, SilentReporter } from "@vscode/test-electron";

export interface DesktopOptions {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The oldest VS Code that runs the extension, as in "1.101.0". */
  readonly minimum: string;
  /** Arguments that any call of VS Code needs here; see `rootArguments`. */
  readonly base: readonly string[];
  /** Receives a line for each candidate that is skipped. */
  readonly say: (line: string) => void;
}

/** What VS Code insists on when root starts it. `folder` will hold its data. */
export function rootArguments(folder: string): string[] {
  return process.getuid?.() === 0 ? ["--no-sandbox", `--user-data-dir=${path.join(folder, "root-user-data")}`] : [];
}

/** True when a window can appear: on Linux that takes a display server, which containers and servers lack. */
export function hasDisplay({ platform, env }: Pick<DesktopOptions, "platform" | "env">): boolean {
  return platform !== "linux" || Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]);
}

/** The VS Code that `$VSCODE` names or that is on PATH as `code`, if it starts and is new enough. */
export function findInstalled(options: DesktopOptions): string | undefined {
  const named = options.env["VSCODE"];
  const candidates = named ? [named] : onPath(options);
  return candidates.map((file) => programOf(file, options.platform)).find((file) => isUsable(file, options));
}

/** Fetches the current stable VS Code below `cache`, once. Undefined, with a line said, when it cannot be had. */
export async function fetchDesktop(cache: string, say: DesktopOptions["say"]): Promise<string | undefined> {
  say("Fetching VS Code, as none is installed here …");
  try {
    // 10 s without an answer: a machine that cannot reach the server shall not wait long for its browser window.
    const silent = { cachePath: cache, reporter: new SilentReporter(), timeout: 10_000 };
    return await downloadAndUnzipVSCode({ version: "stable", ...silent });
  } catch (error) {
    say(`VS Code could not be fetched: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function onPath({ platform, env }: DesktopOptions): string[] {
  const separator = platform === "win32" ? ";" : ":";
  const name = platform === "win32" ? "code.cmd" : "code";
  return (env["PATH"] ?? env["Path"] ?? "")
    .split(separator)
    .map((folder) => path.join(folder, name))
    .filter((file) => path.isAbsolute(file) && existsSync(file));
}

/** On Windows `code` is a batch file, which only a shell starts; the program itself lies one folder up. */
function programOf(file: string, platform: NodeJS.Platform): string {
  if (platform !== "win32" || !file.toLowerCase().endsWith(".cmd")) return file;
  const folder = path.dirname(path.dirname(file));
  const program = existsSync(folder) ? readdirSync(folder).find((name) => /^code.*\.exe$/i.test(name)) : undefined;
  return program === undefined ? file : path.join(folder, program);
}

function isUsable(file: string, { platform, minimum, base, say }: DesktopOptions): boolean {
  // Windows' program has no console to print its version to.
  if (platform === "win32") return existsSync(file);
  try {
    const output = execFileSync(file, [...base, "--version"], { encoding: "utf8", timeout: 20_000, stdio: "pipe" });
    const version = /^\d+\.\d+\.\d+/m.exec(output)?.[0];
    if (version === undefined) say(`${file} does not say which version of VS Code it is, so it is not used.`);
    else if (isOlder(version, minimum)) say(`${file} is VS Code ${version}; the extension needs ${minimum} or newer.`);
    else return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    say(`${file} is not used: ${reason}`);
  }
  return false;
}

function isOlder(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, "en", { numeric: true }) < 0;
}
