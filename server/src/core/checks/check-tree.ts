// Runs all checks over a tree: its project file, its release files, its units, its update definitions, and the tree as a whole.
import type { TreePlace } from "../model/extension-name.ts";
import { releaseContext } from "../model/extension-tree.ts";
import { knownExtensions } from "../model/known-extension.ts";
import { emptyProject, projectPath } from "../model/project.ts";
import type { SeverityOverrides } from "../model/severity.ts";
import type { Tree } from "../model/tree.ts";
import type { TreeContext } from "../model/tree-context.ts";
import { readTreeFacts, type TreeFacts } from "../model/tree-facts.ts";
import { newestSystemd } from "../tables/newest-systemd.ts";
import type { TreeCheck } from "./check.ts";
import { hostRejects } from "./er/in-tree/host-rejects.ts";
import { releaseInTreeChecks } from "./er/in-tree/index.ts";
import { checkRelease } from "./er/index.ts";
import { checkMissing } from "./er/missing.ts";
import { type TreeFinding, withSeverities } from "./finding.ts";
import { nameChecks } from "./name/index.ts";
import { checkProject } from "./project/project-file.ts";
import { unknownHost } from "./project/unknown-host.ts";
import { sysusersChecks } from "./sysusers/declared-users.ts";
import { tmpfilesChecks } from "./tmpfiles/made-files.ts";
import { checkTreeUpdates } from "./transfer/check-updates.ts";
import { treeChecks } from "./tree/index.ts";
import { checkTreeUnits } from "./unit/check-units.ts";
import { checkFileNames } from "./unit/file-names.ts";
import { unitInTreeChecks } from "./unit/in-tree/index.ts";
import { checkUnitLinks } from "./unit/linked-name.ts";
import { readableMessage } from "./unit/message.ts";

export interface TreeCheckOptions
  extends Partial<Pick<TreeContext, "hosts" | "unknownHosts" | "base" | "others" | "image">> {
  /** The lowest version of systemd that the extension is for; the project file's when it is not given. */
  readonly systemd?: number;
  /** Severities that go before those of the project file. */
  readonly overrides?: SeverityOverrides;
}

/** Checks everything that is known about a tree. */
export async function checkTree(tree: Tree, place: TreePlace, options: TreeCheckOptions = {}): Promise<TreeFinding[]> {
  return await checkReadTree(tree, place, await readTreeFacts(tree, place), options);
}

/** The same for a tree that is read already; `tree` is looked into for little more than its release files. */
export async function checkReadTree(
  tree: Tree,
  place: TreePlace,
  facts: TreeFacts,
  options: TreeCheckOptions = {},
): Promise<TreeFinding[]> {
  const { extension, units, updates } = facts;
  const { project = emptyProject, projectText } = extension;
  const systemd = options.systemd ?? project.systemd;
  const findings: TreeFinding[] = checkMissing(extension);
  if (projectText !== undefined) {
    findings.push(...checkProject(projectText).map((finding) => ({ ...finding, path: projectPath })));
  }
  for (const [path, file] of facts.releases) {
    const context = await releaseContext(tree, place, path, options.systemd);
    findings.push(...checkRelease(file.text, context).map((finding) => ({ ...finding, path })));
  }
  findings.push(...checkTreeUnits(units, systemd));
  const extensions = knownExtensions(facts, options.others);
  findings.push(...checkTreeUpdates(updates, { extensions, ...(systemd === undefined ? {} : { systemd }) }));
  findings.push(...checkFacts(facts, treeContext(options, systemd)));
  return withSeverities(findings, { ...project.checks, ...options.overrides });
}

/** What is to say of a tree beside what its texts say by themselves; each finding may be at a file without a text. */
export function checkWholeTree(facts: TreeFacts, options: TreeCheckOptions = {}): TreeFinding[] {
  const { extension, units } = facts;
  const found = [
    ...checkFileNames(units),
    ...checkUnitLinks(units),
    ...checkFacts(facts, treeContext(options, options.systemd ?? extension.project.systemd)),
  ];
  return withSeverities(found, { ...extension.project.checks, ...options.overrides });
}

function treeContext(
  { image = false, hosts = [], unknownHosts = [], others = [], base }: TreeCheckOptions,
  systemd = newestSystemd,
): TreeContext {
  return { systemd, image, hosts, unknownHosts, others, ...(base === undefined ? {} : { base }) };
}

/** All checks of trees as a whole, in the order of their findings. */
export const wholeTreeChecks: readonly TreeCheck[] = [
  hostRejects,
  ...nameChecks,
  ...releaseInTreeChecks,
  unknownHost,
  ...treeChecks,
  ...unitInTreeChecks,
  ...tmpfilesChecks,
  ...sysusersChecks,
];

/** Findings about the tree as a whole. */
export function checkFacts(facts: TreeFacts, context: TreeContext): TreeFinding[] {
  const findings: TreeFinding[] = [];
  for (const check of wholeTreeChecks) {
    check.run(facts, context, (path, message, { fixes = [], severity = check.severity, span } = {}) => {
      findings.push({
        check: check.id,
        severity,
        path,
        span: span ?? { start: 0, end: 0 },
        message: readableMessage(message),
        fixes,
      });
    });
  }
  return findings;
}
