// unit/user-undeclared: units that run as users that nobody makes.
import type { TreeFacts } from "../../../model/tree-facts.ts";
import { readBoolean } from "../../../values/choices.ts";
import type { TreeCheck } from "../../check.ts";
import type { Fix } from "../../finding.ts";
import { declaredIn, isSystemUser, isSysusers, mayBeMadeElsewhere } from "../../system-users.ts";
import { startedDemo } from "./example-trees.ts";
import { type TreeUnit, treeUnits, type WordAt, wordsOf } from "./tree-units.ts";

export const userUndeclared: TreeCheck = {
  id: "unit/user-undeclared",
  severity: "warning",
  title: "A user or group that does not exist",
  why: "systemd fails to start a unit whose user does not exist. A host creates the users of an extension from its sysusers.d files, and dynamic users automatically.",
  example: {
    badTree: startedDemo("[Service]\nExecStart=/usr/bin/demo\nUser=demo\n"),
    goodTree: startedDemo("[Service]\nExecStart=/usr/bin/demo\nUser=demo\nDynamicUser=yes\n"),
    fixed: [{ files: { "usr/lib/sysusers.d/demo.conf": "u demo -\n" } }],
  },
  run(tree, context, report) {
    const declared = declaredIn(tree);
    for (const unit of treeUnits(tree)) {
      if (unit.manager !== "system") continue;
      const reported = new Set<string>();
      for (const { word, kind } of namesIn(unit)) {
        const { text, at, span } = word;
        const names = kind === "user" ? declared.users : declared.groups;
        if (isSystemUser(text) || names.has(text) || reported.has(text) || !/^[A-Za-z_][\w-]*$/.test(text)) continue;
        if (mayBeMadeElsewhere(tree, context, text)) continue;
        reported.add(text);
        report(
          at.source.path,
          `nothing creates the ${kind} "${text}", and the unit fails without it; declare it in "${sysusersPath(tree)}"`,
          { span, fixes: [declare(tree, text, kind)] },
        );
      }
    }
  },
};

interface NamedUser {
  readonly word: WordAt;
  readonly kind: "user" | "group";
}

function namesIn(unit: TreeUnit): NamedUser[] {
  const { section } = unit;
  const last = (name: string, kind: "user" | "group") =>
    wordsOf(unit, section, name)
      .slice(-1)
      .map((word) => ({ word, kind }));
  const isDynamic = readBoolean(unit.text(section, "DynamicUser") ?? "no") === true;
  return [
    ...(isDynamic ? [] : [...last("User", "user"), ...last("Group", "group")]),
    ...(section === "Socket" ? [...last("SocketUser", "user"), ...last("SocketGroup", "group")] : []),
    ...wordsOf(unit, section, "SupplementaryGroups").map((word) => ({ word, kind: "group" as const })),
  ];
}

function sysusersPath({ extension, texts }: TreeFacts): string {
  const [known] = [...texts.keys()].filter((path) => path.startsWith("usr/lib/") && isSysusers(path));
  return known ?? `usr/lib/sysusers.d/${extension.name}.conf`;
}

function declare(tree: TreeFacts, name: string, kind: "user" | "group"): Fix {
  const path = sysusersPath(tree);
  const before = tree.texts.get(path) ?? "";
  const ended = before === "" || before.endsWith("\n") ? before : `${before}\n`;
  const line = kind === "user" ? `u ${name} -` : `g ${name} -`;
  return {
    title: `Declare the ${kind} "${name}" in "${path}"`,
    changes: [{ kind: "write", path, text: `${ended}${line}\n` }],
  };
}
