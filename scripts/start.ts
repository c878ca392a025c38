// `npm start`: builds, then opens a VS Code with the extension and the examples; in a browser where no desktop one runs.
//
// $VSCODE chooses: the path of a VS Code, or "browser" for the browser build.
//
// The tests always use the browser build, which needs no download beside npm's and no display server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { buildBundles } from "./build-bundles.ts";
import { type DesktopOptions, fetchDesktop, findInstalled, hasDisplay, rootArguments } from "./desktop-vscode.ts";
import { projectFolder } from "./project-folder.ts";
import { acquireVsCodeServer, startVsCodeServer, windowAddress } from "./vscode-server.ts";

const examples = path.join(projectFolder, "examples");
const cache = path.join(projectFolder, ".vscode-test");
const say = (line: string): void => console.error(line);

if (!buildBundles()) {
  process.exitCode = 1;
} else {
  const desktop = await chooseDesktop();
  process.exitCode = desktop === undefined ? await openBrowserBuild() : await openDesktop(desktop);
}

/** The desktop VS Code to use, or undefined where the browser build has to do. */
async function chooseDesktop(): Promise<string | undefined> {
  const { engines } = JSON.parse(readFileSync(path.join(projectFolder, "package.json"), "utf8")) as {
    engines: { vscode: string };
  };
  const minimum = engines.vscode.replace(/^\D*/, "");
  const options: DesktopOptions = {
    platform: process.platform,
    env: process.env,
    minimum,
    base: rootArguments(cache),
    say,
  };
  if (process.env["VSCODE"] === "browser") return undefined;
  if (!hasDisplay(options)) {
    say("There is no display here, so VS Code runs in the browser.");
    return undefined;
  }
  return findInstalled(options) ?? (await fetchDesktop(cache, say));
}

/** Opens the window and waits for the program: the `code` command returns at once, VS Code itself when it is closed. */
async function openDesktop(program: string): Promise<number> {
  // Set inside VS Code's own terminal; it would make the program behave as plain node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env;
  say(`Opening ${program} …`);
  // What it opens is this repository, whose code runs already: asking whether to trust it would add nothing.
  const window = ["--new-window", "--disable-workspace-trust", `--extensionDevelopmentPath=${projectFolder}`, examples];
  const child = spawn(program, [...rootArguments(cache), ...window], { stdio: ["ignore", "ignore", "inherit"], env });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  try {
    const [code] = await once(child, "exit");
    return typeof code === "number" ? code : 0;
  } catch (error) {
    say(`${program} could not be started: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

/** Runs VS Code's server on loopback until Ctrl-C. */
async function openBrowserBuild(): Promise<number> {
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
  try {
    const entry = await acquireVsCodeServer(path.join(cache, "code-server"), say);
    const server = await startVsCodeServer({ entry, extension: projectFolder });
    const address = windowAddress(server, { open: examples });
    console.log(`\nVS Code with Sysext Workbench, until Ctrl-C:\n\n  ${address}\n`);
    await Promise.race([stopped, server.ended]);
    await server.stop();
    return 0;
  } catch (error) {
    say(`VS Code's browser build did not start: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
