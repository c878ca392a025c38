// The table of all checks, for documentation and settings.
import type { CheckFacts } from "./check.ts";
import { wholeTreeChecks } from "./check-tree.ts";
import { releaseChecks } from "./er/index.ts";
import { missing } from "./er/missing.ts";
import { projectChecks } from "./project/project-file.ts";
import { updateChecks } from "./transfer/index.ts";
import { unitChecks } from "./unit/index.ts";

/** All checks, for documentation and settings. */
export const checks: readonly CheckFacts[] = [
  missing,
  ...releaseChecks,
  ...wholeTreeChecks,
  ...unitChecks,
  ...updateChecks,
  projectChecks.syntax,
  projectChecks.value,
];

/** Address of the page about a check. */
export function checkDocumentation(id: string): string {
  return `https://github.com/sysext-workbench/sysext-workbench/blob/main/docs/checks/${id}.md`;
}
