// Settings that a transfer has for nothing, because they are for other sources and targets.
import type { TargetType } from "../../values/wildcards.ts";
import type { UpdateCheck } from "../check.ts";
import { transfer } from "./example-texts.ts";
import { hasWildcard, isUrlType, readTransfer, storedPatterns } from "./transfer-facts.ts";

/** The targets that settings of [Target] are for. */
const targetsOf: Readonly<Record<string, readonly TargetType[]>> = {
  MatchPartitionType: ["partition"],
  PartitionUUID: ["partition"],
  PartitionFlags: ["partition"],
  PartitionNoAuto: ["partition"],
  PartitionGrowFileSystem: ["partition"],
  Mode: ["regular-file"],
  RemoveTemporary: ["regular-file", "directory", "subvolume"],
};

/** Wildcards that a setting gives a value for, where the target is none that it is for. */
const letters = {
  PartitionUUID: "u",
  PartitionFlags: "f",
  PartitionNoAuto: "a",
  PartitionGrowFileSystem: "g",
  Mode: "m",
} as const;

const tries = { TriesLeft: "l", TriesDone: "d" } as const;

export const unusedSetting: UpdateCheck = {
  id: "transfer/unused-setting",
  severity: "info",
  title: "A setting for another kind of source or target",
  why: "Some settings are only for partitions or only for files, boot attempts are counted only in names with such wildcards, and only downloads are signed. systemd-sysupdate silently ignores the others.",
  example: {
    bad: transfer({}, { MatchPartitionType: "root" }),
    good: transfer({}, { Mode: "0644" }),
    fixed: [{ text: transfer() }],
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    const { targetType, sourceType, open } = facts;
    if (open || targetType === undefined || sourceType === undefined) return;
    const [first] = storedPatterns(facts);

    function unused(section: string, name: string, reason: string): void {
      const at = definition.last(section, name);
      if (at === undefined) return;
      const { span } = at.entry.node;
      report(at, `"${name}=" has no effect here: ${reason}; remove it`, {
        span: at.entry.node.key,
        fixes: [{ title: `Remove "${name}"`, changes: [{ kind: "edit", span, text: "" }] }],
      });
    }

    for (const [name, targets] of Object.entries(targetsOf)) {
      if (targets.includes(targetType)) continue;
      const letter = Object.entries(letters).find(([setting]) => setting === name)?.[1];
      if (letter !== undefined && first !== undefined && hasWildcard(first, letter)) continue;
      unused(
        "Target",
        name,
        `it is for a ${targets[0] === "regular-file" ? "file" : "partition"}, but the target is a ${targetType}`,
      );
    }
    for (const [name, letter] of Object.entries(tries) as [string, "l" | "d"][]) {
      if (first === undefined || first.pattern.faults.length > 0 || hasWildcard(first, letter)) continue;
      unused("Target", name, `the first pattern has no "@${letter}"`);
    }
    if (!isUrlType(sourceType.text)) {
      unused("Transfer", "Verify", `only downloads are signed, but the source is of type "${sourceType.text}"`);
    }
  },
};
