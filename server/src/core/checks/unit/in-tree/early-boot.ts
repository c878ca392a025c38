// unit/early-boot: units that want to be started before extensions are merged.
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { isTemplate } from "../../../model/unit-name.ts";
import type { TreeCheck } from "../../check.ts";
import { startedDemo } from "./example-trees.ts";
import { placeOf, type TreeUnit, treeUnits, wordsOf } from "./tree-units.ts";

/** Targets that systemd reaches while extensions are merged, or before. */
const early: ReadonlySet<string> = new Set(
  ["sysinit", "local-fs", "local-fs-pre", "swap", "cryptsetup", "cryptsetup-pre", "veritysetup", "first-boot-complete"]
    .concat(["initrd", "initrd-fs", "initrd-root-device", "initrd-root-fs", "initrd-switch-root", "initrd-usr-fs"])
    .map((name) => `${name}.target`),
);
const mergers: readonly string[] = ["systemd-sysext.service", "sysinit.target", "basic.target", "multi-user.target"];

export function isEarlyTarget(name: string): boolean {
  return early.has(name);
}

/** Whether the release file says that an initrd merges the extension, long before the system's units start. */
export function mergesInInitrd({ releases }: Pick<TreeFacts, "releases">): boolean {
  return [...releases.values()].some((file) => file.get("SYSEXT_SCOPE")?.meant.split(/\s+/).includes("initrd"));
}

export const earlyBoot: TreeCheck = {
  id: "unit/early-boot",
  severity: "warning",
  title: "A unit that starts before extensions are merged",
  why: "systemd-sysext.service merges extensions before sysinit.target. Units of extensions are not loaded before that, so they cannot run early in the boot.",
  example: {
    badTree: startedDemo(
      "[Unit]\nDefaultDependencies=no\nBefore=sysinit.target\n[Service]\nType=oneshot\nExecStart=/usr/bin/demo\n",
    ),
    goodTree: startedDemo(
      "[Unit]\nDefaultDependencies=no\nAfter=systemd-sysext.service\nBefore=sysinit.target\n[Service]\nType=oneshot\nExecStart=/usr/bin/demo\n",
    ),
  },
  run(tree, _context, report) {
    if (tree.extension.class !== "sysext" || mergesInInitrd(tree)) return;
    const links = new Map(
      tree.units.links.flatMap((link) =>
        link.manager === "system" && early.has(link.owner?.name ?? "") ? [[link.name, link] as const] : [],
      ),
    );
    const way = 'order it "After=systemd-sysext.service", or start it later';
    for (const unit of treeUnits(tree)) {
      const { main, name } = unit;
      // Of a template an instance may be started at any time.
      if (unit.manager !== "system" || main === undefined || isTemplate(name) || isAfterMerge(unit)) continue;
      if (!["service", "socket", "timer", "path"].includes(name.type)) continue;
      const found =
        // What is before the targets of the initrd is only ended by them.
        wordsOf(unit, "Unit", "Before").find(({ text }) => early.has(text) && !text.startsWith("initrd")) ??
        ["WantedBy", "RequiredBy", "UpheldBy"]
          .flatMap((key) => wordsOf(unit, "Install", key))
          .find(({ text }) => early.has(text));
      if (found !== undefined) {
        const [path] = placeOf(found.at);
        const message = `"${found.text}" is reached while extensions are merged, so "${name.name}" is loaded too late; ${way}`;
        report(path, message, { span: found.span });
        continue;
      }
      const link = links.get(name.name);
      if (link === undefined) continue;
      report(
        link.path,
        `"${link.owner?.name}" is reached while extensions are merged, so "${name.name}" is loaded too late; ${way}`,
      );
    }
  },
};

function isAfterMerge(unit: TreeUnit): boolean {
  return wordsOf(unit, "Unit", "After").some(({ text }) => mergers.includes(text));
}
