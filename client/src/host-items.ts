// The hosts that a quick pick offers: the known ones, this machine, and those that the user has named.
import { l10n, type QuickPickItem } from "vscode";
import { thisMachine } from "../../shared/src/ids.ts";
import type { KnownHost } from "../../shared/src/requests.ts";

export interface HostItem extends QuickPickItem {
  /** As settings and requests name the host. */
  readonly name: string;
}

/** This machine first, then the known hosts, then paths that the user has named; those in `chosen` are picked. */
export function hostItems(known: readonly KnownHost[], chosen: readonly string[]): HostItem[] {
  const items = known.map(({ name, title, systemd, known: day }) => ({
    name,
    label: title,
    description: systemd === undefined ? name : `${name}, systemd ${systemd}`,
    ...(day === undefined ? {} : { detail: l10n.t("as it was known on {0}", day) }),
    picked: chosen.includes(name),
  }));
  const own = { name: thisMachine, label: l10n.t("This machine"), description: thisMachine };
  const others = chosen.filter((name) => name !== thisMachine && !known.some((host) => host.name === name));
  return [
    { ...own, picked: chosen.includes(thisMachine) },
    ...items,
    ...others.map((name) => ({ name, label: name, picked: true })),
  ];
}
