// name/order: names of extensions are ordered as versions, which may surprise.
import { compareVersions } from "../../hosts/version-order.ts";
import type { TreeCheck } from "../check.ts";
import { companions, isSurprising, sharedWith } from "../tree/companions.ts";

export const order: TreeCheck = {
  id: "name/order",
  severity: "info",
  title: "Extensions that are sorted as versions",
  why: "If two extensions contain the same file, the host sees the one of the extension whose name sorts last, and names are sorted as versions: tool-10 comes after tool-9.",
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
        `a host that also merges "${other.name}" sees the file of "${seen}", because names are sorted as versions; rename one of the extensions`,
      );
    }
  },
};
