// The VS Code that can be had from the npm registry alone: acquires its server build and starts it on loopback.
//
// The npm package code-server holds VS Code's server build, whose window is a web page. Only VS Code's own server entry
// is used of it, not code-server's wrapper.
import { execFile, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { listFiles, PackageManager } from "@vscode/vsce";

/** The npm package's version; it brings VS Code 1.139 with an extension host on Node 24. */
export const codeServerVersion = "4.139.1";

/** Native modules without which the extension host does not start. */
const nativeModules = ["@vscode/spdlog", "@vscode/native-watchdog"];

export interface VsCodeServer {
  /** Host and port, as `vscode-remote://` URIs name it. */
  readonly authority: string;
  /** The address of a window without a folder; it carries the connection token. */
  readonly address: string;
  /** Everything the server has printed so far. */
  log(): string;
  /** The folder with the server's data: its extension hosts' logs lie in `data/logs`. Removed by `stop`. */
  readonly home: string;
  /** Settles when the server has ended. */
  readonly ended: Promise<void>;
  /** Ends the server and removes its data; may be called more than once. */
  stop(): Promise<void>;
}

export interface VsCodeServerOptions {
  /** What `acquireVsCodeServer` gave. */
  readonly entry: string;
  /**
   * The folder of an extension that every window has, installed as its VSIX would be. Otherwise the server is for tests:
   * a window's address names the extension and its tests, and the window shows no messages.
   */
  readonly extension?: string;
  /** Added to the environment of the server, which extension hosts inherit. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether folders are untrusted until a user trusts them; otherwise all are trusted. */
  readonly workspaceTrust?: boolean;
  /** How long an extension host waits for its window when that is gone; hours where nothing is said. */
  readonly reconnectionSeconds?: number;
  /** Settings of the windows, by name. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Called with each piece of output. */
  readonly onOutput?: (text: string) => void;
}

export interface WindowOptions {
  /** Absolute path of the folder or `.code-workspace` file to open. */
  readonly open: string;
  readonly tests?: WindowTests;
}

/** What a window of a server for tests runs. */
export interface WindowTests {
  /** Absolute path of the extension's sources' folder. */
  readonly extension: string;
  /** Absolute path of a script that exports `run()`. */
  readonly script: string;
}

/**
 * Installs VS Code's server below the folder `cache`, once, and returns the path of its entry point.
 * Takes about a minute the first time; needs npm, g++ and make. `say` gets a line when there is something to wait for.
 */
export async function acquireVsCodeServer(cache: string, say: (line: string) => void): Promise<string> {
  if (process.platform === "win32") throw new Error("The browser build of VS Code runs on Linux and macOS only.");
  const vscode = path.join(cache, "node_modules", "code-server", "lib", "vscode");
  const entry = path.join(vscode, "out", "server-main.js");
  const ready = path.join(cache, `ready-${codeServerVersion}-${process.version}`);
  if (existsSync(ready)) return entry;

  say(`Installing VS Code's server (code-server ${codeServerVersion}) into ${cache}; this takes a minute.`);
  mkdirSync(cache, { recursive: true });
  writeFileSync(path.join(cache, "package.json"), '{"private":true}\n');
  await npm(cache, "install", `code-server@${codeServerVersion}`);
  await npm(vscode, "install", "--omit=dev");
  await npm(path.join(vscode, "extensions"), "install", "--omit=dev");
  const nodeGyp = findNodeGyp();
  for (const name of nativeModules) {
    await run(path.join(vscode, "node_modules", name), process.execPath, [
      nodeGyp,
      "rebuild",
      `--nodedir=${nodeHeaders()}`,
    ]);
  }
  writeFileSync(ready, "");
  return entry;
}

/** Starts the server on a free port of loopback, with a connection token and throw-away data; settles when it answers. */
export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const home = mkdtempSync(path.join(tmpdir(), "sysext-vscode-"));
  const extensions = path.join(home, "extensions");
  for (const level of ["Machine", "User"]) {
    mkdirSync(path.join(home, "data", level), { recursive: true });
    writeFileSync(path.join(home, "data", level, "settings.json"), JSON.stringify(options.settings ?? {}));
  }
  if (options.extension !== undefined) await installExtension(options.extension, extensions);
  const token = randomBytes(16).toString("hex");
  const child = spawn(
    process.execPath,
    [
      options.entry,
      ...["--host", "127.0.0.1", "--port", "0", "--connection-token", token, "--accept-server-license-terms"],
      // Lets an address name an extension under development and its tests.
      ...(options.extension === undefined ? ["--enable-smoke-test-driver"] : []),
      ...(options.workspaceTrust === true ? [] : ["--disable-workspace-trust"]),
      ...["--telemetry-level", "off", "--server-data-dir", home],
      ...(options.reconnectionSeconds === undefined
        ? []
        : ["--reconnection-grace-time", String(options.reconnectionSeconds)]),
      ...["--user-data-dir", path.join(home, "data"), "--extensions-dir", extensions],
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...options.env } },
  );
  let log = "";
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const port = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        log += chunk.toString();
        options.onOutput?.(chunk.toString());
        const found = /agent listening on (\d+)/.exec(log)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`VS Code's server did not start:\n${log}`)));
  });
  const stop = async (): Promise<void> => {
    child.kill();
    await ended;
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const authority = `127.0.0.1:${await port}`;
    return { authority, address: `http://${authority}/?tkn=${token}`, log: () => log, home, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address of a window of `server` that shows a folder, and runs tests when it is asked to. */
export function windowAddress(server: Pick<VsCodeServer, "authority" | "address">, window: WindowOptions): string {
  const remote = (file: string): string => `vscode-remote://${server.authority}${file}`;
  const address = new URL(server.address);
  address.searchParams.set(window.open.endsWith(".code-workspace") ? "workspace" : "folder", window.open);
  if (window.tests !== undefined) {
    const payload = [
      ["extensionDevelopmentPath", remote(window.tests.extension)],
      ["extensionTestsPath", remote(window.tests.script)],
    ];
    address.searchParams.set("payload", JSON.stringify(payload));
  }
  return address.href;
}

/** What the VSIX of an extension holds, by its folder: finding it out takes seconds, and several servers want it. */
const vsixFiles = new Map<string, Promise<readonly string[]>>();

/** Copies what the VSIX would hold. */
async function installExtension(extension: string, extensions: string): Promise<void> {
  const listed = vsixFiles.get(extension) ?? listFiles({ cwd: extension, packageManager: PackageManager.None });
  vsixFiles.set(extension, listed);
  for (const file of await listed) {
    cpSync(path.join(extension, file), path.join(extensions, path.basename(extension), file), { recursive: true });
  }
}

async function npm(cwd: string, ...command: readonly string[]): Promise<void> {
  await run(cwd, "npm", [...command, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]);
}

async function run(cwd: string, program: string, command: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)(program, command, { cwd, maxBuffer: 1 << 26 });
  } catch (error) {
    const output = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    throw new Error(`"${program} ${command.join(" ")}" failed in ${cwd}:\n${output || String(error)}`);
  }
}

/** The folder with node's C++ headers: beside node itself or, in the npm package `node`, in its package for this platform. */
function nodeHeaders(): string {
  const home = path.resolve(process.execPath, "..", "..");
  const platform = `node-${process.platform}-${process.arch}`;
  const candidates = [home, path.join(home, "node_modules", platform), path.join(home, "..", platform)];
  const found = candidates.find((folder) => existsSync(path.join(folder, "include", "node", "node.h")));
  if (found === undefined) throw new Error(`Node's C++ headers were not found under ${home}.`);
  return found;
}

/** npm's own copy of node-gyp, which no PATH names. */
function findNodeGyp(): string {
  const root = execFileSync("npm", ["root", "--global"], { encoding: "utf8" }).trim();
  const candidates = [
    path.join(root, "npm", "node_modules", "node-gyp", "bin", "node-gyp.js"),
    "/usr/lib/node_modules/npm/node_modules/node-gyp/bin/node-gyp.js",
    "/usr/share/nodejs/node-gyp/bin/node-gyp.js",
  ];
  const found = candidates.find((file) => existsSync(file));
  if (found === undefined) throw new Error("npm's node-gyp was not found; install npm as Node's installer does.");
  return found;
}
