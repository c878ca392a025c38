// What stands at the top of a tree: only what hosts merge of an extension gets into an image.

import { hierarchiesOf } from "../../model/extension-tree.ts";
import type { ExtensionClass } from "../../model/release-context.ts";
import type { TreeFacts } from "../../model/tree-facts.ts";
import type { TreeFile, TreeFiles } from "../../model/tree-files.ts";
import type { TreeCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { moveInto } from "./move-files.ts";
import { ownFolders } from "./payload.ts";

/** Folders at the top of a tree that were meant to be below `usr`. */
const belowUsr = ["bin", "sbin", "lib", "lib32", "lib64", "libexec", "share", "include"];

const topLevel: TreeCheck = {
  id: "tree/toplevel-bin-lib",
  severity: "error",
  title: "A folder that belongs in usr",
  why: "/bin, /sbin and /lib are symlinks into /usr on a host, and extensions are merged only into /usr and /opt: a folder bin in the tree is not part of the image.",
  example: {
    badTree: { "bin/tool": { mode: 0o755 } },
    goodTree: { "usr/bin/tool": { mode: 0o755 } },
    fixed: ["good"],
  },
  run({ files, extension }, _context, report) {
    if (extension.class !== "sysext") return;
    for (const { path, type } of files.children("")) {
      if (type !== "directory" || !belowUsr.includes(path) || files.below(path).length === 0) continue;
      report(path, `no host merges "${path}"; move its content to "usr/${path}"`, {
        fixes: moveFix(files, path, `usr/${path}`),
      });
    }
  },
};

const outsideHierarchy: TreeCheck = {
  id: "tree/outside-hierarchy",
  severity: "warning",
  title: "Files that are not part of the image",
  why: "Hosts merge /usr and /opt of a system extension, and /etc of a configuration extension. Everything else in the tree is silently left out of the image.",
  example: {
    badTree: { "data/tool.conf": "x=1\n" },
    goodTree: { "usr/share/demo/tool.conf": "x=1\n", "README.md": "About the extension.\n" },
    fixed: [{ files: { "data/tool.conf": undefined, "usr/share/demo/data/tool.conf": "x=1\n" } }],
  },
  run({ files, extension }, _context, report) {
    for (const { path, type } of files.children("")) {
      if (type !== "directory" || hierarchiesOf[extension.class].includes(path)) continue;
      if (isOfProject(path) || isOfOthers(path, extension.class)) continue;
      if (!files.below(path).some((file) => isLost(file, extension))) continue;
      const isHierarchy = hierarchiesOf.sysext.includes(path);
      const wayOut =
        extension.class === "sysext"
          ? 'move its content to "usr", or out of the tree'
          : isHierarchy
            ? "use a system extension"
            : 'move its content to "etc", or out of the tree';
      const store = `usr/share/${extension.name}/${path}`;
      report(path, `no host merges "${path}" of a ${className[extension.class]}; ${wayOut}`, {
        fixes: extension.class === "sysext" ? moveFix(files, path, store) : [],
      });
    }
  },
};

const className: Readonly<Record<ExtensionClass, string>> = {
  sysext: "system extension",
  confext: "configuration extension",
};

/** Whether a file in a folder that is not merged is missed; a release file there is another check's finding. */
function isLost({ path, type }: TreeFile, { allReleaseFiles, class: ofClass }: TreeFacts["extension"]): boolean {
  return ofClass === "sysext" || (type !== "directory" && !allReleaseFiles.includes(path));
}

function moveFix(files: TreeFiles, from: string, to: string): Fix[] {
  const changes = moveInto(files, from, to);
  return changes === undefined ? [] : [{ title: `Move it to "${to}"`, changes }];
}

/** Folders of which other checks speak. */
function isOfOthers(path: string, extensionClass: ExtensionClass): boolean {
  if (ownFolders.includes(path)) return true;
  return extensionClass === "sysext" && (path === "etc" || belowUsr.includes(path));
}

/** Folders in the root of a tree that belong to the project and not to the extension. */
const projectFolders = [
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

/** Whether a top-level name is that of the project around the extension, which nobody expects in an image. */
export function isOfProject(name: string): boolean {
  return name.startsWith(".") || projectFolders.includes(name);
}

export const layoutChecks: readonly TreeCheck[] = [outsideHierarchy, topLevel];
