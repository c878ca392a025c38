// unit/never-started and unit/install-useless: units that nothing starts once the extension is merged.
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeCheck } from "../../check.ts";
import { reloading, startedDemo, upholding } from "./example-trees.ts";
import { startFixes, targetOf } from "./start-fixes.ts";
import { startingIn } from "./starting.ts";
import { hasOwnFile, placeOf, shippedUnits, treeUnits, wordsOf } from "./tree-units.ts";

const service = "usr/lib/systemd/system/demo.service";

export const neverStarted: TreeCheck = {
  id: "unit/never-started",
  severity: "warning",
  title: "A unit that nothing starts",
  why: 'systemd determines what starts at boot before it merges extensions, so the links of "systemctl enable" have no effect. A drop-in in the extension with Upholds= starts the unit after the merge, and again whenever it stops.',
  example: {
    badTree: { ...reloading, [service]: "[Service]\nExecStart=/usr/bin/demo\n" },
    goodTree: startedDemo(),
    fixed: ["good"],
  },
  run(tree, context, report) {
    if (tree.extension.class !== "sysext") return;
    const ensured = onlyFlatcar(context);
    for (const unit of startingIn(tree, context).neverStarted) {
      const { main, name } = unit;
      if (main === undefined) continue;
      const target = targetOf(tree, unit);
      const message = ensured
        ? `nothing in the extension starts "${name.name}": Flatcar does if Butane enables it, other hosts do not; a drop-in for "${target}" with "Upholds=${name.name}" works everywhere`
        : `nothing starts "${name.name}" after the extension is merged; add a drop-in for "${target}" with "Upholds=${name.name}"`;
      report(main.path, message, {
        span: main.file.head,
        fixes: startFixes(tree, context, unit),
        ...(ensured ? { severity: "info" as const } : {}),
      });
    }
  },
};

/** Whether a service of each host starts what is enabled there once extensions are merged. */
export function onlyFlatcar({ hosts }: Pick<TreeContext, "hosts">): boolean {
  return hosts.length > 0 && hosts.every(({ release, facts }) => (facts?.family ?? release.id) === "flatcar");
}

export const installUseless: TreeCheck = {
  id: "unit/install-useless",
  severity: "info",
  title: "A unit that only its [Install] section starts at boot",
  why: 'The links of "systemctl enable" are broken when the system boots, because extensions are merged later, and systemd does not evaluate them again. Only hosts with a special service, such as Flatcar, start the unit at boot.',
  example: {
    badTree: {
      ...reloading,
      "usr/lib/systemd/system/sockets.target.d/10-demo.conf": "[Unit]\nUpholds=demo.socket\n",
      "usr/lib/systemd/system/demo.socket": "[Socket]\nListenStream=/run/demo.sock\n",
      [service]: "[Service]\nExecStart=/usr/bin/demo\n[Install]\nWantedBy=multi-user.target\n",
    },
    goodTree: {
      ...reloading,
      ...upholding,
      "usr/lib/systemd/system/sockets.target.d/10-demo.conf": "[Unit]\nUpholds=demo.socket\n",
      "usr/lib/systemd/system/demo.socket": "[Socket]\nListenStream=/run/demo.sock\n",
      [service]: "[Service]\nExecStart=/usr/bin/demo\n[Install]\nWantedBy=multi-user.target\n",
    },
  },
  run(tree, context, report) {
    if (tree.extension.class !== "sysext" || onlyFlatcar(context)) return;
    const { neverStarted: reported, isPulledIn } = startingIn(tree, context);
    const shipped = shippedUnits(tree);
    // Of units that nothing else starts another check says so.
    const elsewhere = new Set(reported);
    for (const unit of treeUnits(tree)) {
      const { name } = unit;
      if (unit.manager !== "system" || !hasOwnFile(unit) || isPulledIn(name.name) || elsewhere.has(unit)) continue;
      const wanted = ["WantedBy", "RequiredBy"].flatMap((key) => wordsOf(unit, "Install", key));
      const ofHost = wanted.find(({ text }) => !shipped.has(text));
      if (ofHost === undefined) continue;
      const [path, options] = placeOf(ofHost.at);
      report(
        path,
        `"${ofHost.text}" does not start "${name.name}" at boot, even if it is enabled; add a drop-in for "${ofHost.text}" with "Upholds=${name.name}", or remove the section`,
        options,
      );
    }
  },
};
