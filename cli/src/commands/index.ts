// The commands, in the order of the help.
import type { Command } from "../command.ts";
import { buildCommand } from "./build.ts";
import { catCommand } from "./cat.ts";
import { checkCommand } from "./check.ts";
import { diffCommand } from "./diff.ts";
import { extractCommand } from "./extract.ts";
import { infoCommand } from "./info.ts";
import { lsCommand } from "./ls.ts";
import { lspCommand } from "./lsp.ts";
import { matchCommand } from "./match.ts";
import { mergePlanCommand } from "./merge-plan.ts";
import { publishCommand } from "./publish.ts";
import { serveCommand } from "./serve.ts";
import { updatePlanCommand } from "./update-plan.ts";
import { vercmpCommand } from "./vercmp.ts";

export const commands: readonly Command[] = [
  checkCommand,
  matchCommand,
  mergePlanCommand,
  buildCommand,
  infoCommand,
  lsCommand,
  catCommand,
  extractCommand,
  diffCommand,
  vercmpCommand,
  updatePlanCommand,
  publishCommand,
  serveCommand,
  lspCommand,
];
