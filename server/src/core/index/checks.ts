// Checks: what is wrong with a text, a unit or a whole tree, each finding with its place and its repairs.
export type { CheckFacts, ExampleFile, ExampleTree } from "../checks/check.ts";
export { checkReadTree, checkTree, checkWholeTree, type TreeCheckOptions } from "../checks/check-tree.ts";
export { checkRelease } from "../checks/er/index.ts";
export { type ExampleFiles, exampleFiles, exampleTree } from "../checks/example-files.ts";
export type { Change, Finding, Fix, TreeFinding } from "../checks/finding.ts";
export { withSeverities } from "../checks/finding.ts";
export { checkDocumentation, checks } from "../checks/index.ts";
export { checkProject } from "../checks/project/project-file.ts";
export { checkTreeUpdates, checkUpdate, type UpdateCheckContext } from "../checks/transfer/check-updates.ts";
export {
  checkParsedUnit,
  checkTreeUnits,
  checkUnit,
  namesOf,
  type UnitCheckContext,
} from "../checks/unit/check-units.ts";
export { suppress } from "../checks/unit/suppression.ts";
export type { Severity, SeverityOverrides } from "../model/severity.ts";
