// unit/upholds-unknown and unit/overrides-host-unit: units of the tree beside those that hosts have by themselves.
import { isGenerated } from "../../../model/project.ts";
import { nameOf } from "../../../model/tree-files.ts";
import { parseUnitName, type UnitType } from "../../../model/unit-name.ts";
import { findNearest } from "../../../text/nearest.ts";
import type { TreeCheck } from "../../check.ts";
import { replaceWith } from "../../fixes.ts";
import { namesOf } from "../check-units.ts";
import { hostHasUnit, hostUnitPath } from "./base-system.ts";
import { reloading, startedDemo, upholding } from "./example-trees.ts";
import { hasOwnFile, shippedUnits, treeUnits, wordsOf } from "./tree-units.ts";

const folder = "usr/lib/systemd/system";
const service = "[Service]\nExecStart=/usr/bin/demo\n";
const dropIn = `${folder}/multi-user.target.d/20-more.conf`;
/** Units of other types come from elsewhere than files: mount points, devices, groups of processes. */
const typesInFiles: readonly UnitType[] = ["service", "socket", "timer", "path"];

/** Names that hosts give one of several units, by a link that nobody ships. */
const chosenByHosts = /^(?:display-manager|syslog|dbus|dbus-.*|autovt@.*|default)\./;

export const upholdsUnknown: TreeCheck = {
  id: "unit/upholds-unknown",
  severity: "error",
  title: "A drop-in that starts a missing unit",
  why: "systemd silently ignores dependencies on units that it cannot find, so nothing is started.",
  example: {
    base: [`${folder}/multi-user.target`, `${folder}/getty@.service`, "usr/bin/"],
    badTree: { ...startedDemo(), [dropIn]: "[Unit]\nUpholds=demo-worker.service\n" },
    goodTree: { ...startedDemo(), [dropIn]: "[Unit]\nUpholds=getty@tty2.service\n" },
  },
  run(tree, { base, others }, report) {
    if (base === undefined) return;
    const names = namesOf(tree.units, "system");
    const shipped = [...shippedUnits(tree)];
    for (const unit of treeUnits(tree)) {
      if (unit.manager !== "system" || unit.name.type !== "target") continue;
      const words = ["Upholds", "Wants", "Requires", "BindsTo"].flatMap((key) => wordsOf(unit, "Unit", key));
      for (const { text, at, span } of words) {
        const parsed = parseUnitName(text);
        // What has an instance may come from a generator.
        if (at.source === unit.main || parsed === undefined || !typesInFiles.includes(parsed.type)) continue;
        if (chosenByHosts.test(text)) continue;
        if (names.has(text) || hostHasUnit(base, text) || isGenerated(tree.extension.project, `${folder}/${text}`))
          continue;
        if (others.some(({ files }) => files.get(`${folder}/${text}`) !== undefined)) continue;
        if (parsed.instance !== undefined && !shipped.some((name) => name.startsWith(`${parsed.prefix}@`))) continue;
        const near = findNearest(text, shipped);
        report(
          at.source.path,
          `neither the extension nor the host has a unit "${text}", so nothing is started; ${near === undefined ? "name one that is there" : `write "${near}"`}`,
          {
            span,
            // What is only wanted may be left to hosts that have it.
            ...(at.entry.node.name === "Wants" ? { severity: "info" as const } : {}),
            ...(near === undefined ? {} : { fixes: [replaceWith(span, near)] }),
          },
        );
      }
    }
  },
};

export const overridesHostUnit: TreeCheck = {
  id: "unit/overrides-host-unit",
  severity: "info",
  title: "A unit that replaces one of the host's",
  why: "While the extension is merged, its unit replaces the host's, including later updates of it. A drop-in changes only the settings in it.",
  example: {
    base: [`${folder}/demo.service`, "usr/bin/", "usr/local/lib/"],
    badTree: { ...reloading, ...upholding, "usr/local/lib/systemd/system/demo.service": service },
    goodTree: { ...reloading, ...upholding, [`${folder}/demo.service.d/10-demo.conf`]: "[Service]\nNice=5\n" },
  },
  run(tree, { base }, report) {
    for (const unit of treeUnits(tree)) {
      const { main, name, manager } = unit;
      if (main === undefined || manager !== "system" || !hasOwnFile(unit)) continue;
      const host = hostUnitPath(base, name.name);
      // A template that the host has says nothing of an instance with a file of its own.
      if (host === undefined || nameOf(host) !== name.name || host.startsWith("etc/")) continue;
      report(
        main.path,
        `this unit replaces the host's "${name.name}" while it is merged; use a drop-in "${folder}/${name.name}.d/10-${name.prefix}.conf" to change only a part of it`,
        { span: main.file.head },
      );
    }
  },
};
