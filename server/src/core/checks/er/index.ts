// The checks of one release file, and running them over a text.
import type { ReleaseContext } from "../../model/release-context.ts";
import { parseReleaseFile } from "../../model/release-file.ts";
import type { SeverityOverrides } from "../../model/severity.ts";
import type { ReleaseCheck } from "../check.ts";
import { type Finding, withSeverities } from "../finding.ts";
import { overlayUnsafe } from "../name/overlay-unsafe.ts";
import { anyIgnoresVersion } from "./any-ignores-version.ts";
import { architectureInvalid } from "./architecture-invalid.ts";
import { confextLocation } from "./confext-location.ts";
import { duplicateKey } from "./duplicate-key.ts";
import { idMissing } from "./id-missing.ts";
import { idNotOs } from "./id-not-os.ts";
import { classSuffixInName, nameMismatch } from "./name-mismatch.ts";
import { noVersionConstraint } from "./no-version-constraint.ts";
import { reloadNotBoolean } from "./reload-not-boolean.ts";
import { restartUnitsUnknown, restartUnitsVersion } from "./restart-units.ts";
import { scopeExcludesSystem } from "./scope-excludes-system.ts";
import { spaceAroundEquals } from "./space-around-equals.ts";
import { syntax } from "./syntax.ts";
import { syntaxInlineComment } from "./syntax-inline-comment.ts";
import { unknownKey } from "./unknown-key.ts";
import { valueCharset } from "./value-charset.ts";
import { versionIdAny } from "./version-id-any.ts";
import { versionKeyTypo } from "./version-key-typo.ts";

/** Checks of a release file, in the order of their findings at one place. */
export const releaseChecks: readonly ReleaseCheck[] = [
  idMissing,
  idNotOs,
  nameMismatch,
  classSuffixInName,
  overlayUnsafe,
  confextLocation,
  anyIgnoresVersion,
  noVersionConstraint,
  versionKeyTypo,
  versionIdAny,
  architectureInvalid,
  scopeExcludesSystem,
  reloadNotBoolean,
  restartUnitsVersion,
  restartUnitsUnknown,
  syntaxInlineComment,
  syntax,
  spaceAroundEquals,
  duplicateKey,
  valueCharset,
  unknownKey,
];

/** Checks the text of a release file; findings come in the order of the text. Pure. */
export function checkRelease(text: string, context: ReleaseContext, overrides: SeverityOverrides = {}): Finding[] {
  const file = parseReleaseFile(text);
  const findings: Finding[] = [];
  for (const check of releaseChecks) {
    check.run(file, context, (span, message, { fixes = [], severity = check.severity } = {}) => {
      findings.push({ check: check.id, severity, span, message, fixes });
    });
  }
  return withSeverities(findings, overrides).sort((a, b) => a.span.start - b.span.start);
}
