// The release files of a tree's own class, for the checks of them that need the whole tree.
import type { ReleaseFile } from "../../../model/release-file.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { insertAt } from "../../fixes.ts";

/** The release files of the tree's own class; one that is there by several names once. */
export function ownReleases({ extension, releases, files }: TreeFacts): (readonly [path: string, file: ReleaseFile])[] {
  const isAlias = (path: string) => {
    const found = files.get(path)?.type === "symlink" ? files.resolve(path) : undefined;
    return found?.kind === "file" && extension.releaseFiles.includes(found.file.path);
  };
  return extension.releaseFiles.flatMap((path) => {
    const file = releases.get(path);
    return file === undefined || isAlias(path) ? [] : [[path, file] as const];
  });
}

/** Puts a line at the end of a release file. */
export function addLine({ text }: ReleaseFile, line: string) {
  const newline = text === "" || /[\r\n]$/.test(text) ? "" : "\n";
  return insertAt(text.length, `${newline}${line}\n`, `Add "${line}"`);
}
