// tree/collision: a file that another extension of the workspace has as well.
import { compareVersions } from "../../hosts/version-order.ts";
import type { TreeCheck } from "../check.ts";
import { companions, isSurprising, sharedWith } from "./companions.ts";
import { sayOfEach } from "./say-of-each.ts";

export const collision: TreeCheck = {
  id: "tree/collision",
  severity: "warning",
  title: "A file that another extension in the workspace also contains",
  why: "A host that merges both sees only the file of one of them, and the programs of the other find the wrong file.",
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
          `the extension "${other.name}" also contains "${path}", and a host that merges both sees the one of "${seen}"; rename one${more}`,
        ),
      );
    }
  },
};
