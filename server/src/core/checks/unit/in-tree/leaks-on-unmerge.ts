// unit/leaks-on-unmerge: services that go on running from files that are gone.
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import type { TreeCheck } from "../../check.ts";
import { startedDemo } from "./example-trees.ts";
import { restartedBy, startingIn } from "./starting.ts";
import { hasOwnFile, treeUnits } from "./tree-units.ts";

/** The first version of systemd that knows the keys for it. */
const since = 262;

export const leaksOnUnmerge: TreeCheck = {
  id: "unit/leaks-on-unmerge",
  severity: "info",
  title: "A service that keeps running after an update or unmerge",
  why: "A running service keeps using the files that it has opened when its extension is updated or unmerged. Since version 262, systemd restarts the units in the release file after a merge.",
  since,
  example: {
    badTree: {
      ...startedDemo(),
      "usr/lib/systemd/system/other.service": "[Service]\nType=oneshot\nExecStart=/usr/bin/demo\n",
      "usr/lib/systemd/system/multi-user.target.d/20-other.conf": "[Unit]\nUpholds=other.service\n",
      "usr/lib/extension-release.d/extension-release.demo":
        "ID=_any\nEXTENSION_RELOAD_MANAGER=1\nEXTENSION_RESTART_UNITS=other.service\n",
    },
    goodTree: {
      ...startedDemo(),
      "usr/lib/extension-release.d/extension-release.demo":
        "ID=_any\nEXTENSION_RELOAD_MANAGER=1\nEXTENSION_RESTART_UNITS=demo.service\n",
    },
  },
  run(tree, context, report) {
    if (tree.extension.class !== "sysext" || !isForNewHosts(tree, context)) return;
    const named = new Set(restartedBy(tree));
    if (named.size === 0 && !saysVersion(tree, context)) return;
    const neverStarted = new Set(startingIn(tree, context).neverStarted);
    for (const unit of treeUnits(tree)) {
      const { main, name } = unit;
      if (main === undefined || unit.manager !== "system" || name.type !== "service" || !hasOwnFile(unit)) continue;
      // Instances are ended by what starts them.
      if (name.instance !== undefined || unit.text("Service", "Type") === "oneshot") continue;
      if (named.has(name.name) || neverStarted.has(unit)) continue;
      report(
        main.path,
        `"${name.name}" keeps running with the old files when the extension is updated or unmerged; add it to "EXTENSION_RESTART_UNITS=" in the release file`,
        { span: main.file.head },
      );
    }
  },
};

/** Whether the keys are known everywhere where the extension is to go. */
function isForNewHosts({ extension }: TreeFacts, { systemd, hosts }: TreeContext): boolean {
  const lowest = Math.min(extension.project.systemd ?? systemd, ...hosts.map((host) => host.systemd ?? since));
  return lowest >= since;
}

/** Whether somebody said for which versions the extension is; without that the newest is only assumed. */
function saysVersion({ extension }: TreeFacts, { hosts }: TreeContext): boolean {
  return extension.project.systemd !== undefined || hosts.some((host) => host.systemd !== undefined);
}
