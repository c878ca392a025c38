// Which units of a tree something in it starts: dependencies, links, sockets and timers, the message bus, devices.
import { isGenerated } from "../../../model/project.ts";
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { folderOf, nameOf } from "../../../model/tree-files.ts";
import type { UnitLink } from "../../../model/tree-units.ts";
import { isTemplate, parseUnitName, templateOf, type UnitType } from "../../../model/unit-name.ts";
import { readBoolean } from "../../../values/choices.ts";
import { hostHasUnit } from "./base-system.ts";
import { hasOwnFile, type TreeUnit, treeUnits, wordsOf } from "./tree-units.ts";

export interface Starting {
  /** Units of the tree that nothing in it starts, without those that only wait for another one of these. */
  readonly neverStarted: readonly TreeUnit[];
  /** Whether a unit that is started, or a target of the host, pulls in the unit of a name. */
  isPulledIn(name: string): boolean;
}

/** Types of units that do nothing unless something starts them, and that are in an extension to be started. */
const startable: readonly UnitType[] = ["service", "socket", "timer", "path"];
/** Settings by which a unit starts others with itself. */
export const dependencies = ["Upholds", "Wants", "Requires", "BindsTo"];
/** What is started when something happens to the unit. */
export const followers = ["OnFailure", "OnSuccess"];
const restartKeys = ["EXTENSION_RESTART_UNITS", "EXTENSION_RELOAD_OR_RESTART_UNITS"];
const systemFolders = ["usr/lib/systemd/system", "usr/local/lib/systemd/system"];

const known = new WeakMap<TreeFacts, { readonly context: TreeContext; readonly starting: Starting }>();

/** Looks through all that may start units of the system manager. What another tool makes may start any of them. */
export function startingIn(tree: TreeFacts, context: TreeContext): Starting {
  const before = known.get(tree);
  if (before?.context === context) return before.starting;
  const starting = findStarting(tree, context);
  known.set(tree, { context, starting });
  return starting;
}

function findStarting(tree: TreeFacts, context: TreeContext): Starting {
  const units = treeUnits(tree).filter(({ manager }) => manager === "system");
  const nodes = new Map(units.map((unit) => [unit.name.name, unit]));
  const aliases = aliasesIn(tree.units.links, units);
  const links = Map.groupBy(
    tree.units.links.filter(({ manager, owner }) => manager === "system" && owner !== undefined),
    ({ owner }) => owner?.name ?? "",
  );
  const canonical = (name: string): string => {
    const own = aliases.get(name) ?? name;
    const parsed = nodes.has(own) ? undefined : parseUnitName(own);
    return (parsed && templateOf(parsed)) ?? own;
  };

  const started = new Set<string>();
  const pulledIn = new Set<string>();
  const pending: string[] = [];
  const start = (name: string) => {
    if (started.has(name)) return;
    started.add(name);
    pending.push(name);
  };
  const startAll = () => {
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      const { pulls, triggers } = startsOf(nodes.get(name), links.get(name) ?? []);
      for (const pulled of pulls) {
        pulledIn.add(canonical(pulled));
        start(canonical(pulled));
      }
      for (const triggered of triggers) start(canonical(triggered));
    }
  };

  for (const name of restartedBy(tree)) {
    pulledIn.add(canonical(name));
    start(canonical(name));
  }
  for (const owner of links.keys()) if (!nodes.has(owner)) start(owner);
  const mayStart = startedElsewhere(tree, context, aliases);
  for (const unit of units) if (isHosts(unit) || mayStart(unit)) start(unit.name.name);
  startAll();

  const left = units.filter(({ name }) => startable.includes(name.type) && !started.has(name.name));
  return {
    neverStarted: allIsOpen(tree) ? [] : firstOf(left),
    isPulledIn: (name) => pulledIn.has(canonical(name)),
  };

  /** Of units that start one another the ones that come first: with these started the others are as well. */
  function firstOf(waiting: readonly TreeUnit[]): TreeUnit[] {
    const waitingFor = new Set(
      waiting.flatMap((unit) => {
        const { pulls, triggers } = startsOf(unit, links.get(unit.name.name) ?? []);
        return [...pulls, ...triggers].map(canonical).filter((name) => name !== unit.name.name);
      }),
    );
    const order = new Map(waiting.map((unit, index) => [unit, index]));
    const first: TreeUnit[] = [];
    const inOrder = [...waiting].sort(
      (a, b) => Number(waitingFor.has(a.name.name)) - Number(waitingFor.has(b.name.name)),
    );
    for (const unit of inOrder) {
      if (started.has(unit.name.name)) continue;
      first.push(unit);
      start(unit.name.name);
      startAll();
    }
    return first.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
}

/** Other names of units, by links beside them and as [Install] has them. */
export function aliasesIn(
  links: readonly UnitLink[],
  units: readonly TreeUnit[],
  ours: UnitLink["manager"] = "system",
): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const unit of units) {
    for (const { text } of wordsOf(unit, "Install", "Alias")) aliases.set(nameOf(text), unit.name.name);
  }
  for (const { name, target, owner, manager } of links) {
    if (owner !== undefined || manager !== ours || target === undefined) continue;
    if (parseUnitName(nameOf(target)) !== undefined && nameOf(target) !== name) aliases.set(name, nameOf(target));
  }
  return aliases;
}

