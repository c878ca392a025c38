// er/reload-missing: units of which nothing tells systemd after the merge.
import { nameOf } from "../../../model/tree-files.ts";
import type { TreeCheck } from "../../check.ts";
import { addLine, ownReleases } from "./own-releases.ts";
import { reloadKeys, reloadVersion } from "./reload-keys.ts";

const release = "usr/lib/extension-release.d/extension-release.demo";
const unitFolder = /^(?:usr\/(?:local\/)?lib|etc)\/systemd\/system$/;

export const reloadMissing: TreeCheck = {
  id: "er/reload-missing",
  severity: "warning",
  title: "Units that systemd does not load after the merge",
  why: "systemd loads unit files when it starts. It loads those of an extension only when its manager is reloaded, which it does after the merge if the release file says so.",
  since: reloadVersion,
  example: {
    badTree: {
      [release]: "ID=_any\n",
      "usr/lib/systemd/system/docker.service.d/10-demo.conf": "[Service]\nEnvironment=DEMO=1\n",
    },
    goodTree: {
      [release]: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
      "usr/lib/systemd/system/docker.service.d/10-demo.conf": "[Service]\nEnvironment=DEMO=1\n",
    },
    fixed: ["good"],
  },
  run(facts, { systemd }, report) {
    if (systemd < reloadVersion) return; // which does not know the key
    const unit = facts.units.files.find(
      ({ location, path }) =>
        location.manager === "system" &&
        facts.extension.hierarchies.some((folder) => path.startsWith(`${folder}/`)) &&
        unitFolder.test(location.folder ?? ""),
    );
    if (unit === undefined) return;
    for (const [path, file] of ownReleases(facts)) {
      if (file.assignments.some(({ name }) => reloadKeys.includes(name))) continue;
      report(
        path,
        `systemd does not load "${nameOf(unit.path)}" when it merges this extension; add "EXTENSION_RELOAD_MANAGER=1"`,
        {
          span: file.head,
          fixes: [addLine(file, "EXTENSION_RELOAD_MANAGER=1")],
        },
      );
    }
  },
};
