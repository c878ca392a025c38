// unit/wants-link, unit/upheld-version and unit/required-by: links in the extension by which targets start units.
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import type { UnitLink } from "../../../model/tree-units.ts";
import type { TreeCheck } from "../../check.ts";
import type { Fix } from "../../finding.ts";
import { isEarlyTarget, mergesInInitrd } from "./early-boot.ts";
import { reloading, startedDemo, upholding } from "./example-trees.ts";
import { dropInFor } from "./start-fixes.ts";
import { shippedUnits, treeUnits, wordsOf } from "./tree-units.ts";

const units = "usr/lib/systemd/system";
const demo = { [`${units}/demo.service`]: "[Service]\nExecStart=/usr/bin/demo\n" };
/** The first version of systemd that reads folders `.upholds`. */
const upholdsFolders = 254;

export const wantsLink: TreeCheck = {
  id: "unit/wants-link",
  severity: "info",
  title: "A link in a .wants folder that is read too late",
  why: "systemd evaluates the wants of a target when the target starts, which at boot is before extensions are merged. It evaluates what a target upholds continuously.",
  example: {
    badTree: {
      ...reloading,
      ...demo,
      [`${units}/multi-user.target.wants/demo.service`]: { target: "../demo.service" },
    },
    goodTree: {
      ...reloading,
      ...demo,
      [`${units}/multi-user.target.upholds/demo.service`]: { target: "../demo.service" },
    },
    fixed: [
      {
        files: {
          [`${units}/multi-user.target.wants/demo.service`]: undefined,
          [`${units}/multi-user.target.d/10-demo.conf`]: "[Unit]\nUpholds=demo.service\n",
        },
      },
    ],
  },
  run(tree, context, report) {
    if (tree.extension.class !== "sysext" || mergesInInitrd(tree)) return;
    const upheld = upheldIn(tree);
    for (const { path, name, owner } of linksOfHost(tree, "wants")) {
      if (owner === undefined || isEarlyTarget(owner.name) || upheld.has(name)) continue;
      report(
        path,
        `at boot, "${owner.name}" starts before the extension with this link is merged, so it may not start "${name}"; use a drop-in for it with "Upholds=${name}"`,
        { fixes: [dropInFix(tree, context, { path, name, owner })] },
      );
    }
  },
};

export const upheldVersion: TreeCheck = {
  id: "unit/upheld-version",
  severity: "info",
  title: "A folder .upholds that the target version does not read",
  why: "systemd reads .upholds folders since version 254; from 249 on, Upholds= in a drop-in has the same effect.",
  since: upholdsFolders,
  example: {
    systemd: 253,
    badTree: {
      ...reloading,
      ...demo,
      [`${units}/multi-user.target.upholds/demo.service`]: { target: "../demo.service" },
    },
    goodTree: { ...reloading, ...demo, ...upholding },
    fixed: ["good"],
  },
  run(tree, context, report) {
    if (context.systemd >= upholdsFolders) return;
    const upheld = upheldIn(tree);
    for (const { path, name, owner, manager } of tree.units.links) {
      if (owner?.kind !== "upholds" || (manager === "system" && upheld.has(name))) continue;
      report(
        path,
        `systemd ${context.systemd} does not read ".upholds" folders, so nothing starts "${name}" there; use a drop-in for "${owner.name}" with "Upholds=${name}"`,
        manager === "system" ? { fixes: [dropInFix(tree, context, { path, name, owner })] } : {},
      );
    }
  },
};

export const requiredBy: TreeCheck = {
  id: "unit/required-by",
  severity: "warning",
  title: "A unit of the host that requires a unit of the extension",
  why: "A unit does not start without the units that it requires. If the extension is removed, or its unit fails, a target of the host fails too, and the system may not boot.",
  example: {
    badTree: startedDemo("[Service]\nExecStart=/usr/bin/demo\n[Install]\nRequiredBy=multi-user.target\n"),
    goodTree: startedDemo("[Service]\nExecStart=/usr/bin/demo\n[Install]\nWantedBy=multi-user.target\n"),
    fixed: ["good"],
  },
  run(tree, context, report) {
    if (tree.extension.class !== "sysext") return;
    const shipped = shippedUnits(tree);
    for (const unit of treeUnits(tree)) {
      if (unit.manager !== "system") continue;
      for (const { text, at, span } of wordsOf(unit, "Install", "RequiredBy")) {
        if (shipped.has(text)) continue;
        const { key } = at.entry.node;
        report(
          at.source.path,
          `"${text}" fails if "${unit.name.name}" fails or the extension is removed; use "WantedBy="`,
          {
            span,
            fixes: [{ title: 'Change to "WantedBy"', changes: [{ kind: "edit", span: key, text: "WantedBy" }] }],
          },
        );
      }
    }
    for (const { path, name, owner } of linksOfHost(tree, "requires")) {
      if (owner === undefined) continue;
      report(
        path,
        `this link makes "${owner.name}" fail if "${name}" fails; use a drop-in for it with "Upholds=${name}"`,
        { fixes: [dropInFix(tree, context, { path, name, owner })] },
      );
    }
  },
};

/** Links of one kind by which units of the host pull in others. */
function linksOfHost(tree: TreeFacts, kind: "wants" | "requires"): UnitLink[] {
  const shipped = shippedUnits(tree);
  return tree.units.links.filter(
    ({ owner, manager }) => manager === "system" && owner?.kind === kind && !shipped.has(owner.name),
  );
}

/** The units of which a setting of the tree says that they are to be kept running. */
function upheldIn(tree: TreeFacts): ReadonlySet<string> {
  return new Set(treeUnits(tree).flatMap((unit) => wordsOf(unit, "Unit", "Upholds").map(({ text }) => text)));
}

/** Puts a drop-in into the place of a link. */
function dropInFix(tree: TreeFacts, { systemd }: TreeContext, link: Pick<UnitLink, "path" | "name" | "owner">): Fix {
  const target = link.owner?.name ?? "multi-user.target";
  return {
    title: `Replace the link with a drop-in for "${target}"`,
    changes: [{ kind: "remove", path: link.path }, dropInFor(tree, link.name, target, systemd)],
  };
}