/** What a unit starts: what it pulls in with itself, and what it starts when something happens. */
function startsOf(unit: TreeUnit | undefined, links: readonly UnitLink[]): { pulls: string[]; triggers: string[] } {
  const pulls = links.map(({ name }) => name);
  if (unit === undefined) return { pulls, triggers: [] };
  for (const name of dependencies) pulls.push(...wordsOf(unit, "Unit", name).map(({ text }) => text));
  if (unit.name.type === "service") pulls.push(...wordsOf(unit, "Service", "Sockets").map(({ text }) => text));
  const triggers = followers.flatMap((name) => wordsOf(unit, "Unit", name).map(({ text }) => text));
  return { pulls, triggers: [...triggers, ...triggered(unit)] };
}

/** What a socket, timer or path starts when it is its turn. */
export function triggered(unit: TreeUnit): string[] {
  const { type, prefix, instance } = unit.name;
  if (type !== "socket" && type !== "timer" && type !== "path") return [];
  const named = type === "socket" ? unit.text("Socket", "Service") : unit.written(unit.section, "Unit")[0];
  if (typeof named === "string") return [named];
  if (named !== undefined) return [named.entry.node.value.text];
  if (type === "socket" && readBoolean(unit.text("Socket", "Accept") ?? "no") === true) return [`${prefix}@.service`];
  return [instance === undefined ? `${prefix}.service` : `${prefix}@${instance}.service`];
}

/** Units whose start is up to others: the host's own, templates without an instance, and types that are started by use. */
function isHosts(unit: TreeUnit): boolean {
  const { name, main } = unit;
  if (main === undefined || isTemplate(name) || !hasOwnFile(unit)) return true;
  if (name.type === "target") return hostTargets.has(name.name);
  return !startable.includes(name.type);
}

/** Targets that every system starts sooner or later. */
const hostTargets: ReadonlySet<string> = new Set(
  `basic bluetooth boot-complete cryptsetup ctrl-alt-del default emergency exit final first-boot-complete getty getty-pre
  graphical halt hibernate hybrid-sleep initrd kexec local-fs local-fs-pre machines multi-user network network-online
  network-pre nss-lookup nss-user-lookup paths poweroff printer reboot remote-fs remote-fs-pre rescue rpcbind runlevel3
  runlevel5 shutdown sigpwr sleep slices smartcard sockets sound suspend swap sysinit system-update time-set time-sync
  timers umount usb-gadget veritysetup`
    .split(/\s+/)
    .map((name) => `${name}.target`),
);

/** The units that hosts restart after a merge because the release file says so. */
export function restartedBy({ releases }: TreeFacts): string[] {
  return [...releases.values()].flatMap((file) =>
    restartKeys.flatMap((key) => file.get(key)?.meant.split(/\s+/) ?? []),
  );
}

/** Tells of units that the host, another extension, the bus, a device, a script or a command may start. */
function startedElsewhere(
  { files, texts: allTexts, scripts: allScripts }: TreeFacts,
  context: TreeContext,
  aliases: ReadonlyMap<string, string>,
): (unit: TreeUnit) => boolean {
  const byOthers = new Set(context.others.flatMap(({ files: other }) => linkedIn(other)));
  const otherNames = Map.groupBy(aliases, ([, own]) => own);
  const texts = [...allTexts].flatMap(([path, text]) => (isStarter(path) ? [text] : []));
  const scripts = [...allScripts.values()].flatMap(({ text }) => (startsUnits(text) ? [text] : []));
  const mentioned = wordsIn([...texts, ...scripts]);
  const lines = [...texts, ...scripts].flatMap((text) => text.split("\n")).filter(startsUnits);
  const withoutType = wordsIn(lines);
  const hasGenerators = files.children("usr/lib/systemd/system-generators").length > 0;
  return ({ name: { name, prefix }, ...unit }) => {
    if (hasGenerators || byOthers.has(name) || hostHasUnit(context.base, name)) return true;
    if (unit.text("Service", "BusName") !== undefined || withoutType.has(prefix)) return true;
    return [name, ...(otherNames.get(name) ?? []).map(([alias]) => alias)].some((known) => mentioned.has(known));
  };
}

/** Commands and messages that start units. */
const starters = ["systemctl", "StartUnit", "busctl"];

function startsUnits(text: string): boolean {
  return starters.some((word) => text.includes(word));
}

/** All that could be a unit's name in texts. */
function wordsIn(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(/[\w:.\\@-]+/g) ?? []));
}

/** Files by which the bus or a device starts units. */
function isStarter(path: string): boolean {
  return /^usr\/(?:share\/dbus-1\/system-services|lib\/udev\/rules\.d)\//.test(path);
}

/** The names of links by which an extension's targets pull units in. */
function linkedIn(files: TreeFacts["files"]): string[] {
  return systemFolders
    .flatMap((folder) => files.children(folder))
    .filter(({ path, type }) => type === "directory" && /\.(?:wants|requires|upholds)$/.test(path))
    .flatMap(({ path }) => files.children(path).map((link) => nameOf(link.path)));
}

/** Whether something later makes files that may start units. */
function allIsOpen({ extension: { project } }: TreeFacts): boolean {
  return (
    project.generated.some((path) => /\.(?:d|wants|requires|upholds)$/.test(folderOf(path)) && inSystem(path)) ||
    systemFolders.some((folder) => isGenerated(project, `${folder}/multi-user.target.d/x.conf`))
  );
}

function inSystem(path: string): boolean {
  return systemFolders.some((folder) => path.startsWith(`${folder}/`));
}
