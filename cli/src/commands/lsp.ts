// `sysext lsp`: the language server, for any editor.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { checkCount } from "../arguments.ts";
import { defineCommand } from "../command.ts";
import { exitStatus, Failure } from "../failure.ts";

export const lspCommand = defineCommand({
  name: "lsp",
  summary: "run the language server",
  positionals: [],
  options: { stdio: { summary: "communicate over standard input and output" } },
  details: [
    "For editors that speak the Language Server Protocol.",
    'Web addresses are fetched only if the editor sends {"trusted": true} in its initializationOptions.',
  ],
  async run({ values, positionals }, { signal }) {
    checkCount("lsp", [], positionals);
    if (!values.stdio) throw new Failure('the transport is missing; use "sysext lsp --stdio"');
    const server = path.join(import.meta.dirname, "server.cjs");
    if (!existsSync(server))
      throw new Failure("the language server is missing beside this program; install it again", server);
    // It holds nothing that an interrupt could lose.
    signal.addEventListener("abort", () => process.exit(exitStatus.interrupted));
    // The server reads the process's arguments itself and ends the process when the editor is done.
    createRequire(import.meta.filename)(server);
    return exitStatus.done;
  },
});
