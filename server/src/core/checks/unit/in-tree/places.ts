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
  title: "A unit in a folder that systemd does not read, or that is not merged",
  why: "systemd reads the units of an extension in usr/lib/systemd/system, and user units in usr/lib/systemd/user; /etc of a system extension is not merged.",
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
          `systemd does not read units in "${folder}" of an extension; move it to "${right}"`,
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
  why: 'systemd applies presets when a system boots for the first time, before the extension is merged, and when someone runs "systemctl preset". If several lines match a unit, the first one counts, in the order of the file names.',
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
        `hosts apply "${nameOf(path)}" only when someone runs "systemctl preset"; start units with drop-ins that use "Upholds=" instead`,
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
  why: '"systemctl enable" creates links in /etc of the host, which stay there, broken, after the extension is removed. The extension can start its units with its own files.',
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
          `"systemctl ${verb}" creates links on the host that stay after the extension is removed; start units with drop-ins that use "Upholds=" instead`,
          { span: { start, end: start + command.length } },
        );
      }
    }
  },
};
