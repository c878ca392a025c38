// VS Code's servers for windows that tests drive: one that trusts every folder, and one that trusts none until it is told.
import path from "node:path";
import { projectFolder } from "../../scripts/project-folder.ts";
import { acquireVsCodeServer, startVsCodeServer, type VsCodeServer } from "../../scripts/vscode-server.ts";
import { findTool } from "../support/tools.ts";

export type Trust = "trusted" | "restricted";

/** Where a server is that somebody else has started. */
export type ServerAddress = Pick<VsCodeServer, "authority" | "address">;

/** What opening a window needs: a browser, and a compiler for VS Code's native modules. */
export const neededTools = ["chromium", "g++", "make"] as const;

/** Names the servers that several test files share, as JSON: an address for each kind of trust. */
const serversVariable = "SYSEXT_E2E_SERVERS";

/** Settings that keep the window free of what no test is about. */
const quietSettings = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.colorTheme": "Dark Modern",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  // Where a test changes the theme of its window.
  "files.exclude": { "**/.vscode": true },
};

/** VS Code's server as npm has it, in the project's cache; the first time this takes a minute. */
export async function acquireServer(): Promise<string> {
  return await acquireVsCodeServer(path.join(projectFolder, ".vscode-test", "code-server"), (line) =>
    console.error(line),
  );
}

/** Starts a server whose windows have the extension as its VSIX would install it. */
export async function startServer(trust: Trust): Promise<VsCodeServer> {
  return await startVsCodeServer({
    entry: await acquireServer(),
    settings: quietSettings,
    workspaceTrust: trust === "restricted",
    // A window that a test has closed does not come back.
    reconnectionSeconds: 10,
    extension: projectFolder,
  });
}

/** Starts a server for a window that runs `tests`, which the environment tells more. */
export async function startServerForTests(env: Readonly<Record<string, string>>): Promise<VsCodeServer> {
  return await startVsCodeServer({ entry: await acquireServer(), settings: quietSettings, env });
}

/** The server that this test file shares with others; undefined where it runs by itself. */
export function sharedServer(trust: Trust): ServerAddress | undefined {
  const shared = process.env[serversVariable];
  return shared === undefined ? undefined : (JSON.parse(shared) as Record<Trust, ServerAddress>)[trust];
}

/** Starts both servers and gives the environment in which test files find them; nothing where a tool is missing. */
export async function startSharedServers(): Promise<{
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}> {
  if (neededTools.some((tool) => findTool(tool) === undefined)) return { env: {}, stop: async () => {} };
  await acquireServer(); // both starts at once would install it twice
  const trusted = await startServer("trusted");
  const restricted = await startServer("restricted").catch(async (error: unknown) => {
    await trusted.stop();
    throw error;
  });
  const addressOf = ({ authority, address }: VsCodeServer): ServerAddress => ({ authority, address });
  return {
    env: { [serversVariable]: JSON.stringify({ trusted: addressOf(trusted), restricted: addressOf(restricted) }) },
    stop: async () => void (await Promise.all([trusted.stop(), restricted.stop()])),
  };
}
