// Repairs that start a unit of an extension, in the ways that the systemd of its hosts understands.

import type { ReleaseFile } from "../../../model/release-file.ts";
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { parseUnitName, type UnitType } from "../../../model/unit-name.ts";
import { readBoolean } from "../../../values/choices.ts";
import type { Change, Fix } from "../../finding.ts";
import { reloadService, reloadServicePath, reloadsItself } from "./reload-service.ts";
import { shippedUnits, type TreeUnit, wordsOf } from "./tree-units.ts";

const folder = "usr/lib/systemd/system";
const reloadKey = "EXTENSION_RELOAD_MANAGER";
/** The first version of systemd that knows Upholds=. */
const upholdsSince = 249;

const targetOfType: Partial<Readonly<Record<UnitType, string>>> = { socket: "sockets.target", timer: "timers.target" };

/** What should start the unit: the first of the host's that its [Install] section names, else the target of its type. */
export function targetOf(tree: TreeFacts, unit: TreeUnit): string {
  const named = wordsOf(unit, "Install", "WantedBy").find(
    ({ text }) => parseUnitName(text) !== undefined && !shippedUnits(tree).has(text),
  );
  return named?.text ?? targetOfType[unit.name.type] ?? "multi-user.target";
}

/** Drop-ins that start a unit; for hosts with an older systemd with a service for the host as well. */
export function startFixes(tree: TreeFacts, { systemd }: Pick<TreeContext, "systemd">, unit: TreeUnit): Fix[] {
  const target = targetOf(tree, unit);
  const changes = [dropInFor(tree, unit.name.name, target, systemd), ...remainChanges(unit)];
  const title = `Start it with "${target}"`;
  if (systemd >= reloadsItself) return [{ title, changes: [...changes, ...reloadChanges(tree)] }];
  return [
    { title, changes },
    {
      title: `${title}, and add a service for the host that starts it after the merge`,
      changes: [...changes, { kind: "write", path: reloadServicePath, text: reloadService() }],
    },
  ];
}

/** A service that runs to its end would be started again and again, unless it counts as running from then on. */
function remainChanges(unit: TreeUnit): Change[] {
  const type = unit.last("Service", "Type");
  if (type === undefined || type.source !== unit.main || type.entry.node.value.text !== "oneshot") return [];
  if (unit.mentions("Service", "RemainAfterExit")) return [];
  const { text } = type.source.file;
  const { end } = type.entry.node.span;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `RemainAfterExit=yes${newline}`;
  return [
    { kind: "edit", span: { start: end, end }, text: text.endsWith("\n") || end < text.length ? line : newline + line },
  ];
}

/** A drop-in of a target, or of any unit, that starts a unit. */
export function dropInFor({ files }: Pick<TreeFacts, "files">, unit: string, target: string, systemd: number): Change {
  const { prefix, type } = parseUnitName(unit) ?? { prefix: unit, type: "service" };
  const names = [prefix, `${prefix}-${type}`];
  const free = names
    .map((name) => `${folder}/${target}.d/10-${name}.conf`)
    .find((path) => files.get(path) === undefined);
  const key = systemd >= upholdsSince ? "Upholds" : "Wants";
  return {
    kind: "write",
    path: free ?? `${folder}/${target}.d/20-${prefix}-${type}.conf`,
    text: `[Unit]\n${key}=${unit}\n`,
  };
}

/** What makes hosts look for new units after the merge; nothing when the release file says so already. */
function reloadChanges({ extension, releases }: TreeFacts): Change[] {
  const [path] = extension.releaseFiles;
  const file = path === undefined ? undefined : releases.get(path);
  if (path === undefined || file === undefined) return [];
  const text = withReload(file);
  return text === undefined ? [] : [{ kind: "write", path, text }];
}

function withReload(file: ReleaseFile): string | undefined {
  const { text } = file;
  const found = file.assignments.findLast(({ name }) => name === reloadKey);
  if (found === undefined) {
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    const ended = text === "" || text.endsWith("\n") ? text : text + newline;
    return `${ended}${reloadKey}=1${newline}`;
  }
  if (readBoolean(found.meant) === true) return undefined;
  return `${text.slice(0, found.value.start)}1${text.slice(found.value.end)}`;
}
