// tree/collision: a file that another extension of the workspace has as well.
import { compareVersions } from "../../hosts/version-order.ts";
import type { TreeCheck } from "../check.ts";
import { companions, isSurprising, sharedWith } from "./companions.ts";
import { sayOfEach } from "./say-of-each.ts";

export const collision: TreeCheck = {
  id: "tree/collision",
  severity: "warning",
  title: "A file that another extension of the workspace has as well",
  why: "When a host merges both, it sees the file of one of them only, and the other program finds one that is not its own.",
  example: {
    badTree: { "usr/bin/tool": { mode: 0o755 } },
    goodTree: { "usr/bin/tool2": { mode: 0o755 } },
    others: { other: { "usr/bin/tool": { mode: 0o755 } } },
  },
  run(facts, { others }, report) {
    const { name } = facts.extension;
    for (const other of companions(facts, others)) {
      if (isSurprising(name, other.name)) continue; // which name/order says
      const seen = compareVersions(name, other.name) < 0 ? other.name : name;
      sayOfEach(sharedWith(facts, other), ({ path }, more) =>
        report(
          path,
          `the extension "${other.name}" has "${path}" as well, and a host that merges both sees that of "${seen}"; rename one${more}`,
        ),
      );
    }
  },
};
