// er/multiple-files: a second release file, which no host reads.
import { releaseFolders, releasePrefix } from "../../../model/release-location.ts";
import { nameOf } from "../../../model/tree-files.ts";
import type { TreeCheck } from "../../check.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

export const multipleFiles: TreeCheck = {
  id: "er/multiple-files",
  severity: "warning",
  title: "More than one release file",
  why: "A host reads the release file that has the name of the image. If there are several others, it reads none of them, so an image with another name is not recognised.",
  example: {
    badTree: { [release]: "ID=_any\n", "usr/lib/extension-release.d/extension-release.other": "ID=_any\n" },
    goodTree: {
      [release]: "ID=_any\n",
      "usr/lib/extension-release.d/extension-release.other": { target: "extension-release.demo" },
    },
    fixed: [{ files: { "usr/lib/extension-release.d/extension-release.other": undefined } }],
  },
  run({ files, extension }, _context, report) {
    const folder = releaseFolders[extension.class];
    const regular = files
      .children(folder)
      .filter(({ path, type }) => type === "file" && nameOf(path).startsWith(releasePrefix));
    const own = `${releasePrefix}${extension.name}`;
    // Without a file of the right name it is that which has to be said.
    if (regular.length < 2 || !regular.some(({ path }) => nameOf(path) === own)) return;
    for (const { path } of regular) {
      if (nameOf(path) === own) continue;
      report(path, `no host reads this file because "${own}" exists; remove it, or make it a symlink to that file`, {
        fixes: [{ title: "Remove the file", changes: [{ kind: "remove", path }] }],
      });
    }
  },
};
