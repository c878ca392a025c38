// [Install], which systemctl enable reads: names that it cannot make links of.
import { aliasTypes, isTemplate, parseUnitName, templateTypes } from "../../model/unit-name.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { hasSpecifier } from "../../values/specifiers.ts";
import type { UnitCheck } from "../check.ts";

export const aliasImpossible: UnitCheck = {
  id: "unit/alias",
  severity: "warning",
  title: "An alias that the unit cannot have",
  why: "Alias= gives a unit additional names of the same type and form. The names of mounts, swaps, automounts, slices and scopes follow from their path, so they have no aliases.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n[Install]\nAlias=demo.socket\n",
    good: "[Service]\nExecStart=/usr/bin/demo\n[Install]\nAlias=other.service\n",
  },
  run(unit, _context, report) {
    const { name, type } = unit.name;
    for (const at of unit.all("Install", "Alias")) {
      const { value, key } = at.entry.node;
      if (at.entry.open) continue;
      if (!aliasTypes.includes(type)) {
        report(at, `a ${type} has no aliases, so systemd ignores "Alias="; remove it`, { span: key });
        continue;
      }
      for (const { 0: word, index } of value.text.matchAll(/\S+/g)) {
        if (hasSpecifier(word) || /["'\\]/.test(word)) continue;
        const message = aliasFault(word, name);
        if (message !== undefined) report(at, message, { span: spanInValue(value, index, index + word.length) });
      }
    }
  },
};

function aliasFault(word: string, name: string): string | undefined {
  const slash = word.lastIndexOf("/");
  if (slash >= 0 && !/\.(?:wants|requires)$/.test(word.slice(0, slash))) {
    return `"${word}" is in a folder other than UNIT.wants and UNIT.requires, which systemctl enable rejects; use only the name`;
  }
  const alias = parseUnitName(word.slice(slash + 1));
  const own = parseUnitName(name);
  if (alias === undefined || own === undefined) return undefined;
  if (alias.type !== own.type) {
    return `"${word}" has another type than "${name}", so systemctl enable rejects it; use the suffix ".${own.type}"`;
  }
  const forms =
    isTemplate(alias) === isTemplate(own) && (alias.instance === undefined) === (own.instance === undefined);
  // An instance may be another name of a template.
  if (forms || (isTemplate(own) && alias.instance !== undefined)) return undefined;
  return `of "${word}" and "${name}", only one is a template, so systemctl enable rejects it; use "@" in both or neither`;
}

export const defaultInstance: UnitCheck = {
  id: "unit/default-instance",
  severity: "warning",
  title: "A default instance of a unit that is not a template",
  why: "DefaultInstance= is the instance that systemctl enable uses for a template; systemd ignores it in other units.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n",
    good: "[Service]\nExecStart=/usr/bin/demo %i\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n",
    goodUnit: "demo@.service",
  },
  run(unit, _context, report) {
    const found = unit.last("Install", "DefaultInstance");
    if (found === undefined || unit.name.instance !== undefined) return;
    report(found, `"${unit.name.name}" is not a template, so systemd ignores "DefaultInstance="; remove it`, {
      span: found.entry.node.key,
    });
  },
};

export const templateType: UnitCheck = {
  id: "unit/template-type",
  severity: "error",
  title: "A template of a type without templates",
  why: "Services, sockets, targets, timers and path units can be templates; systemd rejects an @ in the names of other units.",
  types: ["mount", "automount", "swap", "slice", "scope", "device"],
  example: {
    bad: "[Mount]\nWhat=/dev/demo\nWhere=/srv/%i\n",
    good: "[Mount]\nWhat=/dev/demo\nWhere=/srv/demo\n",
    unit: "srv-demo@.mount",
    goodUnit: "srv-demo.mount",
  },
  run(unit, _context, report) {
    if (!isTemplate(unit.name) || templateTypes.includes(unit.name.type)) return;
    report(
      undefined,
      `a ${unit.name.type} cannot be a template, so systemd rejects "${unit.name.name}"; use one file for each unit`,
    );
  },
};
