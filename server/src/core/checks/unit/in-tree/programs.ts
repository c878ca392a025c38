// unit/exec-elsewhere, unit/exec-missing and unit/exec-sbin: commands of units whose programs are not where they say.
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { nameOf } from "../../../model/tree-files.ts";
import type { TreeCheck } from "../../check.ts";
import { replaceWith } from "../../fixes.ts";
import { hostMayHave } from "./base-system.ts";
import { commandsOf, inTree, mayHave, programsIn, type UnitCommand } from "./commands.ts";
import { startedDemo } from "./example-trees.ts";
import { isHostProgram } from "./host-programs.ts";
import { type TreeUnit, treeUnits } from "./tree-units.ts";

export const execElsewhere: TreeCheck = {
  id: "unit/exec-elsewhere",
  severity: "error",
  title: "A command whose program is in another folder of the extension",
  why: "systemd runs the file at exactly this path; if there is none, the unit fails with 203/EXEC.",
  example: {
    badTree: { ...startedDemo("[Service]\nExecStart=/usr/libexec/demo\n"), "usr/bin/demo": { mode: 0o755 } },
    goodTree: { ...startedDemo("[Service]\nExecStart=/usr/libexec/demo\n"), "usr/libexec/demo": { mode: 0o755 } },
    fixed: [{ files: { "usr/lib/systemd/system/demo.service": "[Service]\nExecStart=/usr/bin/demo\n" } }],
  },
  run(tree, context, report) {
    for (const { path, elsewhere, found } of commandsIn(tree, context)) {
      const [only = "", ...others] = elsewhere;
      if (only === "") continue;
      const there = elsewhere.map((other) => `"/${other}"`).join(" and ");
      report(
        found.at.source.path,
        `"${path}" does not exist; the extension has ${there}, so use ${others.length === 0 ? "that" : "one of these"}`,
        {
          span: found.span,
          // A tree without a release file is one of which another tool makes the rest.
          ...(tree.releases.size === 0 && !context.image ? { severity: "info" as const } : {}),
          ...(others.length === 0 ? { fixes: [replaceWith(found.span, `/${only}`)] } : {}),
        },
      );
    }
  },
};

export const execMissing: TreeCheck = {
  id: "unit/exec-missing",
  severity: "warning",
  title: "A command whose program neither the extension nor the host has",
  why: "systemd runs the file at exactly this path; if there is none, the unit fails with 203/EXEC.",
  example: {
    base: ["usr/bin/prepare", "usr/sbin/", "usr/lib/systemd/system/multi-user.target"],
    badTree: startedDemo("[Service]\nExecStartPre=/usr/bin/preparee\nExecStart=/usr/bin/demo\n"),
    goodTree: startedDemo("[Service]\nExecStartPre=/usr/bin/prepare\nExecStart=/usr/bin/demo\n"),
  },
  run(tree, context, report) {
    const { base, others } = context;
    if (base === undefined) return;
    for (const { path, place, elsewhere, found } of commandsIn(tree, context)) {
      if (elsewhere.length > 0 || !place.startsWith("usr/")) continue;
      if (hostMayHave(base, place) || others.some(({ files }) => files.get(place) !== undefined)) continue;
      report(
        found.at.source.path,
        `neither the extension nor the host has "${path}"; add it, or list it under "generated" in sysext.json if a build creates it`,
        { span: found.span },
      );
    }
  },
};

export const execSbin: TreeCheck = {
  id: "unit/exec-sbin",
  severity: "info",
  title: "A command with a path that exists only for compatibility",
  why: "/bin and /sbin are symlinks into /usr, and /usr/sbin is a symlink to bin on some hosts and a folder on others. A program name without a path is found in both; use the full path for programs of the extension.",
  example: {
    badTree: startedDemo("[Service]\nExecStart=/bin/demo\n"),
    goodTree: startedDemo("[Service]\nExecStart=/usr/bin/demo\n"),
    fixed: ["good"],
  },
  run(tree, context, report) {
    for (const unit of treeUnits(tree)) {
      for (const found of commandsOf(unit)) {
        const { text: path } = found.command.path;
        const [, folder, name] = /^\/+(bin|sbin|usr\/+sbin)\/+([^/]+)$/.exec(path) ?? [];
        if (folder === undefined || name === undefined) continue;
        const better = betterPath(tree, context, folder, name);
        if (better === undefined) continue;
        report(found.at.source.path, `"${path}" is an old path of the program; use "${better}"`, {
          span: found.span,
          fixes: [replaceWith(found.span, better)],
        });
      }
    }
  },
};

/** What to write for a program in an old folder; undefined when nothing is better, or the path is wrong altogether. */
function betterPath(tree: TreeFacts, context: TreeContext, folder: string, name: string): string | undefined {
  const isShipped = (path: string) => tree.files.get(path) !== undefined;
  if (folder === "bin") return isShipped(`usr/sbin/${name}`) ? undefined : `/usr/bin/${name}`;
  if (isShipped(`usr/sbin/${name}`)) return folder === "sbin" ? `/usr/sbin/${name}` : undefined;
  if (isShipped(`usr/bin/${name}`)) return hasSbinApart(context) ? undefined : `/usr/bin/${name}`;
  // A name alone is looked up in all folders of programs.
  return name;
}

interface CommandInTree {
  readonly found: UnitCommand;
  /** As it is written. */
  readonly path: string;
  readonly place: string;
  /** Where the tree has programs of the same name. */
  readonly elsewhere: readonly string[];
}

/** Commands by absolute paths at which the tree has nothing, unless the host is known or likely to have them. */
function commandsIn(tree: TreeFacts, context: TreeContext): CommandInTree[] {
  const { base } = context;
  return treeUnits(tree).flatMap((unit) =>
    commandsOf(unit).flatMap((found) => {
      const { path: word, prefixes } = found.command;
      const { text: path } = word;
      const isOptional = prefixes.some(({ sign }) => sign === "-");
      if (!path.startsWith("/") || isOptional || isConditional(unit, path)) return [];
      const place = inTree(path);
      if (!/^(?:usr|opt)\//.test(place) || mayHave(tree, place)) return [];
      const [, sbinName] = /^usr\/sbin\/([^/]+)$/.exec(place) ?? [];
      const inBin = sbinName !== undefined && mayHave(tree, `usr/bin/${sbinName}`);
      if (inBin && !hasSbinApart(context)) return [];
      if (base === undefined ? isHostProgram(nameOf(place)) : hostMayHave(base, place)) return [];
      const elsewhere = programsIn(tree.files).get(nameOf(place)) ?? [];
      return [{ found, path, place, elsewhere }];
    }),
  );
}

/** Whether some host is known to have a /usr/sbin beside /usr/bin. */
function hasSbinApart({ hosts, base }: TreeContext): boolean {
  if (base !== undefined) return base.typeOf("usr/sbin") === "directory";
  return hosts.some(({ facts }) => facts?.mergedSbin === false);
}

/** Whether the unit is only started where the file is there. */
function isConditional(unit: TreeUnit, path: string): boolean {
  return ["ConditionPathExists", "ConditionFileIsExecutable", "ConditionFileNotEmpty"].some((name) =>
    unit.all("Unit", name).some(({ entry }) => entry.node.value.text.replace(/^\|/, "") === path),
  );
}
