// Settings that are known, and yet not what their author wants: renamed, without effect, or for other versions and types.

import { firstSystemd } from "../../model/project.ts";
import type { Entry } from "../../model/unit-file.ts";
import { findUnitSetting, keepsFirst } from "../../tables/find-unit-setting.ts";
import type { UnitSetting } from "../../tables/unit-setting.ts";
import type { SettingsFileCheck, UnitFileCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import { demoService } from "./example-units.ts";
import { moveToSection } from "./move-setting.ts";

export const tooNew: SettingsFileCheck = {
  id: "unit/too-new",
  severity: "warning",
  title: "Newer than the target version of systemd",
  why: "An older systemd ignores settings, values and specifiers that it does not support. The target version is the setting sysext.targetSystemd, or systemd in the sysext.json of the tree.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRestart=on-failure\nRestartMode=direct\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRestart=on-failure\nRestartSec=5\n",
    systemd: 253,
  },
  run(file, { systemd }, report) {
    for (const { node, setting } of file.entries) {
      if (setting === undefined || setting.since <= systemd) continue;
      report(
        node.key,
        `"${node.name}=" is supported since systemd ${setting.since}, but the target is systemd ${systemd}, which ignores it; raise the target version, or remove it`,
      );
    }
  },
};

export const legacyKey: UnitFileCheck = {
  id: "unit/legacy-key",
  severity: "info",
  title: "An old name of a setting",
  why: "systemd still supports old names of settings, but its documentation no longer mentions them.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nReadWriteDirectories=/var/lib/demo\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nReadWritePaths=/var/lib/demo\n",
    fixed: ["good"],
  },
  run(file, { systemd }, report) {
    for (const entry of file.entries) {
      const { setting, node } = entry;
      if (setting?.replacement === undefined || setting.inert !== undefined || setting.gone !== undefined) continue;
      const { section, name } = replacementOf(setting);
      const since = findUnitSetting(section ?? entry.section.name, name)?.since ?? 0;
      // A host that does not know the new name yet needs the old one.
      if (since > systemd) continue;
      const known = since > firstSystemd ? `, supported since systemd ${since}` : "";
      if (section === undefined) {
        const fixes = renameKey(entry, setting, name);
        report(node.key, `"${node.name}=" is an old name; use "${name}="${known}`, { fixes });
      } else {
        const moved = `"${node.name}=" in "[${entry.section.name}]" is of old; write "${name}=" in "[${section}]"${known}`;
        report(node.key, moved, { fixes: [moveToSection(file, entry, section, name)] });
      }
    }
  },
};

export const noEffect: UnitFileCheck = {
  id: "unit/no-effect",
  severity: "info",
  title: "A setting that no longer has an effect",
  why: "Some settings are accepted only for compatibility and have no effect; others have been removed.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nMemoryLimit=1G\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nMemoryMax=1G\n",
    fixed: ["good"],
  },
  run(file, { systemd }, report) {
    for (const entry of file.entries) {
      const { setting, node } = entry;
      const end = setting?.gone ?? setting?.inert;
      if (setting === undefined || end === undefined) continue;
      const replacement = setting.replacement === undefined ? undefined : replacementOf(setting).name;
      const way = replacement === undefined ? "remove it" : `write "${replacement}="`;
      const still = systemd < end ? `; it still has an effect in older versions down to your target ${systemd}` : "";
      report(node.key, `"${node.name}=" has no effect since systemd ${end}; ${way}${still}`, {
        fixes: replacement === undefined ? [] : renameKey(entry, setting, replacement),
      });
    }
  },
};

export const notForType: UnitFileCheck = {
  id: "unit/not-for-type",
  severity: "warning",
  title: "A setting that this type of unit ignores",
  why: "Some settings are valid in the section of every unit that runs processes, but systemd ignores them in some types of units.",
  example: {
    bad: "[Socket]\nListenStream=/run/demo.sock\nDelegate=yes\n",
    good: "[Socket]\nListenStream=/run/demo.sock\n",
    unit: "demo.socket",
    around: demoService,
  },
  run(file, { type }, report) {
    for (const { setting, node, section } of file.entries) {
      if (setting?.rejected?.includes(section.name) !== true) continue;
      report(node.key, `"${node.name}=" has no effect in a ${type ?? section.name.toLowerCase()} unit; remove it`);
    }
  },
};

function replacementOf({ replacement = "" }: UnitSetting): { readonly section?: string; readonly name: string } {
  const [section, name] = replacement.split(".");
  return name === undefined || section === undefined ? { name: replacement } : { section, name };
}

function renameKey({ node }: Entry, { renames }: UnitSetting, name: string): readonly Fix[] {
  return renames === true ? [replaceWith(node.key, name)] : [];
}

export const replaced: SettingsFileCheck = {
  id: "unit/replaced",
  severity: "hint",
  title: "A later line in the file replaces this one",
  why: "If a setting has a single value, the last assignment counts; earlier ones in the same file have no effect.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\nRestart=no\nRestart=always\n",
    good: "[Service]\nExecStart=/usr/bin/demo\nRestart=always\n",
  },
  run(file, { systemd }, report) {
    const last = new Map<UnitSetting, Entry>();
    for (const entry of file.entries) {
      const { setting } = entry;
      if (setting === undefined || setting.list || setting.since > systemd || entry.open) continue;
      if (keepsFirst(setting)) continue; // which a check of its own says
      const before = last.get(setting);
      last.set(setting, entry);
      if (before === undefined || entry.node.value.text === "") continue;
      const { key, name, value } = before.node;
      if (value.text === "") continue;
      report(
        { start: key.start, end: Math.max(key.end, value.span.end) },
        `a later "${name}=" in this file replaces this one; remove one of them`,
      );
    }
  },
};
