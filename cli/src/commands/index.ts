// The commands, each read only when it is wanted: a short command should not wait for what the others need.
import type { Command } from "../command.ts";

/** By name, in the order of the help. */
const loaders: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./check.ts")).checkCommand,
  match: async () => (await import("./match.ts")).matchCommand,
  "merge-plan": async () => (await import("./merge-plan.ts")).mergePlanCommand,
  build: async () => (await import("./build.ts")).buildCommand,
  info: async () => (await import("./info.ts")).infoCommand,
  ls: async () => (await import("./ls.ts")).lsCommand,
  cat: async () => (await import("./cat.ts")).catCommand,
  extract: async () => (await import("./extract.ts")).extractCommand,
  diff: async () => (await import("./diff.ts")).diffCommand,
  vercmp: async () => (await import("./vercmp.ts")).vercmpCommand,
  "update-plan": async () => (await import("./update-plan.ts")).updatePlanCommand,
  publish: async () => (await import("./publish.ts")).publishCommand,
  serve: async () => (await import("./serve.ts")).serveCommand,
  lsp: async () => (await import("./lsp.ts")).lspCommand,
};

export const commandNames: readonly string[] = Object.keys(loaders);

/** The command of this name; undefined when there is none. */
export async function loadCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(loaders, name) ? await loaders[name]?.() : undefined;
}

/** All commands, in the order of the help. */
export async function loadCommands(): Promise<readonly Command[]> {
  return await Promise.all(Object.values(loaders).map((load) => load()));
}
