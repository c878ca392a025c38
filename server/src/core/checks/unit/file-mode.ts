// Permission bits of unit files.
import type { UnitFileCheck } from "../check.ts";
import { startedDemo } from "./in-tree/example-trees.ts";

export const fileMode: UnitFileCheck = {
  id: "unit/file-mode",
  severity: "warning",
  title: "A unit file that is executable or world-writable",
  why: "A unit file is read, not executed, and anyone who can write it decides what runs as root; systemd logs a warning. systemd shows the content of units to all users, so hiding the file has no effect.",
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
      report(file.head, `everyone can write this file with the mode ${shown}; run "chmod 644"`);
    } else if ((mode & 0o111) !== 0) {
      report(file.head, `this unit file has the executable mode ${shown}; run "chmod 644"`);
    } else if ((mode & 0o044) !== 0o044) {
      const message = `systemd shows the content of units to all users, so the mode ${shown} hides nothing; run "chmod 644"`;
      report(file.head, message, { severity: "info" });
    }
  },
};
