// What there is to say of each way in which a value of sysupdate's files can be wrong; the grammars in core/values find them.
import type { Entry } from "../../model/unit-file.ts";
import type { Fault } from "../../values/read-value.ts";
import type { CheckFacts } from "../check.ts";
import type { Severity } from "../finding.ts";

/** A transfer that is read from a folder and stored in another one, with some lines in place of the usual ones. */
const source = "[Source]\nType=regular-file\nPath=/srv/updates\nMatchPattern=demo_@v.raw\n";
const target = "[Target]\nType=regular-file\nPath=/var/lib/demo\nMatchPattern=demo_@v.raw\n";
const sourceWith = (before: string, after: string) => `${source.replace(before, after)}\n${target}`;
const targetWith = (before: string, after: string) => `${source}\n${target.replace(before, after)}`;

export const updateValueChecks: readonly CheckFacts[] = [
  {
    id: "transfer/source-type",
    severity: "error",
    title: "A type of source that systemd-sysupdate does not know",
    why: "A source is url-file, url-tar, tar, regular-file, directory or subvolume; systemd-sysupdate refuses to run with a definition whose source has no type.",
    example: {
      bad: sourceWith("regular-file", "file"),
      good: sourceWith("regular-file", "url-file")
        .replace("/srv", "https://example.com/srv")
        .replace("[Source]", "[Transfer]\nVerify=yes\n\n[Source]"),
    },
  },
  {
    id: "transfer/target-type",
    severity: "error",
    title: "A type of target that systemd-sysupdate does not know",
    why: "A target is a partition, a regular-file, a directory or a subvolume; systemd-sysupdate refuses to run with a definition that says anything else.",
    example: { bad: targetWith("Type=regular-file", "Type=file"), good: `${source}\n${target}` },
  },
];

const updateSeverities: ReadonlyMap<string, Severity> = new Map(
  updateValueChecks.map(({ id, severity }) => [id, severity]),
);

/** The check of these files that stands for a fault that the grammars of units find as well. */
function checkOf({ check }: Fault, { setting, section }: Entry): string {
  if (!check.startsWith("unit/")) return check;
  if (check === "unit/too-new") return "transfer/too-new";
  if (check === "unit/unknown-specifier") return "transfer/specifier";
  if (setting?.name === "Type") return section.name === "Source" ? "transfer/source-type" : "transfer/target-type";
  if (setting?.name === "InstancesMax") return "transfer/instances-max";
  if (section.name === "Feature" || section.name === "Component") return "transfer/feature-file";
  return "transfer/value";
}

/** The check that a fault belongs to, and how grave it is there. */
export function rankInUpdate(fault: Fault, entry: Entry): { readonly check: string; readonly severity: Severity } {
  const check = checkOf(fault, entry);
  return { check, severity: updateSeverities.get(check) ?? "warning" };
}
