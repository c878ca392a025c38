// er/reload-not-boolean: a value that is neither yes nor no is passed over.

import { findNearest } from "../../text/nearest.ts";
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";

const words = ["1", "yes", "y", "true", "t", "on", "0", "no", "n", "false", "f", "off"];

export const reloadNotBoolean: ReleaseCheck = {
  id: "er/reload-not-boolean",
  severity: "error",
  title: "EXTENSION_RELOAD_MANAGER is not a boolean",
  why: "systemd ignores a value that is not a boolean, so the service manager does not load the units of the extension.",
  since: 255,
  example: {
    bad: "ID=_any\nEXTENSION_RELOAD_MANAGER=ture\n",
    good: "ID=_any\nEXTENSION_RELOAD_MANAGER=1\n",
    fixed: [{ text: "ID=_any\nEXTENSION_RELOAD_MANAGER=true\n" }],
  },
  run(file, _context, report) {
    const found = file.get("EXTENSION_RELOAD_MANAGER");
    if (found === undefined || words.includes(found.meant.toLowerCase())) return;
    const likely = findNearest(found.meant, ["yes", "true", "false", "off"]) ?? "1";
    report(found.meantSpan, `"${found.meant}" is not a boolean, so systemd ignores it; use "1" or "0"`, {
      fixes: [replaceWith(found.meantSpan, likely)],
    });
  },
};
