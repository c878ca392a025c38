// name/order: names of extensions are ordered as versions, which may surprise.
import { compareVersions } from "../../hosts/version-order.ts";
import type { TreeCheck } from "../check.ts";
import { companions, isSurprising, sharedWith } from "../tree/companions.ts";

export const order: TreeCheck = {
  id: "name/order",
  severity: "info",
  title: "An order of extensions that is that of versions",
  why: "Of a file in two extensions the host sees that of the extension whose name comes later, and names are ordered as versions: tool-10 comes after tool-9.",
  example: {
    badTree: { "usr/lib/extension-release.d/extension-release.tool-10": "ID=_any\n", "usr/share/tool/a": "" },
    goodTree: { "usr/share/tool/b": "" },
    others: { "tool-9": { "usr/share/tool/a": "" } },
    name: "tool-10",
  },
  run(facts, { others }, report) {
    const { name } = facts.extension;
    for (const other of companions(facts, others)) {
      const [first] = isSurprising(name, other.name) ? sharedWith(facts, other) : [];
      if (first === undefined) continue;
      const seen = compareVersions(name, other.name) < 0 ? other.name : name;
      report(
        first.path,
        `a host that merges "${other.name}" as well sees the file of "${seen}", as names are ordered like versions; rename one of them`,
      );
    }
  },
};
