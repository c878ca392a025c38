// The table of all checks, and running them over a text or a tree.

import type { TreePlace } from "../model/extension-name.ts";
import { describeTree, releaseContext } from "../model/extension-tree.ts";
import { projectPath } from "../model/project.ts";
import { readText } from "../model/read-text.ts";
import type { ReleaseContext } from "../model/release-context.ts";
import { parseReleaseFile } from "../model/release-file.ts";
import type { Tree } from "../model/tree.ts";
import { readTreeUnits } from "../model/tree-units.ts";
import type { CheckFacts, ReleaseCheck } from "./check.ts";
import type { Finding, SeverityOverrides, TreeFinding } from "./finding.ts";
import { checkMissing, missing } from "./missing.ts";
import { checkProject, projectChecks } from "./project-file.ts";
import { anyIgnoresVersion } from "./release/any-ignores-version.ts";
import { architectureInvalid } from "./release/architecture-invalid.ts";
import { confextLocation } from "./release/confext-location.ts";
import { duplicateKey } from "./release/duplicate-key.ts";
import { idMissing } from "./release/id-missing.ts";
import { idNotOs } from "./release/id-not-os.ts";
import { classSuffixInName, nameMismatch } from "./release/name-mismatch.ts";
import { noVersionConstraint } from "./release/no-version-constraint.ts";
import { overlayUnsafe } from "./release/overlay-unsafe.ts";
import { reloadNotBoolean } from "./release/reload-not-boolean.ts";
import { restartUnitsUnknown, restartUnitsVersion } from "./release/restart-units.ts";
import { scopeExcludesSystem } from "./release/scope.ts";
import { spaceAroundEquals } from "./release/space-around-equals.ts";
import { syntax } from "./release/syntax.ts";
import { syntaxInlineComment } from "./release/syntax-inline-comment.ts";
import { unknownKey } from "./release/unknown-key.ts";
import { valueCharset } from "./release/value-charset.ts";
import { versionIdAny } from "./release/version-id-any.ts";
import { versionKeyTypo } from "./release/version-key-typo.ts";
import { checkTreeUnits } from "./unit/check-units.ts";
import { unitChecks } from "./unit/index.ts";

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

/** All checks, for documentation and settings. */
export const checks: readonly CheckFacts[] = [
  missing,
  ...releaseChecks,
  ...unitChecks,
  projectChecks.syntax,
  projectChecks.value,
];

/** Address of the page about a check. */
export function checkDocumentation(id: string): string {
  return `https://github.com/sysext-workbench/sysext-workbench/blob/main/docs/checks/${id}.md`;
}

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

/** Applies the severities that a user has set; `off` drops a finding. */
export function withSeverities<Found extends Finding>(
  findings: readonly Found[],
  overrides: SeverityOverrides,
): Found[] {
  return findings.flatMap((finding) => {
    const severity = overrides[finding.check] ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}

export interface TreeCheckOptions {
  /** The lowest version of systemd that the extension is for; the project file's when it is not given. */
  readonly systemd?: number;
  /** Severities that go before those of the project file. */
  readonly overrides?: SeverityOverrides;
}

/** Checks everything that is known about a tree: its project file, its release files, its units, and what is missing. */
export async function checkTree(tree: Tree, place: TreePlace, options: TreeCheckOptions = {}): Promise<TreeFinding[]> {
  const extension = await describeTree(tree, place);
  const overrides = { ...extension.project.checks, ...options.overrides };
  const findings: TreeFinding[] = checkMissing(extension);
  if (extension.projectText !== undefined) {
    findings.push(...checkProject(extension.projectText).map((finding) => ({ ...finding, path: projectPath })));
  }
  for (const path of extension.allReleaseFiles) {
    const text = await readText(tree, path);
    if (text === undefined) continue;
    const context = await releaseContext(tree, place, path, options.systemd);
    findings.push(...checkRelease(text, context).map((finding) => ({ ...finding, path })));
  }
  findings.push(...checkTreeUnits(await readTreeUnits(tree), options.systemd ?? extension.project.systemd));
  return withSeverities(findings, overrides);
}
