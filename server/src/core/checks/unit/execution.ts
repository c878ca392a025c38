// Settings of how processes run that exclude each other; systemd refuses the unit.

import type { Occurrence } from "../../model/unit.ts";
import { sectionOfType } from "../../model/unit-name.ts";
import { readBoolean } from "../../values/choices.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";

/** The value of a setting of the unit's own section. */
function own(unit: UnitFacts, name: string): Occurrence | undefined {
  return unit.last(sectionOfType(unit.name.type), name);
}

function textOf(at: Occurrence | undefined): string | undefined {
  return at === undefined || at.entry.open ? undefined : at.entry.node.value.text;
}

function isOn(at: Occurrence | undefined): boolean {
  const text = textOf(at);
  return text !== undefined && readBoolean(text) === true;
}

const types = ["service", "socket", "mount", "swap"] as const;

export const dynamicUser: UnitCheck = {
  id: "unit/dynamic-user",
  severity: "error",
  title: "A dynamic user where none is possible",
  why: "DynamicUser=yes needs the system manager, and a user that exists only while the service runs has no home folder.",
  types,
  since: 235,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nDynamicUser=yes\nWorkingDirectory=~\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nDynamicUser=yes\nStateDirectory=demo\nWorkingDirectory=/var/lib/demo\n",
  },
  run(unit, { manager }, report) {
    const dynamic = own(unit, "DynamicUser");
    if (!isOn(dynamic)) return;
    if (manager === "user") {
      report(dynamic, 'user managers do not support "DynamicUser=yes" and reject the unit; remove it');
      return;
    }
    const folder = own(unit, "WorkingDirectory");
    if (textOf(folder)?.replace(/^-/, "") !== "~") return;
    report(folder, 'a dynamic user has no home folder, so systemd rejects "~"; use a folder of "StateDirectory="');
  },
};

export const privatePids: UnitCheck = {
  id: "unit/private-pids",
  severity: "error",
  title: "A private PID namespace where none is possible",
  why: "PrivatePIDs=yes is valid only for services, and not together with PAMName=; otherwise systemd rejects the unit.",
  types,
  since: 257,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nPrivatePIDs=yes\nPAMName=demo\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nPrivatePIDs=yes\n",
  },
  run(unit, _context, report) {
    const pids = own(unit, "PrivatePIDs");
    if (!isOn(pids)) return;
    if (unit.name.type !== "service") {
      report(
        pids,
        `"PrivatePIDs=yes" is valid only for services, and systemd rejects a ${unit.name.type} with it; remove it`,
      );
    } else if (own(unit, "PAMName") !== undefined) {
      report(pids, '"PrivatePIDs=yes" and "PAMName=" exclude each other, so systemd rejects the unit; remove one');
    }
  },
};

export const managedUsers: UnitCheck = {
  id: "unit/managed-users",
  severity: "error",
  title: "Managed user IDs together with a named user",
  why: "With PrivateUsers=managed, the manager assigns the users, so User=, Group=, DynamicUser= and PAMName= cannot be set; UserNamespacePath= cannot be combined with any PrivateUsers=.",
  types,
  since: 261,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nPrivateUsers=managed\nUser=daemon\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nPrivateUsers=managed\n",
  },
  run(unit, _context, report) {
    const users = own(unit, "PrivateUsers");
    const text = textOf(users);
    if (users === undefined || text === undefined || text === "" || readBoolean(text) === false || text === "no")
      return;
    const names = text === "managed" ? ["User", "Group", "PAMName", "DynamicUser"] : [];
    const other = [...names, "UserNamespacePath"].find((name) => {
      const found = own(unit, name);
      return name === "DynamicUser" ? isOn(found) : found !== undefined;
    });
    if (other === undefined) return;
    report(users, `"PrivateUsers=${text}" and "${other}=" exclude each other, so systemd rejects the unit; remove one`);
  },
};

export const pamKillMode: UnitCheck = {
  id: "unit/pam-kill-mode",
  severity: "error",
  title: "A PAM session that is never closed",
  why: "A unit with PAMName= has a process that keeps the session open; only KillMode=control-group and mixed end it, and systemd rejects the unit with any other.",
  types,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nPAMName=demo\nKillMode=process\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nPAMName=demo\nKillMode=mixed\n",
  },
  run(unit, _context, report) {
    const mode = own(unit, "KillMode");
    const text = textOf(mode);
    if (own(unit, "PAMName") === undefined || (text !== "process" && text !== "none")) return;
    report(mode, `systemd rejects "KillMode=${text}" together with "PAMName="; use "control-group" or "mixed"`);
  },
};

/** Each of these gives the processes mounts of their own; those with words of their own are off by the one that is named. */
const ownMounts: Readonly<Record<string, string | undefined>> = {
  PrivateTmp: undefined,
  PrivateDevices: undefined,
  PrivateMounts: undefined,
  PrivateIPC: undefined,
  ProtectSystem: undefined,
  ProtectHome: undefined,
  ProtectKernelTunables: undefined,
  ProtectKernelModules: undefined,
  ProtectKernelLogs: undefined,
  ProtectControlGroups: undefined,
  ProtectProc: "default",
  ProcSubset: "all",
};

/** Lists of paths that are mounted otherwise than on the host. */
const mountLists = [
  "RootImage",
  "ReadWritePaths",
  "ReadOnlyPaths",
  "InaccessiblePaths",
  "ExecPaths",
  "NoExecPaths",
  "BindPaths",
  "BindReadOnlyPaths",
  "TemporaryFileSystem",
  "MountImages",
  "ExtensionImages",
  "ExtensionDirectories",
];

export const workingDirectoryApi: UnitCheck = {
  id: "unit/working-directory-api",
  severity: "error",
  title: "A working directory that the sandbox replaces",
  why: "A process with a private mount namespace cannot start in /proc, /sys or /dev, which are mounted again for it; systemd rejects the unit.",
  types,
  since: 256,
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nWorkingDirectory=/sys/class\nPrivateTmp=yes\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nWorkingDirectory=/var/lib/demo\nPrivateTmp=yes\n",
  },
  run(unit, _context, report) {
    const folder = own(unit, "WorkingDirectory");
    const path = textOf(folder)?.replace(/^-/, "") ?? "";
    if (!/^\/+(?:proc|sys|dev)(?:\/|$)/.test(path)) return;
    const cause =
      Object.keys(ownMounts).find((name) => hasOwnMounts(textOf(own(unit, name)), ownMounts[name])) ??
      mountLists.find((name) => (textOf(own(unit, name)) ?? "") !== "");
    if (cause === undefined) return;
    report(
      folder,
      `with "${cause}=", a process cannot start in "${path}", so systemd rejects the unit; use another folder`,
    );
  },
};

function hasOwnMounts(text: string | undefined, off: string | undefined): boolean {
  return text !== undefined && text !== "" && text !== off && readBoolean(text) !== false;
}
