// What keeps a tree from being read, built or looked at as a whole.
import { nameOf } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import { isOfProject } from "./layout.ts";
import { sayOfEach } from "./say-of-each.ts";

const unreadable: TreeCheck = {
  id: "tree/unreadable",
  severity: "warning",
  title: "A file or folder that cannot be read",
  why: "What cannot be read cannot be checked, and no image can be built from it.",
  example: {
    badTree: { [`usr/share/demo/${"d/".repeat(130)}x`]: "" },
    goodTree: { [`usr/share/demo/${"d/".repeat(20)}x`]: "" },
  },
  run({ files, unread, extension }, _context, report) {
    const faults = [...files.unreadable, ...[...unread].map(([path, reason]) => ({ path, reason }))];
    sayOfEach(faults, ({ path, reason }, more) =>
      report(path, `it cannot be read and was not checked: ${reason}${more}`),
    );
    if (!files.cut) return;
    const [folder = "usr"] = extension.hierarchies;
    const count = files.all.length;
    report(folder, `only the first ${count} files of the tree are checked; remove files that do not belong in it`);
  },
};

const symlinkLoop: TreeCheck = {
  id: "tree/symlink-loop",
  severity: "warning",
  title: "Symlinks in a loop",
  why: "A symlink that leads back to itself, directly or through others, has no target.",
  example: {
    badTree: { "usr/share/demo/a": { target: "a" } },
    goodTree: { "usr/share/demo/a": { target: "b" }, "usr/share/demo/b": "" },
  },
  run({ files }, _context, report) {
    const loops = files.all.filter(
      ({ path, target }) => target !== undefined && isSeen(path) && files.resolve(path).kind === "loop",
    );
    sayOfEach(loops, ({ path, target }, more) =>
      report(path, `the symlink to "${target}" is part of a loop; point it to a file${more}`),
    );
  },
};

const oddName: TreeCheck = {
  id: "tree/odd-name",
  severity: "warning",
  title: "A name that most programs cannot display",
  why: "Names that are not valid UTF-8, or contain control characters, cannot be typed, and every program displays them differently.",
  example: {
    badTree: { "usr/share/demo/a\u0007b": "" },
    goodTree: { "usr/share/demo/ä b": "" },
  },
  run({ files }, _context, report) {
    sayOfEach(files.named(isOdd), ({ path }, more) => {
      const what = /\p{Cs}/u.test(nameOf(path)) ? "bytes that are not valid UTF-8" : "control characters";
      report(path, `the name of this file contains ${what}, which most programs cannot display; rename it${more}`);
    });
  },
};

/** Control characters, and bytes that are not valid UTF-8, which stand as surrogates by themselves. */
const oddSign = /\p{Cc}|\p{Cs}/u;

function isOdd(path: string): boolean {
  return oddSign.test(nameOf(path)) && isSeen(path);
}

/** Whether a file is not only one of the project around the extension. */
function isSeen(path: string): boolean {
  return !isOfProject(path.split("/", 1)[0] ?? "");
}

export const badInputChecks: readonly TreeCheck[] = [unreadable, symlinkLoop, oddName];
