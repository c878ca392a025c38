// unit/wrong-dir, unit/preset-in-sysext and unit/systemctl-in-script: files that do not do for units what was meant.
import { nameOf } from "../../../model/tree-files.ts";
import { parseUnitName } from "../../../model/unit-name.ts";
import type { TreeCheck } from "../../check.ts";
import { reloading, startedDemo, upholding } from "./example-trees.ts";

const service = "[Service]\nExecStart=/usr/bin/demo\n";

/** Folders in which units are put by mistake, and where they belong. */
const wrongFolders: Readonly<Record<string, string>> = {
  "usr/lib/systemd": "usr/lib/systemd/system",
  "usr/systemd/system": "usr/lib/systemd/system",
  "usr/lib64/systemd/system": "usr/lib/systemd/system",
  "usr/share/systemd/system": "usr/lib/systemd/system",
  "usr/etc/systemd/system": "usr/lib/systemd/system",
  "etc/systemd/system": "usr/lib/systemd/system",
  "etc/systemd/user": "usr/lib/systemd/user",
};

export const wrongDir: TreeCheck = {
  id: "unit/wrong-dir",
  severity: "warning",
  title: "A unit in a folder where systemd does not look, or that is not merged",
  why: "Of an extension systemd reads units in usr/lib/systemd/system, and those for users in usr/lib/systemd/user; /etc is not merged from system extensions.",
  example: {
    badTree: { ...reloading, ...upholding, "usr/lib/systemd/demo.service": service },
    goodTree: startedDemo(service),
    fixed: ["good"],
  },
  run({ files, extension }, _context, report) {
    if (extension.class !== "sysext") return;
    for (const [folder, right] of Object.entries(wrongFolders)) {
      for (const { path, type } of files.children(folder)) {
        if (type !== "file" || parseUnitName(nameOf(path)) === undefined) continue;
        const to = `${right}/${nameOf(path)}`;
        const free = files.get(to) === undefined;
        report(
          path,
          `systemd finds no unit in "${folder}" of an extension; move it to "${right}"`,
          free ? { fixes: [{ title: `Move it to "${right}"`, changes: [{ kind: "rename", from: path, to }] }] } : {},
        );
      }
    }
  },
};

export const presetInSysext: TreeCheck = {
  id: "unit/preset-in-sysext",
  severity: "info",
  title: "Presets in an extension",
  why: 'systemd applies presets when a system boots for the first time, which is before it has the extension, and else when somebody runs "systemctl preset". Of several lines about one unit the first counts, by the names of the files.',
  example: {
    badTree: { ...startedDemo(), "usr/lib/systemd/system-preset/20-demo.preset": "enable demo.service\n" },
    goodTree: { ...startedDemo(), "usr/lib/systemd/user-preset/20-demo.preset": "enable demo.service\n" },
  },
  run({ files, extension }, _context, report) {
    if (extension.class !== "sysext") return;
    for (const { path, type } of files.children("usr/lib/systemd/system-preset")) {
      if (type !== "file" || !path.endsWith(".preset")) continue;
      report(
        path,
        `hosts apply "${nameOf(path)}" only when somebody runs "systemctl preset"; start units by drop-ins with "Upholds=" instead`,
      );
    }
  },
};

/** A command of a shell that changes which units are enabled, for the whole system. */
const enabling =
  /(?:^|[;&|({`]|\b(?:then|do|else|exec|if|!))[ \t]*(?:(?:\/usr)?\/bin\/)?(systemctl(?:[ \t]+-(?!-?user\b|-root\b)[\w=-]+)*[ \t]+(enable|disable|reenable|preset-all|preset)(?![\w-]))/gm;

export const systemctlInScript: TreeCheck = {
  id: "unit/systemctl-in-script",
  severity: "info",
  title: "A script that enables or disables units",
  why: '"systemctl enable" writes links to /etc of the host, which stay there when the extension is gone and lead nowhere. What the extension starts can be said in its own files.',
  example: {
    badTree: {
      ...startedDemo(),
      "usr/bin/demo": { mode: 0o755, content: "#!/bin/sh\nsystemctl enable other.service\n" },
    },
    goodTree: {
      ...startedDemo(),
      "usr/bin/demo": { mode: 0o755, content: "#!/bin/sh\nsystemctl start other.service\n" },
    },
  },
  run({ scripts }, _context, report) {
    for (const [path, { interpreter, text }] of scripts) {
      // Looking for one word costs nothing beside the search below.
      if (!text.includes("systemctl")) continue;
      if (!/(?:^|[/ ])(?:ba|da|k|z|a)?sh(?: |$)/.test(interpreter)) continue;
      for (const match of text.matchAll(enabling)) {
        const [whole, command = "", verb] = match;
        const start = match.index + whole.length - command.length;
        report(
          path,
          `"systemctl ${verb}" writes links on the host that stay when the extension is gone; start units by drop-ins with "Upholds=" instead`,
          { span: { start, end: start + command.length } },
        );
      }
    }
  },
};
