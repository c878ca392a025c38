// [Install], which systemctl enable reads: names that it cannot make links of.
import { aliasTypes, isTemplate, parseUnitName, templateTypes } from "../../model/unit-name.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { hasSpecifier } from "../../values/specifiers.ts";
import type { UnitCheck } from "../check.ts";

export const aliasImpossible: UnitCheck = {
  id: "unit/alias",
  severity: "warning",
  title: "Another name that the unit cannot have",
  why: "Alias= gives a unit other names of the same type and form. Mounts, swaps, automounts, slices and scopes have the name of their place and no other.",
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
        report(at, `a ${type} has no other names, so systemd passes over "Alias="; leave it out`, { span: key });
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
    return `"${word}" leads into a folder other than UNIT.wants and UNIT.requires, which systemctl enable refuses; write the name alone`;
  }
  const alias = parseUnitName(word.slice(slash + 1));
  const own = parseUnitName(name);
  if (alias === undefined || own === undefined) return undefined;
  if (alias.type !== own.type) {
    return `"${word}" is of another type than "${name}", and systemctl enable refuses it; end it in ".${own.type}"`;
  }
  const forms =
    isTemplate(alias) === isTemplate(own) && (alias.instance === undefined) === (own.instance === undefined);
  // An instance may be another name of a template.
  if (forms || (isTemplate(own) && alias.instance !== undefined)) return undefined;
  return `"${word}" and "${name}" are not both templates or both plain names, and systemctl enable refuses it; write both with "@" or without`;
}

export const defaultInstance: UnitCheck = {
  id: "unit/default-instance",
  severity: "warning",
  title: "A default instance of what has no instances",
  why: "DefaultInstance= is the instance that systemctl enable makes of a template; systemd passes over it in other units.",
  example: {
    bad: "[Service]\nExecStart=/usr/bin/demo\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n",
    good: "[Service]\nExecStart=/usr/bin/demo %i\n[Install]\nWantedBy=multi-user.target\nDefaultInstance=one\n",
    goodUnit: "demo@.service",
  },
  run(unit, _context, report) {
    const found = unit.last("Install", "DefaultInstance");
    if (found === undefined || unit.name.instance !== undefined) return;
    report(found, `"${unit.name.name}" is no template, so systemd passes over "DefaultInstance="; leave it out`, {
      span: found.entry.node.key,
    });
  },
};

export const templateType: UnitCheck = {
  id: "unit/template-type",
  severity: "error",
  title: "A template of a type that has none",
  why: "Services, sockets, targets, timers and path units have templates; the name of any other unit is that of its place, and systemd refuses an @ in it.",
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
      `a ${unit.name.type} has no templates, and systemd refuses "${unit.name.name}"; write one file for each`,
    );
  },
};
