// Opens a window of a real VS Code on this project's extension, shown by Chromium, for tests that run in it or drive it.
import { globSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";
import { type VsCodeServer, type WindowTests, windowAddress } from "../../scripts/vscode-server.ts";
import { findTool } from "../support/tools.ts";
import { type ServerAddress, sharedServer, startServer, startServerForTests } from "./editor-servers.ts";

export interface WindowSetup {
  /** Absolute path of the folder or workspace file that the window shows. */
  readonly folder: string;
  /** Opens the folder in Restricted Mode. */
  readonly untrusted?: boolean;
}

export interface EditorWindow {
  readonly page: Page;
  close(): Promise<void>;
}

/** Opens a dark window of 1400 by 900 pixels with a profile of its own; the caller closes it. */
export async function openVsCode({ folder, untrusted }: WindowSetup): Promise<EditorWindow> {
  const trust = untrusted === true ? "restricted" : "trusted";
  const shared = sharedServer(trust);
  if (shared !== undefined) return await openWindow(shared, folder);
  const server = await startServer(trust);
  try {
    const window = await openWindow(server, folder);
    return { page: window.page, close: () => window.close().then(server.stop) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export interface TestedWindow extends EditorWindow {
  readonly server: VsCodeServer;
  /** Settles with the exit code of the tests. */
  readonly testsEnded: Promise<number>;
}

/** Opens a window on a server of its own, whose extension host runs the script `tests` in the environment `env`. */
export async function runInVsCode(
  folder: string,
  tests: string,
  env: Readonly<Record<string, string>>,
): Promise<TestedWindow> {
  const server = await startServerForTests(env);
  try {
    let end: (code: number) => void = () => {};
    const testsEnded = new Promise<number>((resolve) => {
      end = resolve;
    });
    const window = await openWindow(server, folder, { tests: { extension: projectFolder, script: tests }, end });
    return { page: window.page, server, testsEnded, close: () => window.close().then(server.stop) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openWindow(
  server: ServerAddress,
  folder: string,
  run?: { readonly tests: WindowTests; readonly end: (code: number) => void },
): Promise<EditorWindow> {
  const browser = await openBrowser();
  const close = (): Promise<void> => browser.close();
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    if (run !== undefined) {
      // The names by which VS Code's test driver reports.
      await page.exposeFunction("codeAutomationExit", run.end);
      await page.exposeFunction("codeAutomationLog", () => undefined);
    }
    await page.goto(windowAddress(server, { open: folder, ...(run === undefined ? {} : { tests: run.tests }) }));
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Bundles the suites that run inside the extension host; returns their entry. Mocha itself stays where npm put it. */
export async function bundleSuites(): Promise<string> {
  const folder = path.join(projectFolder, ".cache", "e2e", "suite");
  rmSync(folder, { recursive: true, force: true });
  const suites = path.join(projectFolder, "test", "e2e", "suite");
  await bundleForExtensionHost([path.join(suites, "index.ts"), ...globSync(path.join(suites, "*.mocha.ts"))], folder);
  return path.join(folder, "index.cjs");
}

/** Bundles scripts for the extension host, each by itself, into a folder. */
export async function bundleForExtensionHost(entryPoints: readonly string[], outdir: string): Promise<void> {
  await build({
    entryPoints: [...entryPoints],
    outdir,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
}

async function openBrowser(): Promise<Browser> {
  const executablePath = findTool("chromium");
  if (executablePath === undefined) throw new Error("Chromium is not installed.");
  const quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet] });
}
