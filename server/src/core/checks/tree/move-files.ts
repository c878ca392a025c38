// Repairs that put what is in one folder of a tree into another.
import { folderOf, nameOf, type TreeFile, type TreeFiles } from "../../model/tree-files.ts";
import type { Change } from "../finding.ts";

/** A repair of more files than this is a script's work. */
const maxMovedFiles = 200;

/**
 * The changes that move all that is in the folder `from` into `to`, where folders of the same names become one.
 * Undefined when a file is in the way, or when there are too many of them.
 */
export function moveInto(files: TreeFiles, from: string, to: string): Change[] | undefined {
  const changes: Change[] = [];

  function move(source: string, target: string): boolean {
    const there = files.get(target);
    if (there === undefined) {
      changes.push({ kind: "rename", from: source, to: target });
      return changes.length <= maxMovedFiles;
    }
    if (there.type !== "directory" || files.get(source)?.type !== "directory") return false;
    for (const { path } of files.children(source)) if (!move(path, `${target}/${nameOf(path)}`)) return false;
    changes.push({ kind: "remove", path: source });
    return true;
  }

  return canHold(files, folderOf(to)) && move(from, to) ? changes : undefined;
}

/** Whether a folder is there, or could be made. */
function canHold(files: TreeFiles, folder: string): boolean {
  for (let at = folder; at !== ""; at = folderOf(at)) {
    const there = files.get(at);
    if (there !== undefined && there.type !== "directory") return false;
  }
  return true;
}

/** Paths that need no quotes, and mean themselves, in a line of tmpfiles.d. */
const plainPath = /^[\w./:@+,=-]+$/;

/**
 * Lines of tmpfiles.d that make on a host what is in a folder of the tree, once its files lie in `store`: one for each
 * file, as a folder that the host has already is not copied. Undefined where a line could not say it.
 */
export function copyingLines(files: TreeFiles, folder: string, store: string): string | undefined {
  const single = files.below(folder).filter(({ path, type }) => type !== "directory" || isEmpty(files, path));
  if (single.length > maxMovedFiles || !single.every(({ path }) => plainPath.test(path)) || !plainPath.test(store)) {
    return undefined;
  }
  const line = ({ path, type }: TreeFile) =>
    type === "directory" ? `d /${path}\n` : `C /${path} - - - - /${store}${path.slice(folder.length)}\n`;
  return single.map(line).join("");
}

function isEmpty(files: TreeFiles, folder: string): boolean {
  return files.children(folder).length === 0;
}
