// Permission bits of unit files.
import type { UnitFileCheck } from "../check.ts";
import { startedDemo } from "./in-tree/example-trees.ts";

export const fileMode: UnitFileCheck = {
  id: "unit/file-mode",
  severity: "warning",
  title: "A unit file that can be run, or that everybody can write",
  why: "A unit file is read, not run, and whoever can write it decides what runs as root; systemd says so in its log. It shows what is in units to everybody, so that hiding the file hides nothing.",
  example: {
    badTree: {
      ...startedDemo(),
      "usr/lib/systemd/system/demo.service": { content: "[Service]\nExecStart=/usr/bin/demo\n", mode: 0o755 },
    },
    goodTree: startedDemo(),
  },
  run(file, { mode = 0o644 }, report) {
    const shown = mode.toString(8).padStart(4, "0");
    if ((mode & 0o002) !== 0) {
      report(file.head, `everybody can write this file, which has the mode ${shown}; take that away with "chmod 644"`);
    } else if ((mode & 0o111) !== 0) {
      report(
        file.head,
        `a unit is not run, but this file has the mode ${shown} of a program; change it with "chmod 644"`,
      );
    } else if ((mode & 0o044) !== 0o044) {
      const message = `systemd shows what is in units to everybody, so the mode ${shown} hides nothing; change it with "chmod 644"`;
      report(file.head, message, { severity: "info" });
    }
  },
};
