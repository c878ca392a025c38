// The plan of an update for people: versions, what happens to each transfer, and what matches nothing.
import type {
  PlannedMiss,
  PlannedVersion,
  ResourcePlan,
  TransferPlan,
  UpdatePlan,
} from "../../../server/src/core/index.ts";
import { bytesText, countText } from "./amounts.ts";
import { printable } from "./printable.ts";

/** More of them are counted only; --json has all. */
const shownVersions = 50;
const shownMisses = 10;
const shownRemovals = 50;
/** As much of a name as a line holds. */
const nameLength = 100;

/** Names are made safe here, as they come from files and networks. */
export function updatePlanText(plan: UpdatePlan): string {
  const lines = [...versionLines(plan), "", summaryLine(plan), ...plan.transfers.flatMap(transferLines)];
  return lines.map((line) => `${line}\n`).join("");
}

function versionLines({ versions, newest, current, candidate }: UpdatePlan): string[] {
  if (versions.length === 0) return ["No version is available or installed."];
  const shown = versions.slice(0, shownVersions);
  const width = Math.min(40, Math.max(7, ...shown.map(({ version }) => version.length)));
  const more = versions.length - shown.length;
  return [
    `${"VERSION".padEnd(width)}  STATE`,
    ...shown.map((version) => `${printable(version.version).padEnd(width)}  ${marksOf(version).join(", ")}`),
    ...(more > 0 ? [`and ${countText(more, "older version")}`] : []),
  ];

  function marksOf(found: PlannedVersion): string[] {
    const { version } = found;
    return [
      ...(version === newest ? ["newest"] : []),
      ...(version === candidate ? ["candidate"] : []),
      ...(version === current ? ["current"] : []),
      ...(found.installed ? ["installed"] : []),
      ...(found.available ? ["available"] : []),
      ...(found.incomplete ? ["incomplete"] : []),
      ...(found.protected ? ["protected"] : []),
      ...(found.obsolete ? ["obsolete"] : []),
    ];
  }
}

function summaryLine({ candidate, current, faults, versions }: UpdatePlan): string {
  if (faults.length > 0) return "systemd-sysupdate would stop with an error.";
  if (candidate === undefined) return "An update would do nothing.";
  if (candidate === current) return `An update would complete the installation of ${printable(candidate)}.`;
  const from = current === undefined ? "" : ` and replace ${printable(current)}`;
  return versions.length === 0 ? "" : `An update would install ${printable(candidate)}${from}.`;
}

function transferLines({ id, enabled, disabledReason, source, target, ...plan }: TransferPlan): string[] {
  const title = ["", printable(id)];
  if (source.type === "") return [...title, "  refused"];
  const { download, symlink, remove, leftovers = [] } = plan;
  return [
    ...title,
    ...(enabled ? [] : [`  off     ${printable(disabledReason ?? "")}`]),
    `  from    ${placeText(source)}`,
    `  to      ${placeText(target)}`,
    ...(download === undefined ? [] : downloadLines(download)),
    ...remove.slice(0, shownRemovals).map(({ name }) => `  remove  ${printable(name)}`),
    ...(remove.length > shownRemovals ? [`  and ${remove.length - shownRemovals} more`] : []),
    ...leftovers.slice(0, shownRemovals).map((name) => `  remove  ${printable(name)} (left by an earlier update)`),
    ...(symlink === undefined ? [] : [`  link    ${printable(symlink.path)} -> ${printable(symlink.target)}`]),
    ...(enabled ? missLines("source", source) : []),
    ...missLines("target", target),
  ];
}

function placeText({ type, path, relativeTo, patterns, instances }: ResourcePlan): string {
  const below = relativeTo === undefined ? "" : ` on ${relativeTo}`;
  const matching = `${countText(instances.length, "instance")} of ${patterns.join(" ")}`;
  return printable(`${type} ${path}${below}: ${matching}`);
}

function downloadLines({
  name,
  size,
  storedAs,
  storedName,
  decompressed,
}: NonNullable<TransferPlan["download"]>): string[] {
  const amount = size === undefined ? "" : ` (${bytesText(size)})`;
  const form = decompressed === true ? ", decompressed" : "";
  return [
    `  fetch   ${printable(name)}${amount}`,
    `  store   ${storedAs === undefined ? `a partition labelled "${printable(storedName)}"` : printable(storedAs)}${form}`,
  ];
}

function missLines(side: string, { misses, patterns }: ResourcePlan): string[] {
  if (misses.length === 0) return [];
  const more = misses.length - shownMisses;
  return [
    `  no match at the ${side}:`,
    ...misses.slice(0, shownMisses).flatMap((miss) => missText(miss, patterns)),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

function missText({ name, at, reason, pattern }: PlannedMiss, patterns: readonly string[]): string[] {
  // A long name is shown from a little before the place that matters.
  const from = name.length <= nameLength ? 0 : Math.max(0, at - nameLength / 2);
  const before = `${from > 0 ? "…" : ""}${printable(name.slice(from, at))}`;
  const rest = name.slice(at, from + nameLength);
  const cut = from + nameLength < name.length ? "…" : "";
  const which = patterns.length > 1 ? `${patterns[pattern] ?? ""}: ` : "";
  return [
    `    ${before}${printable(rest)}${cut}`,
    `    ${" ".repeat(before.length)}^ ${printable(shorten(`${which}${reason}`))}`,
  ];
}

const reasonLength = 300;

function shorten(text: string): string {
  return text.length <= reasonLength ? text : `${text.slice(0, reasonLength)}…`;
}
