// Writes what makes a host update its extensions by a timer, and merge what came.
import type { ExtensionClass } from "../../model/release-context.ts";
import type { HostFile, Refusal } from "./host-file.ts";
import { componentFault, firstSysupdate } from "./new-transfer.ts";

export interface RefreshAfterUpdate {
  /** The components that the host has transfers for. */
  readonly components: readonly string[];
  /** Whether the host has transfers in the system's own set, too. */
  readonly systemSet: boolean;
  /** The classes of what is updated. */
  readonly classes: readonly ExtensionClass[];
  /** The lowest version of systemd that has to work. */
  readonly systemd: number;
}

/** The first systemd whose service updates all components; it has another name, and the old one still counts. */
const firstAllComponents = 262;
/** The first systemd whose refresh leaves alone what did not change. */
const firstLazyRefresh = 260;

/** A drop-in of the service that updates, and one that starts its timer; a refusal when systemd cannot do it. */
export function refreshAfterUpdate(wanted: RefreshAfterUpdate): readonly HostFile[] | Refusal {
  const { components, systemd } = wanted;
  if (systemd < firstSysupdate) {
    return { fault: `systemd ${systemd} does not include systemd-sysupdate; systemd ${firstSysupdate} is required` };
  }
  for (const component of components) {
    const fault = componentFault("component", component);
    if (fault !== undefined) return { fault };
  }
  const unit = systemd < firstAllComponents ? "systemd-sysupdate" : "systemd-sysupdate-update";
  return [
    { path: `etc/systemd/system/${unit}.service.d/50-refresh-extensions.conf`, text: serviceDropIn(wanted) },
    { path: `etc/systemd/system/timers.target.d/50-update-extensions.conf`, text: timersDropIn(unit) },
  ];
}

function serviceDropIn({ components, systemSet, classes, systemd }: RefreshAfterUpdate): string {
  const own = systemd < firstAllComponents;
  return [
    "# Merges the new versions of extensions that systemd-sysupdate has installed.",
    "[Service]",
    "# ExecStartPost= waits for the end of the update only in a service of this type.",
    "Type=oneshot",
    ...(own ? updateLines(components, systemSet) : []),
    ...(systemd < firstLazyRefresh ? ["# Up to systemd 259, this merges again even if nothing is new."] : []),
    // Inside of the service's sandbox no refresh can make its mounts.
    "# Not systemd-sysext itself, because the sandbox of this service does not allow it.",
    ...classes.map((name) => `ExecStartPost=/usr/bin/systemctl reload-or-restart systemd-${name}.service`),
    "",
  ].join("\n");
}

/** Up to systemd 261 the service updates the system's own set alone, and fails where there is none. */
function updateLines(components: readonly string[], systemSet: boolean): readonly string[] {
  const update = (component: string) => `/usr/lib/systemd/systemd-sysupdate --component=${component} update`;
  if (components.length === 0) return [];
  if (systemSet) {
    return [
      "# By default the service updates only what is in sysupdate.d; these are updated first.",
      ...components.map((component) => `ExecStartPre=${update(component)}`),
    ];
  }
  return [
    "# By default the service updates only what is in sysupdate.d, and fails on a host that has nothing there.",
    "ExecStart=",
    ...components.map((component) => `ExecStart=${update(component)}`),
  ];
}

/** A drop-in can be copied, while "systemctl enable" has to be run. */
function timersDropIn(unit: string): string {
  return `# Starts the update timer at boot, as "systemctl enable ${unit}.timer" would.
[Unit]
Wants=${unit}.timer
`;
}
