// Checks of units that need the whole tree: what starts them, and what they run.

import type { UnitFile } from "../../../model/unit-file.ts";
import type { TreeCheck } from "../../check.ts";
import { suppressed } from "../suppression.ts";
import { earlyBoot } from "./early-boot.ts";
import { envFileMandatory, readOnlyPath } from "./files.ts";
import { overridesHostUnit, upholdsUnknown } from "./host-units.ts";
import { leaksOnUnmerge } from "./leaks-on-unmerge.ts";
import { requiredBy, upheldVersion, wantsLink } from "./links.ts";
import { installUseless, neverStarted } from "./never-started.ts";
import { presetInSysext, systemctlInScript, wrongDir } from "./places.ts";
import { execElsewhere, execMissing, execSbin } from "./programs.ts";
import { userUndeclared } from "./user-undeclared.ts";

/** In the order of their findings. */
const allChecks: readonly TreeCheck[] = [
  neverStarted,
  installUseless,
  wantsLink,
  upheldVersion,
  upholdsUnknown,
  execElsewhere,
  execMissing,
  execSbin,
  envFileMandatory,
  userUndeclared,
  earlyBoot,
  requiredBy,
  readOnlyPath,
  overridesHostUnit,
  presetInSysext,
  leaksOnUnmerge,
  systemctlInScript,
  wrongDir,
];

export const unitInTreeChecks: readonly TreeCheck[] = allChecks.map(heedComments);

/** The check without what comments in unit files switch off, and with what several units share said once. */
function heedComments(check: TreeCheck): TreeCheck {
  return {
    ...check,
    run(tree, context, report) {
      let files: ReadonlyMap<string, UnitFile> | undefined;
      const seen = new Set<string>();
      check.run(tree, context, (path, message, options = {}) => {
        const { span = { start: 0, end: 0 }, fixes = [], severity = check.severity } = options;
        const key = `${path}\n${span.start}\n${message}`;
        if (seen.has(key)) return;
        seen.add(key);
        files ??= new Map(tree.units.files.map((unit) => [unit.path, unit.file]));
        const file = files.get(path);
        if (file !== undefined && suppressed(file, { check: check.id, severity, span, message, fixes })) return;
        report(path, message, options);
      });
    },
  };
}
