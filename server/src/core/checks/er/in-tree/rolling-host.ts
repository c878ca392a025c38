// er/rolling-host: hosts that compare no version.
import type { TreeCheck } from "../../check.ts";
import { ownReleases } from "./own-releases.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";

export const rollingHost: TreeCheck = {
  id: "er/rolling-host",
  severity: "info",
  title: "A host without versions, which accepts the extension after every update",
  why: "On a rolling system only the ID is compared, so an extension is merged even if its programs no longer work with the host's libraries.",
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
        `${host.title} compares no version, so this extension is merged after every update; link it statically, or rebuild it for each update`,
        {
          span: id.value,
        },
      );
    }
  },
};
