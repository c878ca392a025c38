// Opens a window of a real VS Code on this project's extension, shown by Chromium, for tests that run in it or drive it.
import { globSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { projectFolder } from "../../scripts/project-folder.ts";
import {
  acquireVsCodeServer,
  startVsCodeServer,
  type VsCodeServer,
  windowAddress,
} from "../../scripts/vscode-server.ts";
import { findTool } from "../support/tools.ts";

/** What opening a window needs: a browser, and a compiler for VS Code's native modules. */
export const neededTools = ["chromium", "g++", "make"] as const;

/** Where VS Code's server is, or is put. */
export const serverCache = path.join(projectFolder, ".vscode-test", "code-server");

/** Settings that keep the window free of what no test is about. */
const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  // Where a test changes the theme of its window.
  "files.exclude": { "**/.vscode": true },
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
};

export interface WindowSetup {
  /** The folder that the window shows. */
  readonly folder: string;
  /** A script with `run()` for the extension host. */
  readonly tests?: string;
  /** The environment that the extension host gets in addition. */
  readonly env?: Readonly<Record<string, string>>;
  /** A light window instead of a dark one. */
  readonly light?: boolean;
  readonly highContrast?: boolean;
  /** Opens the folder in Restricted Mode. */
  readonly untrusted?: boolean;
}

export interface EditorWindow {
  readonly page: Page;
  readonly server: VsCodeServer;
  /** Settles with the exit code of the tests; never when the window has none. */
  readonly testsEnded: Promise<number>;
  close(): Promise<void>;
}

/** Opens a window of 1400 by 900 pixels; the caller closes it. */
export async function openVsCode(setup: WindowSetup): Promise<EditorWindow> {
  const entry = acquireVsCodeServer(serverCache, (line) => console.error(line));
  const server = await startVsCodeServer({
    entry,
    settings: { ...quietSettings, "workbench.colorTheme": themeOf(setup) },
    workspaceTrust: setup.untrusted === true,
    ...(setup.env === undefined ? {} : { env: setup.env }),
    ...(setup.tests === undefined ? { extension: projectFolder } : {}),
  });
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server.stop();
  };
  try {
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const page = await context.newPage();
    // The names by which VS Code's test driver reports.
    const testsEnded = new Promise<number>((resolve) => page.exposeFunction("codeAutomationExit", resolve));
    await page.exposeFunction("codeAutomationLog", () => undefined);
    await page.goto(
      windowAddress(server, {
        open: setup.folder,
        ...(setup.tests === undefined ? {} : { tests: { extension: projectFolder, script: setup.tests } }),
      }),
    );
    return { page, server, testsEnded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function themeOf({ light, highContrast }: WindowSetup): string {
  if (highContrast === true) return light === true ? "Default High Contrast Light" : "Default High Contrast";
  return light === true ? "Light Modern" : "Dark Modern";
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
