// Unit files that `sysext check` finds outside of extension trees: one by itself, or all below a folder.
import { lstatSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { decodeName } from "../../image/src/index.ts";
import { hostFolder } from "../../image/src/node/index.ts";
import {
  checkTreeUnits,
  checkUnit,
  lineIndex,
  locateUnit,
  looksLikeUnit,
  readProject,
  readTreeUnits,
  type TreeCheckOptions,
  type TreeFinding,
  type UnitLocation,
  withSeverities,
} from "../../server/src/core/index.ts";
import { joinedPath, reportedFinding } from "./extension-tree.ts";
import { about } from "./failure.ts";
import { readableTree } from "./readable-tree.ts";
import type { ReportedFinding } from "./report/finding.ts";

/** What a file is by its name and place; undefined for no unit. */
export function locateHostUnit(file: string): UnitLocation | undefined {
  return locateUnit(path.resolve(file).replaceAll(path.sep, "/"));
}

/** Checks a unit file, with its drop-ins when it lies in a folder of systemd's; undefined for what is none. */
export async function checkUnitFile(
  file: string,
  location: UnitLocation,
  options: TreeCheckOptions,
): Promise<readonly ReportedFinding[] | undefined> {
  const text = await readUnitText(file);
  if (location.root === undefined && !looksLikeUnit(text)) return undefined;
  const lines = lineIndex(text);
  const report = (finding: Omit<TreeFinding, "path">) => reportedFinding(joinedPath(file, ""), lines, finding);
  const { root, path: inTree } = location;
  if (root === undefined || root === "" || inTree === undefined) {
    return checkUnit(text, path.resolve(file).replaceAll(path.sep, "/"), systemdOf(options)).map(report);
  }
  const findings = await checkRoot(root.replaceAll("/", path.sep), options);
  return findings.filter((finding) => finding.path === inTree).map(report);
}

function systemdOf({ systemd }: TreeCheckOptions): { systemd?: number } {
  return systemd === undefined ? {} : { systemd };
}

/** Checks all units below a root that is no extension tree, such as that of an image under construction. */
async function checkRoot(root: string, options: TreeCheckOptions): Promise<TreeFinding[]> {
  const tree = readableTree(hostFolder(root));
  const project = await readProject(tree);
  const found = checkTreeUnits(await readTreeUnits(tree), options.systemd ?? project.systemd);
  tree.throwFault();
  return withSeverities(found, { ...project.checks, ...options.overrides });
}

async function readUnitText(file: string): Promise<string> {
  return decodeName(await about(file, () => readFile(file)));
}

/** Checks the unit files among files that lie in no tree, which are paths relative to a folder. `count` is how many there are. */
export async function checkLooseUnits(
  folder: string,
  files: readonly string[],
  options: TreeCheckOptions,
): Promise<{ readonly findings: readonly ReportedFinding[]; readonly count: number }> {
  const findings: ReportedFinding[] = [];
  const roots = new Set<string>();
  let count = 0;

  async function checkFile(relative: string): Promise<void> {
    const file = path.join(folder, relative);
    const location = locateHostUnit(file);
    if (location === undefined) return;
    if (location.root !== undefined && location.root !== "") {
      count += 1;
      roots.add(location.root);
      return;
    }
    const found = await checkUnitFile(file, location, options);
    if (found === undefined) return;
    count += 1;
    findings.push(...found);
  }

  for (const relative of files) await checkFile(relative);
  for (const root of roots) findings.push(...(await findingsBelow(root, folder, options)));
  return { findings, count };
}

/** Findings of all units of a root, of those that lie below the folder. */
async function findingsBelow(root: string, folder: string, options: TreeCheckOptions): Promise<ReportedFinding[]> {
  const reported: ReportedFinding[] = [];
  const label = path.relative(path.resolve(folder), root.replaceAll("/", path.sep));
  const found = await checkRoot(root.replaceAll("/", path.sep), options);
  for (const [inTree, ofFile] of Map.groupBy(found, (finding) => finding.path)) {
    const shown = joinedPath(path.join(folder, label), inTree);
    const outside = path.relative(path.resolve(folder), path.resolve(shown)).startsWith("..");
    const stat = lstatSync(shown, { throwIfNoEntry: false });
    if (outside || stat === undefined) continue;
    const lines = lineIndex(stat.isFile() ? await readUnitText(shown) : "");
    reported.push(...ofFile.map((finding) => reportedFinding(shown, lines, finding)));
  }
  return reported;
}
