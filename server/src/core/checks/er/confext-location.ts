// er/confext-location: each class of extension has its own folder and its own keys.
import { releasePath } from "../../model/release-location.ts";
import type { ReleaseCheck } from "../check.ts";
import { renameFile, replaceWith } from "../fixes.ts";

export const confextLocation: ReleaseCheck = {
  id: "er/confext-location",
  severity: "error",
  title: "A file or key of the other class of extension",
  why: "A sysext has its release file in usr/lib/extension-release.d and reads SYSEXT_ keys, a confext in etc/extension-release.d with CONFEXT_ keys; those of the other class are not read.",
  since: 254,
  example: {
    bad: "ID=fedora\nVERSION_ID=40\nCONFEXT_LEVEL=2\n",
    good: "ID=fedora\nVERSION_ID=40\nSYSEXT_LEVEL=2\n",
    fixed: ["good"],
  },
  run(file, context, report) {
    const { location, tree, path, suffix } = context;
    if (location === undefined) return;
    if (tree !== undefined && tree.class !== location && path !== undefined && suffix !== undefined) {
      const wanted = releasePath(tree.class, suffix);
      report(file.head, `this extension is a ${tree.class}, whose release file is "${wanted}"; move the file there`, {
        fixes: [{ ...renameFile(path, wanted), title: `Move the file to "${wanted}"` }],
      });
      return;
    }
    const [own, other] = location === "sysext" ? ["SYSEXT", "CONFEXT"] : ["CONFEXT", "SYSEXT"];
    for (const { name, key } of file.assignments) {
      const tail = /^(?:SYSEXT|CONFEXT)(_LEVEL|_SCOPE)$/.exec(name)?.[1];
      if (tail === undefined || !name.startsWith(`${other}_`)) continue;
      report(key, `"${name}" is not read in the release file of a ${location}; the key there is "${own}${tail}"`, {
        severity: "warning",
        fixes: [replaceWith(key, `${own}${tail}`)],
      });
    }
  },
};
