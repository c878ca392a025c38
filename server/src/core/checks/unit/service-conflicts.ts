// Settings of services that the type of the service excludes or needs.
import { readBoolean } from "../../values/choices.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";
import { replaceWith } from "../fixes.ts";
import { typeOf } from "./service-commands.ts";

export const oneshotRestart: UnitCheck = {
  id: "unit/oneshot-restart",
  severity: "error",
  title: "A oneshot service that is always restarted",
  why: "A service with Type=oneshot ends when its work is done, so Restart=always or on-success would run it forever, and systemd rejects it. Restart=on-failure is fine.",
  types: ["service"],
  example: {
    bad: "[Service]\nType=oneshot\nExecStart=/usr/bin/demo\nRestart=always\n",
    good: "[Service]\nType=oneshot\nExecStart=/usr/bin/demo\nRestart=on-failure\n",
    fixed: ["good"],
  },
  run(unit, _context, report) {
    const restart = unit.last("Service", "Restart");
    const value = restart?.entry.node.value;
    if (restart === undefined || value === undefined || typeOf(unit) !== "oneshot") return;
    if (value.text !== "always" && value.text !== "on-success") return;
    report(
      restart,
      `systemd rejects "Restart=${value.text}" in a service with "Type=oneshot", which would run forever; use "on-failure"`,
      { fixes: [replaceWith(value.span, "on-failure")] },
    );
  },
};

export const oneshotExitType: UnitCheck = {
  id: "unit/oneshot-exit-type",
  severity: "error",
  title: "A oneshot service that waits for its control group",
  why: "A service with Type=oneshot ends with its command, but ExitType=cgroup waits for all of its processes; systemd rejects the combination.",
  types: ["service"],
  since: 250,
  example: {
    bad: "[Service]\nType=oneshot\nExecStart=/usr/bin/demo\nExitType=cgroup\n",
    good: "[Service]\nType=simple\nExecStart=/usr/bin/demo\nExitType=cgroup\n",
  },
  run(unit, _context, report) {
    const exit = unit.last("Service", "ExitType");
    if (exit?.entry.node.value.text !== "cgroup" || typeOf(unit) !== "oneshot") return;
    report(exit, 'systemd rejects "ExitType=cgroup" in a service with "Type=oneshot"; remove it');
  },
};

export const dbusWithoutName: UnitCheck = {
  id: "unit/dbus-without-name",
  severity: "error",
  title: "A D-Bus service without a bus name",
  why: "A service with Type=dbus is considered started when its name appears on the bus, so systemd needs the name.",
  types: ["service"],
  example: {
    bad: "[Service]\nType=dbus\nExecStart=/usr/bin/demo\n",
    good: "[Service]\nType=dbus\nBusName=org.example.Demo\nExecStart=/usr/bin/demo\n",
  },
  run(unit, _context, report) {
    const type = unit.last("Service", "Type");
    if (type?.entry.node.value.text !== "dbus" || unit.text("Service", "BusName") !== undefined) return;
    report(type, 'systemd rejects a service with "Type=dbus" but no "BusName="; add its name on the bus');
  },
};

export const forkingPrivatePids: UnitCheck = {
  id: "unit/forking-private-pids",
  severity: "error",
  title: "A forking service with a private PID namespace",
  why: "With PrivatePIDs=yes, systemd can track only the first process, so Type=forking cannot work, and systemd rejects the service.",
  types: ["service"],
  since: 257,
  example: {
    bad: "[Service]\nType=forking\nExecStart=/usr/bin/demo\nPrivatePIDs=yes\n",
    good: "[Service]\nType=exec\nExecStart=/usr/bin/demo\nPrivatePIDs=yes\n",
  },
  run(unit, _context, report) {
    const pids = unit.last("Service", "PrivatePIDs");
    if (pids === undefined || readBoolean(pids.entry.node.value.text) !== true || typeOf(unit) !== "forking") return;
    report(
      pids,
      'systemd rejects "PrivatePIDs=yes" in a service with "Type=forking"; use "Type=notify" or "Type=exec"',
    );
  },
};

