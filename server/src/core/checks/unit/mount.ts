// Mounts, automounts and swaps: their names have to be those of their places.
import type { Occurrence } from "../../model/unit.ts";
import { escapePath, isTemplate, unescapeName } from "../../model/unit-name.ts";
import { hasSpecifier } from "../../values/specifiers.ts";
import type { UnitCheck, UnitFacts } from "../check.ts";
import { renameFile, replaceWith } from "../fixes.ts";

/** The setting that gives a unit's place. */
const placeSettings = { mount: ["Mount", "Where"], automount: ["Automount", "Where"], swap: ["Swap", "What"] } as const;

function placeOf(unit: UnitFacts): Occurrence | undefined {
  const { type } = unit.name;
  if (type !== "mount" && type !== "automount" && type !== "swap") return undefined;
  const [section, setting] = placeSettings[type];
  return unit.last(section, setting);
}

/** The place as written, when it is known here. */
function knownPath(at: Occurrence | undefined): string | undefined {
  const path = at?.entry.node.value.text;
  if (path === undefined || at?.entry.open || hasSpecifier(path) || !path.startsWith("/")) return undefined;
  // systemd passes over a path with "..", which is said of the value.
  return path.split("/").includes("..") ? undefined : path;
}

export const whereMismatch: UnitCheck = {
  id: "unit/where-mismatch",
  severity: "error",
  title: "The name of the unit does not match its path",
  why: "The name of a mount or automount is its path with - instead of /, and that of a swap its device; systemd rejects any other name. systemd-escape --path prints it.",
  types: ["mount", "automount", "swap"],
  example: {
    bad: "[Mount]\nWhat=/dev/disk/by-label/data\nWhere=/srv/data\n",
    good: "[Mount]\nWhat=/dev/disk/by-label/data\nWhere=/srv/demo\n",
    unit: "srv-demo.mount",
    fixed: [
      {
        files: {
          "usr/lib/systemd/system/srv-demo.mount": undefined,
          "usr/lib/systemd/system/srv-data.mount": "[Mount]\nWhat=/dev/disk/by-label/data\nWhere=/srv/data\n",
        },
      },
      "good",
    ],
  },
  run(unit, _context, report) {
    const place = placeOf(unit);
    const path = knownPath(place);
    if (place === undefined || path === undefined || isTemplate(unit.name)) return;
    const { name, type } = unit.name;
    const right = `${escapePath(path)}.${type}`;
    if (right === name || right.length > 255) return;
    const meant = `/${unescapeName(name.slice(0, -type.length - 1))}`.replace("//", "/");
    const key = place.entry.node.name;
    const main = unit.main?.path;
    const folder = main === undefined ? "" : main.slice(0, main.lastIndexOf("/") + 1);
    const isAtHome = main?.endsWith(`/${name}`) === true && place.source.path === main && !main.startsWith("/");
    report(
      place,
      `"${path}" belongs to the unit "${right}", so systemd rejects "${name}"; rename the file, or set "${key}=${meant}"`,
      {
        fixes: [
          ...(isAtHome ? [renameFile(main, `${folder}${right}`)] : []),
          replaceWith(place.entry.node.value.span, meant),
        ],
      },
    );
  },
};

export const mountWithoutWhat: UnitCheck = {
  id: "unit/mount-without-what",
  severity: "error",
  title: "A mount without a source",
  why: "What= is the device or source to mount; systemd rejects a mount without it.",
  types: ["mount"],
  example: {
    bad: "[Mount]\nWhere=/srv/demo\n",
    good: "[Mount]\nWhat=/dev/disk/by-label/demo\nWhere=/srv/demo\n",
    unit: "srv-demo.mount",
  },
  run(unit, _context, report) {
    if (unit.last("Mount", "What") !== undefined) return;
    report(undefined, 'the mount has no "What=", so systemd rejects it; add the device, image or source');
  },
};

/** File systems that systemd itself sets up at boot. */
const apiMounts =
  /^\/(?:proc(?:\/sys\/fs\/binfmt_misc)?|sys(?:\/fs\/(?:cgroup|pstore|bpf|selinux|fuse\/connections)|\/kernel\/(?:security|debug|tracing|config)|\/firmware\/efi\/efivars)?|dev(?:\/shm|\/pts|\/mqueue|\/hugepages)?|run)?$/;
/** Of these, what units may be for all the same. */
const ownMounts =
  /^\/(?:|proc\/sys\/fs\/binfmt_misc|sys\/(?:kernel\/(?:debug|tracing|config)|fs\/fuse\/connections)|dev\/(?:mqueue|hugepages))$/;

export const apiMount: UnitCheck = {
  id: "unit/api-mount",
  severity: "error",
  title: "A mount that systemd manages itself",
  why: "systemd mounts /proc, /sys, /dev and /run before it starts any unit, and rejects units for them.",
  types: ["mount"],
  example: {
    bad: "[Mount]\nWhat=tmpfs\nType=tmpfs\nWhere=/dev/shm\n",
    good: "[Mount]\nWhat=tmpfs\nType=tmpfs\nWhere=/srv/shm\n",
    unit: "dev-shm.mount",
    goodUnit: "srv-shm.mount",
  },
  run(unit, _context, report) {
    const place = placeOf(unit);
    const path = knownPath(place)?.replace(/\/+$/, "");
    if (path === undefined || path === "" || !apiMounts.test(path) || ownMounts.test(path)) return;
    report(place, `systemd mounts "${path}" itself and rejects a unit for it; use another path`);
  },
};

export const automountRoot: UnitCheck = {
  id: "unit/automount-root",
  severity: "error",
  title: "An automount of the root folder",
  why: "The root folder is mounted before any unit starts; systemd rejects an automount for it.",
  types: ["automount"],
  example: {
    bad: "[Automount]\nWhere=/\n",
    good: "[Automount]\nWhere=/srv/demo\n",
    unit: "-.automount",
    goodUnit: "srv-demo.automount",
  },
  run(unit, _context, report) {
    const place = placeOf(unit);
    if (knownPath(place)?.replace(/\/+$/, "") !== "") return;
    report(place, 'systemd rejects an automount of "/", which is always mounted; use another folder');
  },
};

/** What the kernel's automounter is told by systemd alone. */
const ownOptions = ["fd", "pgrp", "minproto", "maxproto", "direct", "indirect"];

export const automountOptions: UnitCheck = {
  id: "unit/automount-options",
  severity: "error",
  title: "An automount option that systemd sets itself",
  why: "systemd passes fd, pgrp, minproto, maxproto, direct and indirect to the kernel itself, and rejects a unit with one of them.",
  types: ["automount"],
  since: 250,
  example: {
    bad: "[Automount]\nWhere=/srv/demo\nExtraOptions=direct\n",
    good: "[Automount]\nWhere=/srv/demo\nExtraOptions=strictexpire\n",
    unit: "srv-demo.automount",
  },
  run(unit, _context, report) {
    const options = unit.last("Automount", "ExtraOptions");
    const found = options?.entry.node.value.text
      .split(",")
      .map((option) => option.trim().replace(/=.*/s, ""))
      .find((option) => ownOptions.includes(option));
    if (found === undefined) return;
    report(options, `systemd sets "${found}" itself and rejects a unit with it; remove it`);
  },
};
