// Lines of definitions that systemd does not read as their author meant: the checks of units under ids of their own.
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import type { UpdateFileCheck } from "../check.ts";
import { lineTooLong } from "../unit/syntax.ts";

/** Whether the value goes wrong because of a backslash that does not end its line, which a check of lines says. */
export function isLineBroken({ text }: UnitFile, { node }: Entry): boolean {
  return /(?<!\\)(?:\\\\)*\\[ \t]+[\r\n\0]*$/.test(text.slice(node.span.start, node.span.end));
}

export const lineChecks: readonly UpdateFileCheck[] = [{ ...lineTooLong, id: "transfer/line-too-long" }];
