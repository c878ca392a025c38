// What a path given to `sysext check` is: a folder with trees, a file of a tree, a file by itself, an image.
import { type Stats, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { decodeName, detectContent } from "../../image/src/index.ts";
import { hostFolder, openFileSource } from "../../image/src/node/index.ts";
import {
  checkRelease,
  findTrees,
  lineIndex,
  locateRelease,
  type TreeCheckOptions,
} from "../../server/src/core/index.ts";
import { projectFileName } from "../../shared/src/ids.ts";
import { checkOpenTree, checkOpenTrees, folderTree, imageTree, joinedPath, reportedFinding } from "./extension-tree.ts";
import { about, Failure } from "./failure.ts";
import { type UnpackContext, withImage } from "./image-path.ts";
import { listLooseFiles } from "./loose-files.ts";
import { checkLooseUnits, checkUnitFile, locateHostUnit } from "./loose-units.ts";
import { checkLooseUpdates, checkUpdateFile } from "./loose-updates.ts";
import type { ReportedFinding } from "./report/finding.ts";

export interface CheckedTarget {
  readonly findings: readonly ReportedFinding[];
  /** What was looked at, and how many of it. */
  readonly kind: "tree" | "file" | "image";
  readonly count: number;
}

/** Checks what is at `target`. Throws a Failure about it when nothing there can be checked. */
export async function checkTarget(
  target: string,
  options: TreeCheckOptions,
  context: UnpackContext,
): Promise<readonly CheckedTarget[]> {
  const found = await about(target, async () => statSync(target));
  return found.isDirectory() ? await checkFolder(target, options) : [await checkFile(target, found, options, context)];
}

async function checkFolder(folder: string, options: TreeCheckOptions): Promise<CheckedTarget[]> {
  const names = new Set(await about(folder, () => readdir(folder)));
  const trees = await findTrees(hostFolder(path.resolve(folder)));
  // A tree without its release file is known by the folders that hosts merge.
  const isTree = names.has(projectFileName) || (trees.length === 0 && ["usr", "opt"].some((name) => names.has(name)));
  if (isTree && !trees.includes("")) trees.unshift("");
  const open = [];
  for (const tree of trees) open.push(await folderTree(joinedPath(folder, tree)));
  const findings = await checkOpenTrees(open, options);
  const files = await listLooseFiles(folder, trees);
  const units = await checkLooseUnits(folder, files, options);
  const updates = await checkLooseUpdates(folder, files, options);
  const loose = { count: units.count + updates.count, findings: [...units.findings, ...updates.findings] };
  if (trees.length === 0 && loose.count === 0) {
    const wanted = "usr/lib/extension-release.d/extension-release.NAME";
    throw new Failure(
      `it contains no extension tree (a folder with "${wanted}"), no unit file and no update definition`,
      folder,
    );
  }
  const checked: CheckedTarget[] = [];
  if (trees.length > 0) checked.push({ findings, kind: "tree", count: trees.length });
  if (loose.count > 0) checked.push({ findings: loose.findings, kind: "file", count: loose.count });
  return checked;
}

async function checkFile(
  file: string,
  found: Stats,
  options: TreeCheckOptions,
  context: UnpackContext,
): Promise<CheckedTarget> {
  const unit = found.isFile() ? locateHostUnit(file) : undefined;
  if (unit !== undefined) {
    const findings = await checkUnitFile(file, unit, options);
    if (findings !== undefined) return { findings, kind: "file", count: 1 };
  }
  const update = found.isFile() ? await checkUpdateFile(file, options) : undefined;
  if (update !== undefined) return { findings: update, kind: "file", count: 1 };
  const root = treeOfFile(file);
  if (root !== undefined) {
    const findings = await about(file, () => folderTree(root).then((tree) => checkOpenTree(tree, options)));
    const shown = joinedPath(file, "");
    return { findings: findings.filter((finding) => finding.file === shown), kind: "file", count: 1 };
  }
  if (path.basename(file).startsWith("extension-release.")) {
    return { findings: await checkLooseRelease(file, options), kind: "file", count: 1 };
  }
  if (found.isFile()) await refuseText(file);
  const findings = await withImage(file, context, ({ tree }) => checkOpenTree(imageTree(file, tree), options));
  return { findings, kind: "image", count: 1 };
}

/** The folder of the tree that a file belongs to, named as the file is; undefined when it belongs to none. */
function treeOfFile(file: string): string | undefined {
  if (path.basename(file) === projectFileName) return path.dirname(file);
  const location = locateRelease(path.resolve(file).replaceAll(path.sep, "/"));
  if (location === undefined) return undefined;
  const depth = location.path.split("/").length;
  return path.normalize(path.join(file, ...Array.from({ length: depth }, () => "..")));
}

/** A release file that lies in no tree is checked by itself. */
async function checkLooseRelease(file: string, { systemd }: TreeCheckOptions): Promise<ReportedFinding[]> {
  const text = decodeName(await about(file, () => readFile(file)));
  const lines = lineIndex(text);
  const findings = checkRelease(text, systemd === undefined ? {} : { systemd });
  return findings.map((finding) => reportedFinding(joinedPath(file, ""), lines, finding));
}

async function refuseText(file: string): Promise<void> {
  const kind = await about(file, async () => {
    const source = await openFileSource(file);
    try {
      return (await detectContent(source)).kind;
    } finally {
      await source.close();
    }
  });
  if (kind !== "text") return;
  throw new Failure(
    `files of this type are not checked; give a unit file, an update definition, a release file (extension-release.NAME), ${projectFileName}, an image or a folder of these`,
    file,
  );
}
