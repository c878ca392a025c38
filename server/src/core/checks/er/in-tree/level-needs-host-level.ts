// er/level-needs-host-level: a level where hosts of this ID have none.
import { hosts as knownHosts } from "../../../hosts/find-host.ts";
import type { TreeCheck } from "../../check.ts";
import { ownReleases } from "./own-releases.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

export const levelNeedsHostLevel: TreeCheck = {
  id: "er/level-needs-host-level",
  severity: "info",
  title: "A level that these hosts do not have",
  why: "A level is compared only if the host has one too. Other hosts compare VERSION_ID, and ignore an extension without it.",
  example: {
    badTree: { [release]: "ID=debian\nSYSEXT_LEVEL=1.0\n" },
    goodTree: { [release]: "ID=flatcar\nSYSEXT_LEVEL=1.0\n" },
  },
  run(facts, { hosts }, report) {
    for (const [path, file] of ownReleases(facts)) {
      const level = file.get("SYSEXT_LEVEL");
      const id = file.get("ID")?.text;
      if (level === undefined || facts.extension.class !== "sysext" || file.get("VERSION_ID") !== undefined) continue;
      const ofId = knownHosts.filter((host) => host.release.id === id);
      const isLevelled = ofId.some(
        (host) => host.release.sysextLevel !== undefined || host.release.versionId === undefined,
      );
      // A host that was named says so itself.
      if (ofId.length === 0 || isLevelled || hosts.some((host) => host.release.id === id)) continue;
      report(
        path,
        `"${id}" hosts have no SYSEXT_LEVEL, so they compare "VERSION_ID" and ignore this extension; add it`,
        {
          span: level.value,
        },
      );
    }
  },
};
