// What keeps a tree from being read, built or looked at as a whole.
import { nameOf } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";

const unreadable: TreeCheck = {
  id: "tree/unreadable",
  severity: "warning",
  title: "A file or folder that cannot be read",
  why: "Nothing is known of what cannot be read, and no image can be built of it.",
  example: {
    badTree: { [`usr/share/demo/${"d/".repeat(130)}x`]: "" },
    goodTree: { [`usr/share/demo/${"d/".repeat(20)}x`]: "" },
  },
  run({ files, extension }, _context, report) {
    for (const { path, reason } of files.unreadable) {
      report(path, `it cannot be read, so that nothing is known of it: ${reason}`);
    }
    if (!files.cut) return;
    const [folder = "usr"] = extension.hierarchies;
    const count = files.all.length;
    report(folder, `only the first ${count} files of the tree are looked at; take out what is not meant to be in it`);
  },
};

const symlinkLoop: TreeCheck = {
  id: "tree/symlink-loop",
  severity: "warning",
  title: "Symlinks that lead in a circle",
  why: "A symlink that leads back to itself, on whatever way, leads nowhere.",
  example: {
    badTree: { "usr/share/demo/a": { target: "a" } },
    goodTree: { "usr/share/demo/a": { target: "b" }, "usr/share/demo/b": "" },
  },
  run({ files }, _context, report) {
    for (const { path, target } of files.all) {
      if (target === undefined || files.resolve(path).kind !== "loop") continue;
      report(path, `the symlink to "${target}" leads in a circle; let it lead to a file`);
    }
  },
};

const oddName: TreeCheck = {
  id: "tree/odd-name",
  severity: "warning",
  title: "A name that most programs cannot show",
  why: "Names that are not UTF-8, or that have control characters in them, cannot be typed and are shown differently everywhere.",
  example: {
    badTree: { "usr/share/demo/a\u0007b": "" },
    goodTree: { "usr/share/demo/ä b": "" },
  },
  run({ files }, _context, report) {
    for (const { path } of files.all) {
      if (!hasOddSign(nameOf(path))) continue;
      report(path, "the name of this file has bytes that are no text; give it another one");
    }
  },
};

/** Control characters, and bytes that are no UTF-8, which stand as surrogates by themselves. */
function hasOddSign(name: string): boolean {
  return /\p{Cc}|\p{Cs}/u.test(name);
}

export const badInputChecks: readonly TreeCheck[] = [unreadable, symlinkLoop, oddName];
