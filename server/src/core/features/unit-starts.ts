// What starts each unit of a tree once it is merged: dependencies, links, sockets and timers, the message bus, devices.
import {
  aliasesIn,
  followers,
  dependencies as pullingSettings,
  restartedBy,
  triggered,
} from "../checks/unit/in-tree/starting.ts";
import { hasOwnFile, type TreeUnit, treeUnits, wordsOf } from "../checks/unit/in-tree/tree-units.ts";
import type { TreeFacts } from "../model/tree-facts.ts";
import { nameOf } from "../model/tree-files.ts";
import { parseUnitName, templateOf } from "../model/unit-name.ts";

export interface UnitStart {
  readonly name: string;
  /** Path of its file in the tree. */
  readonly path: string;
  readonly manager: "system" | "user";
  /** `Description=` of it. */
  readonly description?: string;
  /** Each a sentence's end, such as `pulled in by "multi-user.target" with Upholds=`; empty when nothing does. */
  readonly startedBy: readonly string[];
}

const whenTriggered: Readonly<Record<string, string>> = {
  socket: "when a client connects",
  timer: "at its time",
  path: "when its path changes",
};

/**
 * The units that the tree has files of, by name, with what in it starts them. Presets and [Install] are left out: systemd
 * reads both before extensions are merged.
 */
export function unitStarts(tree: TreeFacts): UnitStart[] {
  const units = treeUnits(tree);
  return (["system", "user"] as const).flatMap((manager) => {
    const own = units.filter((unit) => unit.manager === manager);
    const starts = startsOfManager(tree, manager, own);
    return own
      .flatMap((unit): UnitStart[] => {
        const { main, name } = unit;
        if (main === undefined || !hasOwnFile(unit)) return [];
        const description = unit.text("Unit", "Description");
        return [
          {
            name: name.name,
            path: main.path,
            manager,
            ...(description === undefined ? {} : { description }),
            startedBy: [...(starts.get(name.name) ?? [])],
          },
        ];
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}

function startsOfManager(
  tree: TreeFacts,
  manager: "system" | "user",
  units: readonly TreeUnit[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Set(units.map(({ name }) => name.name));
  const links = tree.units.links.filter((link) => link.manager === manager);
  const aliases = aliasesIn(links, units, manager);
  const found = new Map<string, Set<string>>();

  /** A template is started by any of its instances. */
  function add(written: string, how: string): void {
    const name = aliases.get(written) ?? written;
    const parsed = names.has(name) ? undefined : parseUnitName(name);
    const unit = (parsed && templateOf(parsed)) ?? name;
    const what = unit === name ? how : `${how}, as "${name}"`;
    const known = found.get(unit);
    if (known === undefined) found.set(unit, new Set([what]));
    else known.add(what);
  }

  for (const { name, owner } of links) {
    if (owner !== undefined) add(name, `pulled in by "${owner.name}" through "${owner.name}.${owner.kind}"`);
  }
  for (const unit of units) addStartsOf(unit, add);
  if (manager === "system") {
    for (const name of restartedBy(tree)) add(name, "restarted after the merge, as set in the release file");
    addBusAndDevices(tree, [...names], add);
  }
  return found;
}

type AddStart = (name: string, how: string) => void;

function addStartsOf(unit: TreeUnit, add: AddStart): void {
  const { name, type } = unit.name;
  for (const setting of pullingSettings) {
    for (const { text } of wordsOf(unit, "Unit", setting)) add(text, `pulled in by "${name}" with ${setting}=`);
  }
  if (type === "service") {
    for (const { text } of wordsOf(unit, "Service", "Sockets")) add(text, `pulled in by "${name}" with Sockets=`);
  }
  for (const setting of followers) {
    const when = setting === "OnFailure" ? "when that fails" : "when that succeeds";
    for (const { text } of wordsOf(unit, "Unit", setting)) add(text, `started by "${name}" ${when}`);
  }
  for (const text of triggered(unit)) add(text, `started by "${name}" ${whenTriggered[type] ?? ""}`);
}

/** Names of units in the files by which the bus and devices start them. */
function addBusAndDevices({ texts }: TreeFacts, names: readonly string[], add: AddStart): void {
  for (const [path, text] of texts) {
    if (/^usr\/share\/dbus-1\/system-services\//.test(path)) {
      const [, unit] = /^[ \t]*SystemdService[ \t]*=[ \t]*(\S+)/m.exec(text) ?? [];
      const [, bus = nameOf(path)] = /^[ \t]*Name[ \t]*=[ \t]*(\S+)/m.exec(text) ?? [];
      if (unit !== undefined) add(unit, `started by D-Bus for "${bus}"`);
    } else if (/^usr\/lib\/udev\/rules\.d\//.test(path)) {
      const words = new Set(text.replace(/^[ \t]*#.*$/gm, "").match(/[\w:.\\@-]+/g) ?? []);
      for (const name of names) if (words.has(name)) add(name, `started by a device, according to "${nameOf(path)}"`);
    }
  }
}
