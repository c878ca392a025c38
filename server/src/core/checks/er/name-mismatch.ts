// er/name-mismatch: a release file is found by its name, which is that of the image.
import { baseOfName } from "../../model/extension-name.ts";
import { projectPath } from "../../model/project.ts";
import type { ReleaseContext, ReleaseTree } from "../../model/release-context.ts";
import { releasePath, releasePrefix } from "../../model/release-location.ts";
import type { ReleaseCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { renameFile } from "../fixes.ts";

/** The first version that takes the part of the image's name before `_` or `+`. */
const baseNameVersion = 256;

export const nameMismatch: ReleaseCheck = {
  id: "er/name-mismatch",
  severity: "error",
  title: "The name of the release file is not that of the extension",
  why: "systemd looks for extension-release.NAME in NAME.raw. An image without it is not an extension, and one such image prevents the host from merging any extension.",
  example: {
    bad: "ID=_any\n",
    badPath: "usr/lib/extension-release.d/extension-release.other",
    good: "ID=_any\n",
    fixed: ["good", { files: { "sysext.json": '{\n  "name": "other"\n}\n' } }],
  },
  run(file, context, report) {
    const { suffix, tree, path } = context;
    if (suffix === undefined || tree === undefined || path === undefined) return;
    if (isFound(suffix, tree) || hasClassSuffix(suffix, tree)) return;
    const wanted = `${releasePrefix}${tree.name}`;
    const base = baseOfName(tree.name);
    if (suffix === base) {
      if ((context.systemd ?? baseNameVersion) >= baseNameVersion) return;
      report(
        file.head,
        `systemd ${context.systemd} does not find "${releasePrefix}${suffix}" in "${tree.name}.raw", only ${baseNameVersion} and later do; rename the file to "${wanted}"`,
        { fixes: renameFixes(context, tree, path) },
      );
      return;
    }
    const source =
      tree.nameSource === "project" ? `"${projectPath}" names the extension` : "the folder names the extension";
    report(
      file.head,
      `${source} "${tree.name}", so systemd looks for "${wanted}", not for "${releasePrefix}${suffix}"; rename the file, or set "name" in "${projectPath}"`,
      { fixes: [...renameFixes(context, tree, path), nameInProject(tree, suffix)] },
    );
  },
};

/** er/class-suffix-in-name: the class belongs to the image's file name only. */
export const classSuffixInName: ReleaseCheck = {
  id: "er/class-suffix-in-name",
  severity: "error",
  title: "The name of the release file contains the class",
  why: "The name of the extension in NAME.raw is NAME, and since systemd 255 also in NAME.sysext.raw: the release file is extension-release.NAME, without the class.",
  since: 255,
  example: {
    bad: "ID=_any\n",
    badPath: "usr/lib/extension-release.d/extension-release.demo.sysext",
    good: "ID=_any\n",
    fixed: ["good"],
  },
  run(file, context, report) {
    const { suffix, tree, path } = context;
    if (suffix === undefined || tree === undefined || path === undefined) return;
    if (isFound(suffix, tree) || !hasClassSuffix(suffix, tree)) return;
    report(
      file.head,
      `systemd looks for "${releasePrefix}${tree.name}" in "${tree.name}.raw", without the class; rename the file`,
      { fixes: renameFixes(context, tree, path) },
    );
  },
};

/** Whether this file, or another one of the folder, is what systemd finds. */
function isFound(suffix: string, tree: ReleaseTree): boolean {
  return suffix === tree.name || tree.releaseSuffixes.includes(tree.name) || tree.anyNameAllowed === true;
}

function hasClassSuffix(suffix: string, { name }: ReleaseTree): boolean {
  return suffix === `${name}.sysext` || suffix === `${name}.confext`;
}

function renameFixes({ location }: ReleaseContext, tree: ReleaseTree, path: string): Fix[] {
  return location === undefined ? [] : [renameFile(path, releasePath(location, tree.name))];
}

/** Gives the extension another name in its project file. */
export function nameInProject(tree: ReleaseTree, name: string): Fix {
  const text = projectWithName(tree.project, name);
  return {
    title: `Name the extension "${name}" in "${projectPath}"`,
    changes: [{ kind: "write", path: projectPath, text }],
  };
}

function projectWithName(project: string | undefined, name: string): string {
  try {
    const parsed: unknown = JSON.parse(project ?? "{}");
    if (typeof parsed === "object" && parsed !== null) return `${JSON.stringify({ ...parsed, name }, null, 2)}\n`;
  } catch {
    // A file that is no JSON cannot be added to; it gets replaced, and undo brings it back.
  }
  return `${JSON.stringify({ name }, null, 2)}\n`;
}
