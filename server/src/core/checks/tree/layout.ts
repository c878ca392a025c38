// What stands at the top of a tree: only what hosts merge of an extension gets into an image.

import { projectPath } from "../../model/project.ts";
import type { TreeCheck } from "../check.ts";

/** Folders at the top of a tree that were meant to be below `usr`. */
const belowUsr = ["bin", "sbin", "lib", "lib32", "lib64", "libexec", "share", "include"];

const topLevel: TreeCheck = {
  id: "tree/toplevel-bin-lib",
  severity: "error",
  title: "A folder that belongs below usr",
  why: "/bin, /sbin and /lib are symlinks into /usr on a host, and extensions are merged into /usr and /opt only: what lies in a folder bin of the tree is in no image.",
  example: {
    badTree: { "bin/tool": { mode: 0o755 } },
    goodTree: { "usr/bin/tool": { mode: 0o755 } },
  },
  run({ files, extension }, _context, report) {
    if (extension.class !== "sysext") return;
    for (const { path, type } of files.children("")) {
      if (type !== "directory" || !belowUsr.includes(path) || files.below(path).length === 0) continue;
      report(path, `"${path}" is not merged by any host; move what is in it to "usr/${path}"`, {
        fixes: [
          {
            title: `Move it to "usr/${path}"`,
            changes: files
              .children(path)
              .map((file) => ({ kind: "rename" as const, from: file.path, to: `usr/${file.path}` })),
          },
        ],
      });
    }
  },
};

const outsideHierarchy: TreeCheck = {
  id: "tree/outside-hierarchy",
  severity: "warning",
  title: "Files that are in no image",
  why: "Of a system extension hosts merge /usr and /opt, of a configuration extension /etc. Whatever else lies in the tree is left out of the image without a word.",
  example: {
    badTree: { "data/tool.conf": "x=1\n" },
    goodTree: { "usr/share/demo/tool.conf": "x=1\n", "README.md": "About the extension.\n" },
  },
  run({ files, extension }, _context, report) {
    const [merged = ""] = extension.class === "sysext" ? ["usr"] : ["etc"];
    for (const { path, type } of files.children("")) {
      if (type !== "directory" || isElsewhere(path) || extension.hierarchies.includes(path)) continue;
      if (belowUsr.includes(path) || files.below(path).length === 0) continue;
      report(
        path,
        `no host merges "${path}", so it is in no image; move what is in it to "${merged}", or out of the tree`,
      );
    }
  },
};

/** Folders of which other checks speak, or that belong to the project and not to the extension. */
function isElsewhere(path: string): boolean {
  const ofOthers = ["usr", "opt", "etc", "var", "run", "tmp", "home", "root", "boot"];
  const ofProject = [
    "docs",
    "doc",
    "scripts",
    "tests",
    "test",
    "examples",
    "node_modules",
    "build",
    "dist",
    "out",
    "host",
  ];
  return path.startsWith(".") || path === projectPath || ofOthers.includes(path) || ofProject.includes(path);
}

export const layoutChecks: readonly TreeCheck[] = [outsideHierarchy, topLevel];
