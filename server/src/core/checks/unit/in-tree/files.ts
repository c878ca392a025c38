// unit/env-file-mandatory and unit/read-only-path: files that units need, or want to write, where there are none.
import { isGenerated } from "../../../model/project.ts";
import type { TreeContext } from "../../../model/tree-context.ts";
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { folderOf } from "../../../model/tree-files.ts";
import type { TreeCheck } from "../../check.ts";
import { insertAt } from "../../fixes.ts";
import { startedDemo } from "./example-trees.ts";
import { type TreeUnit, treeUnits, type WordAt, wordsOf } from "./tree-units.ts";

export const envFileMandatory: TreeCheck = {
  id: "unit/env-file-mandatory",
  severity: "warning",
  title: "A required environment file that nothing creates",
  why: "A system extension has no files in /etc, and a unit whose EnvironmentFile= is missing does not start. With a hyphen before the path the file may be missing; a C line in tmpfiles.d creates it.",
  example: {
    badTree: startedDemo("[Service]\nEnvironmentFile=/etc/demo.env\nExecStart=/usr/bin/demo\n"),
    goodTree: startedDemo("[Service]\nEnvironmentFile=-/etc/demo.env\nExecStart=/usr/bin/demo\n"),
    fixed: ["good"],
  },
  run(tree, { base, others }, report) {
    if (tree.extension.class !== "sysext") return;
    const made = madeByTmpfiles(tree);
    for (const unit of treeUnits(tree)) {
      for (const { text, at, span } of wordsOf(unit, unit.section, "EnvironmentFile")) {
        const path = text.replace(/^\/+/, "");
        if (!/^\/+etc\//.test(text) || /[*?[]/.test(text) || isConditional(unit, text)) continue;
        if (made(path) || isGenerated(tree.extension.project, path)) continue;
        if (base?.typeOf(path) !== undefined || others.some(({ files }) => files.get(path) !== undefined)) continue;
        report(
          at.source.path,
          `the unit does not start without "${text}", which the extension cannot contain; use "-${text}", or create the file with a "C" line in tmpfiles.d`,
          { span, fixes: [insertAt(span.start, "-", `Change to "-${text}"`)] },
        );
      }
    }
  },
};

/** Tells whether a `tmpfiles.d` line of the tree makes a file, or copies a folder above it. */
function madeByTmpfiles({ texts }: TreeFacts): (path: string) => boolean {
  const made = new Set<string>();
  const copied = new Set<string>();
  for (const [path, text] of texts) {
    if (!/\/tmpfiles\.d\/[^/]+$/.test(path)) continue;
    for (const [, type = "", target = ""] of text.matchAll(/^[ \t]*([CfFLw])[-+!=~^$?]*[ \t]+"?\/([^\s"]+)/gm)) {
      made.add(target);
      if (type === "C" || type === "L") copied.add(target.replace(/\/$/, ""));
    }
  }
  return (path) => {
    if (made.has(path)) return true;
    for (let folder = folderOf(path); folder !== ""; folder = folderOf(folder)) if (copied.has(folder)) return true;
    return false;
  };
}

/** Whether the unit is only started where the file, or its folder, is there. */
function isConditional(unit: TreeUnit, path: string): boolean {
  const names = [
    "ConditionPathExists",
    "ConditionFileNotEmpty",
    "ConditionPathIsDirectory",
    "ConditionDirectoryNotEmpty",
  ];
  return names.some((name) =>
    unit.all("Unit", name).some(({ entry }) => {
      const wanted = entry.node.value.text.replace(/^\|/, "").replace(/\/$/, "");
      return wanted === path || path.startsWith(`${wanted}/`);
    }),
  );
}

/** Settings that name what a unit writes. */
const writing = ["ReadWritePaths", "ReadWriteDirectories", "PIDFile", "StandardOutput", "StandardError"];
/** With these the unit has another file system at the path. */
const mounting = ["BindPaths", "TemporaryFileSystem", "RootDirectory", "RootImage", "MountImages"];

export const readOnlyPath: TreeCheck = {
  id: "unit/read-only-path",
  severity: "warning",
  title: "A unit that writes to a read-only folder",
  why: "While extensions are merged, /usr is read-only, and so is /opt if one of them contains it. State belongs in /var, configuration in /etc, sockets and similar files in /run.",
  example: {
    badTree: startedDemo("[Service]\nProtectSystem=strict\nReadWritePaths=/usr/share/demo\nExecStart=/usr/bin/demo\n"),
    goodTree: startedDemo("[Service]\nProtectSystem=strict\nReadWritePaths=/var/lib/demo\nExecStart=/usr/bin/demo\n"),
  },
  run(tree, context, report) {
    if (tree.extension.class !== "sysext") return;
    for (const unit of treeUnits(tree)) {
      if (mounting.some((name) => unit.all(unit.section, name).length > 0)) continue;
      for (const name of writing) {
        for (const word of wordsOf(unit, unit.section, name)) {
          const path = pathOf(word);
          if (path === undefined || !isReadOnly(tree, context, path)) continue;
          report(
            word.at.source.path,
            `"${path}" is read-only while extensions are merged; write to /var, with "StateDirectory=" for example, or to /run`,
            { span: word.span },
          );
        }
      }
    }
  },
};

/** The path that a word of these settings names: behind signs, or behind `file:` and its like. */
function pathOf({ text, at }: WordAt): string | undefined {
  const { name } = at.entry.node;
  if (name.startsWith("Standard")) return /^(?:file|append|truncate):(\/.*)$/.exec(text)?.[1];
  return /^[-+]*(\/.*)$/.exec(text)?.[1];
}

function isReadOnly({ extension }: TreeFacts, { hosts }: TreeContext, path: string): boolean {
  if (path.includes("..")) return false;
  if (/^\/usr\/local(?:\/|$)/.test(path)) {
    return hosts.length > 0 && hosts.every(({ facts }) => facts?.usrLocal === "folder");
  }
  if (/^\/usr(?:\/|$)/.test(path)) return true;
  return /^\/opt(?:\/|$)/.test(path) && extension.hierarchies.includes("opt");
}
