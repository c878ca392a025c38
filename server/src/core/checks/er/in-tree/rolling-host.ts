// er/rolling-host: hosts that compare no version.
import type { TreeCheck } from "../../check.ts";
import { ownReleases } from "./own-releases.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

export const rollingHost: TreeCheck = {
  id: "er/rolling-host",
  severity: "info",
  title: "A host without versions, which takes an extension for ever",
  why: "On a rolling system nothing but the ID is compared, so that an extension is merged even when its programs do not fit the libraries any more.",
  example: {
    badTree: { [release]: "ID=arch\n" },
    goodTree: { [release]: "ID=_any\n" },
    hosts: ["arch"],
  },
  run(facts, { hosts }, report) {
    for (const [path, file] of ownReleases(facts)) {
      const id = file.get("ID");
      const host = hosts.find(
        ({ release: { id: hostId, versionId } }) => hostId === id?.text && versionId === undefined,
      );
      if (id === undefined || host === undefined) continue;
      report(
        path,
        `${host.title} compares no version, so this is merged after any update; link statically, or build it anew for each`,
        {
          span: id.value,
        },
      );
    }
  },
};
