// er/restart-units-version and er/restart-units-unknown: units that are restarted after a merge.
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";

const keys = ["EXTENSION_RESTART_UNITS", "EXTENSION_RELOAD_OR_RESTART_UNITS"];
const firstVersion = 262;
const unitTypes = "service|socket|target|device|mount|automount|swap|timer|path|slice|scope";
const unitName = new RegExp(`^[A-Za-z0-9:_.\\\\@-]+\\.(${unitTypes})$`);
const template = new RegExp(`@\\.(${unitTypes})$`);

export const restartUnitsVersion: ReleaseCheck = {
  id: "er/restart-units-version",
  severity: "info",
  title: "Restarting units needs a newer systemd than the target",
  why: "Older versions ignore these keys and do not restart the units; an Upholds= drop-in starts them there too.",
  since: firstVersion,
  example: {
    bad: "ID=_any\nEXTENSION_RESTART_UNITS=demo.service\n",
    good: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
    systemd: 257,
  },
  run(file, context, report) {
    if (context.systemd === undefined || context.systemd >= firstVersion) return;
    for (const key of keys) {
      const found = file.get(key);
      if (found === undefined) continue;
      report(
        found.key,
        `systemd ${context.systemd} does not support "${key}", which was added in ${firstVersion}; keep an Upholds= drop-in for it`,
      );
    }
  },
};

export const restartUnitsUnknown: ReleaseCheck = {
  id: "er/restart-units-unknown",
  severity: "warning",
  title: "An entry that is not a unit name",
  why: "systemd restarts units by their full name; it ignores templates and names without a type.",
  since: firstVersion,
  example: {
    bad: "ID=_any\nEXTENSION_RESTART_UNITS=demo\n",
    good: "ID=_any\nEXTENSION_RESTART_UNITS=demo.service\n",
    fixed: ["good"],
  },
  run(file, _context, report) {
    for (const key of keys) {
      const found = file.get(key);
      for (const match of found?.meant.matchAll(/\S+/g) ?? []) {
        const [word] = match;
        const isTemplate = template.test(word);
        if (found === undefined || (unitName.test(word) && !isTemplate)) continue;
        const span = found.spanOf(match.index, match.index + word.length);
        report(
          span,
          isTemplate
            ? `"${word}" is a template, which systemd cannot restart; use the name of an instance`
            : `"${word}" is not a valid unit name, so systemd ignores it; add the type, such as "${word}.service"`,
          { fixes: !isTemplate && /^[\w:@-]+$/.test(word) ? [replaceWith(span, `${word}.service`)] : [] },
        );
      }
    }
  },
};
