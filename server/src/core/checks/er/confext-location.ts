// er/confext-location: each class of extension has its own folder and its own keys.
import { releasePath } from "../../model/release-location.ts";
import type { ReleaseCheck } from "../check.ts";
import { renameFile, replaceWith } from "../fixes.ts";

export const confextLocation: ReleaseCheck = {
  id: "er/confext-location",
  severity: "error",
  title: "A file or key of the other class of extension",
  why: "The release file of a sysext is in usr/lib/extension-release.d and uses SYSEXT_ keys, that of a confext is in etc/extension-release.d and uses CONFEXT_ keys; systemd does not read those of the other class.",
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
      report(
        file.head,
        `this extension is a ${tree.class}, so its release file must be "${wanted}"; move the file there`,
        {
          fixes: [{ ...renameFile(path, wanted), title: `Move the file to "${wanted}"` }],
        },
      );
      return;
    }
    const [own, other] = location === "sysext" ? ["SYSEXT", "CONFEXT"] : ["CONFEXT", "SYSEXT"];
    for (const { name, key } of file.assignments) {
      const tail = /^(?:SYSEXT|CONFEXT)(_LEVEL|_SCOPE)$/.exec(name)?.[1];
      if (tail === undefined || !name.startsWith(`${other}_`)) continue;
      report(key, `systemd does not read "${name}" in the release file of a ${location}; use "${own}${tail}"`, {
        severity: "warning",
        fixes: [replaceWith(key, `${own}${tail}`)],
      });
    }
  },
};
