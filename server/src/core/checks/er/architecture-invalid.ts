// er/architecture-invalid: systemd has its own names of architectures.
import { architectureAliases, architectures } from "../../tables/architectures.ts";
import { findNearest } from "../../text/nearest.ts";
import type { ReleaseCheck } from "../check.ts";
import { replaceWith } from "../fixes.ts";

export const architectureInvalid: ReleaseCheck = {
  id: "er/architecture-invalid",
  severity: "error",
  title: "An architecture that systemd does not know",
  why: "ARCHITECTURE= must be equal to systemd's name of the host's architecture, such as x86-64 or arm64; the names that other tools use match no host.",
  since: 252,
  example: { bad: "ID=_any\nARCHITECTURE=amd64\n", good: "ID=_any\nARCHITECTURE=x86-64\n", fixed: ["good"] },
  run(file, _context, report) {
    const found = file.get("ARCHITECTURE");
    if (found === undefined || found.meant === "_any" || architectures.includes(found.meant)) return;
    const alias = architectureAliases.get(found.meant.toLowerCase());
    const likely = alias ?? findNearest(found.meant, architectures);
    const way = likely === undefined ? 'use a name such as "x86-64" or "arm64", or "_any"' : `use "${likely}"`;
    report(
      found.meantSpan,
      `"${found.meant}" is not a systemd architecture, so no host merges this extension; ${way}`,
      likely === undefined ? {} : { fixes: [replaceWith(found.meantSpan, likely)] },
    );
  },
};