export const runtimeMaxOneshot: UnitCheck = {
  id: "unit/runtime-max-oneshot",
  severity: "warning",
  title: "A run time limit without effect",
  why: "A service with Type=oneshot is not active while its command runs, so RuntimeMaxSec= has no effect; TimeoutStartSec= limits it.",
  types: ["service"],
  example: {
    bad: "[Service]\nType=oneshot\nExecStart=/usr/bin/demo\nRuntimeMaxSec=60\n",
    good: "[Service]\nType=oneshot\nExecStart=/usr/bin/demo\nTimeoutStartSec=60\n",
    fixed: ["good"],
  },
  run(unit, _context, report) {
    const limit = unit.last("Service", "RuntimeMaxSec");
    if (limit === undefined || limit.entry.node.value.text === "infinity" || typeOf(unit) !== "oneshot") return;
    report(limit, '"RuntimeMaxSec=" has no effect in a service with "Type=oneshot"; use "TimeoutStartSec="', {
      span: limit.entry.node.key,
      fixes: unit.mentions("Service", "TimeoutStartSec") ? [] : [replaceWith(limit.entry.node.key, "TimeoutStartSec")],
    });
  },
};

/** Whether a service has credentials, which change how it is started. */
export function hasCredentials(unit: UnitFacts): boolean {
  return [
    "LoadCredential",
    "LoadCredentialEncrypted",
    "SetCredential",
    "SetCredentialEncrypted",
    "ImportCredential",
  ].some((name) => unit.all("Service", name).length > 0);
}

export const simpleCredentials: UnitCheck = {
  id: "unit/simple-credentials",
  severity: "warning",
  title: "ExecStartPost= may run before credentials are available",
  why: "A service with Type=simple is considered started before its credentials are set up, so ExecStartPost= commands may not find them; Type=exec waits for them.",
  types: ["service"],
  example: {
    bad: "[Service]\nType=simple\nExecStart=/usr/bin/demo\nExecStartPost=/usr/bin/demo check\nLoadCredential=key:/etc/demo.key\n",
    good: "[Service]\nType=exec\nExecStart=/usr/bin/demo\nExecStartPost=/usr/bin/demo check\nLoadCredential=key:/etc/demo.key\n",
    fixed: ["good"],
  },
  run(unit, _context, report) {
    const type = unit.last("Service", "Type");
    const value = type?.entry.node.value;
    if (value?.text !== "simple" || unit.all("Service", "ExecStartPost").length === 0 || !hasCredentials(unit)) return;
    report(type, 'with "Type=simple", "ExecStartPost=" commands may run before credentials are available; use "exec"', {
      fixes: [replaceWith(value.span, "exec")],
    });
  },
};

export const usbFunctions: UnitCheck = {
  id: "unit/usb-functions",
  severity: "warning",
  title: "An incomplete USB function",
  why: "USBFunctionDescriptors= and USBFunctionStrings= work only together.",
  types: ["service"],
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nUSBFunctionDescriptors=/usr/lib/demo/descriptors\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nUSBFunctionDescriptors=/usr/lib/demo/descriptors\nUSBFunctionStrings=/usr/lib/demo/strings\n",
  },
  run(unit, _context, report) {
    const [descriptors, strings] = ["USBFunctionDescriptors", "USBFunctionStrings"].map((name) =>
      unit.last("Service", name),
    );
    const lone = descriptors ?? strings;
    if (lone === undefined || (descriptors !== undefined && strings !== undefined)) return;
    const other = descriptors === undefined ? "USBFunctionDescriptors" : "USBFunctionStrings";
    report(lone, `"${lone.entry.node.name}=" works only together with "${other}="; add that too`, {
      span: lone.entry.node.key,
    });
  },
};

export const refreshOnReload: UnitCheck = {
  id: "unit/refresh-on-reload",
  severity: "warning",
  title: "Something to refresh that the service does not have",
  why: "RefreshOnReload= refreshes the extensions and credentials of the service when it is reloaded, and has no effect on those that it does not have.",
  types: ["service"],
  since: 260,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRefreshOnReload=credentials\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nLoadCredential=key:/etc/demo.key\nRefreshOnReload=credentials\n",
  },
  run(unit, _context, report) {
    const refresh = unit.last("Service", "RefreshOnReload");
    if (refresh === undefined || refresh.entry.open || refresh.entry.node.value.text.startsWith("~")) return;
    const words = refresh.entry.node.value.text.split(/\s+/);
    const hasExtensions = ["ExtensionImages", "ExtensionDirectories"].some(
      (name) => unit.all("Service", name).length > 0,
    );
    const missing = [
      ...(words.includes("extensions") && !hasExtensions ? ["extensions"] : []),
      ...(words.includes("credentials") && !hasCredentials(unit) ? ["credentials"] : []),
    ];
    const [first] = missing;
    if (first === undefined) return;
    report(refresh, `the service has no ${first} that a reload could refresh; add them, or remove "${first}"`);
  },
};
