// er/strict-false-hazard and er/strict-xattr-lost: release files that hosts find by an extended attribute only.
import { versionsVersion } from "../../../hosts/image-name.ts";
import { baseOfName } from "../../../model/extension-name.ts";
import { releaseFolders, releasePrefix } from "../../../model/release-location.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { nameOf } from "../../../model/tree-files.ts";
import type { TreeCheck } from "../../check.ts";
import { renameFile } from "../../fixes.ts";
import { ownReleases } from "./own-releases.ts";
import { reloadKeys, reloadVersion } from "./reload-keys.ts";

const strictAttribute = "user.extension-release.strict";
const release = "usr/lib/extension-release.d/extension-release.demo";

/** Whether a host finds a release file by its name; newer ones are content with what stands before a version. */
function hasOwnName({ extension: { name } }: TreeFacts, path: string, systemd: number): boolean {
  const suffix = nameOf(path).slice(releasePrefix.length);
  return suffix === name || (systemd >= versionsVersion && suffix === baseOfName(name));
}

/** Whether the attribute says that the file's name need not be the extension's. */
function isRelaxed({ files }: TreeFacts, path: string): boolean {
  const value = files.get(path)?.xattrs?.get(strictAttribute);
  return value !== undefined && /^(?:0|no|n|false|f|off)$/i.test(String.fromCharCode(...value));
}

export const strictHazard: TreeCheck = {
  id: "er/strict-false-hazard",
  severity: "info",
  title: "A reload that is skipped if there are several extensions",
  why: "After the merge, systemd looks for the release file again, in the merged tree. A file that only its attribute identifies is then one of several, and the reload is skipped.",
  example: {
    badTree: {
      "usr/lib/extension-release.d/extension-release.other": {
        content: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
        xattrs: { [strictAttribute]: "0" },
      },
    },
    goodTree: {
      [release]: { content: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n", xattrs: { [strictAttribute]: "0" } },
    },
    image: true,
    fixed: ["good"],
  },
  run(facts, { systemd }, report) {
    if (systemd < reloadVersion) return;
    for (const [path, file] of ownReleases(facts)) {
      if (hasOwnName(facts, path, systemd) || !isRelaxed(facts, path)) continue;
      const key = file.assignments.find(
        ({ name, text }) => reloadKeys.includes(name) && !/^(?:|0|no|n|false|f|off)$/i.test(text),
      );
      if (key === undefined) continue;
      report(
        path,
        `"${key.name}" is ignored if another extension is merged too; rename the file to "${releasePrefix}${facts.extension.name}"`,
        {
          span: key.key,
          fixes: [renameFile(path, `${releaseFolders[facts.extension.class]}/${releasePrefix}${facts.extension.name}`)],
        },
      );
    }
  },
};

export const strictLost: TreeCheck = {
  id: "er/strict-xattr-lost",
  severity: "warning",
  title: "A name that depends on an extended attribute",
  why: "git, most archives, and builds without extended attributes lose the attribute that allows another name; the image then prevents the host from merging any extension.",
  example: {
    badTree: {
      "usr/lib/extension-release.d/extension-release.other": {
        content: "ID=_any\n",
        xattrs: { [strictAttribute]: "0" },
      },
    },
    goodTree: { [release]: { content: "ID=_any\n", xattrs: { [strictAttribute]: "0" } } },
    fixed: ["good"],
  },
  run(facts, { image, systemd }, report) {
    if (image) return; // there it was kept
    const own = `${releasePrefix}${facts.extension.name}`;
    for (const [path, file] of ownReleases(facts)) {
      if (hasOwnName(facts, path, systemd) || !isRelaxed(facts, path)) continue;
      report(
        path,
        `only an extended attribute allows a name other than "${own}", and git and most archives lose it; rename the file`,
        {
          span: file.head,
          fixes: [renameFile(path, `${releaseFolders[facts.extension.class]}/${own}`)],
        },
      );
    }
  },
};
