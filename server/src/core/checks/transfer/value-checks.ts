// What there is to say of each way in which a value of sysupdate's files can be wrong; the grammars in core/values find them.

import type { Severity } from "../../model/severity.ts";
import type { Entry } from "../../model/unit-file.ts";
import type { Fault } from "../../model/value-reading.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { CheckFacts } from "../check.ts";
import type { Fix } from "../finding.ts";
import { replaceWith } from "../fixes.ts";
import type { Ranking } from "../unit/check-values.ts";
import { transfer } from "./example-texts.ts";
import { isNeeded } from "./needed.ts";
import { sourceTypes } from "./transfer-facts.ts";

export const updateValueChecks: readonly CheckFacts[] = [
  {
    id: "transfer/source-type",
    severity: "error",
    title: "A source without a type that systemd-sysupdate knows",
    why: "A source is url-file, url-tar, tar, regular-file, directory or subvolume; systemd-sysupdate does not run with a definition whose source is none of these.",
    example: { bad: transfer({ Type: "file" }), good: transfer(), fixed: ["good"] },
  },
  {
    id: "transfer/target-type",
    severity: "warning",
    title: "A type of target that systemd-sysupdate does not know",
    why: "A target is a partition, a regular-file, a directory or a subvolume. systemd-sysupdate passes over a word that it does not know, and takes a type that goes with the source; it does not run when the word is a type of source.",
    example: { bad: transfer({}, { Type: "file" }), good: transfer(), fixed: ["good"] },
  },
  {
    id: "transfer/path",
    severity: "error",
    title: "A path where versions cannot come from or go to",
    why: "A source has the address of a folder, with http or https, when its type begins with url-, and otherwise an absolute path without dots and doubled slashes, as each target has; systemd-sysupdate does not run with a definition that has neither.",
    example: {
      bad: transfer({}, { Path: "var/lib/demo" }),
      good: transfer({}, { Path: "/var/lib/demo/" }),
      fixed: [{ text: transfer() }],
    },
  },
  {
    id: "transfer/pattern-no-version",
    severity: "error",
    title: "A pattern without a version",
    why: "Every pattern has @v once, where the version stands in a name; systemd-sysupdate does not run with a definition that has another one.",
    example: {
      bad: transfer({ MatchPattern: "demo.raw" }),
      good: transfer({ MatchPattern: "demo-@v.raw" }),
      fixed: [{ text: transfer() }],
    },
  },
  {
    id: "transfer/pattern-syntax",
    severity: "error",
    title: "A pattern that systemd-sysupdate cannot read",
    why: "A pattern has wildcards of an @ and a letter, each at most once and never two side by side, and characters that stand for themselves; an at sign is written twice. systemd-sysupdate does not run with a definition that has another one.",
    example: {
      bad: transfer({ MatchPattern: "demo@@v_@v@r.raw" }),
      good: transfer({ MatchPattern: "demo@@v_@v_@r.raw" }),
    },
  },
  {
    id: "transfer/specifier",
    severity: "warning",
    title: "A percent sign that begins no specifier",
    why: "systemd-sysupdate passes over a setting with a percent sign and a letter that stand for nothing; without its path or pattern a source or target makes it stop. A percent sign by itself is written twice.",
    example: {
      bad: transfer({ MatchPattern: "demo%x_@v.raw" }),
      good: transfer({ MatchPattern: "demo%%x_@v.raw" }),
      fixed: ["good"],
    },
  },
  {
    id: "transfer/instances-max",
    severity: "warning",
    title: "A number of versions that cannot be kept",
    why: "One version runs while another one is written, so at least two are kept; systemd-sysupdate takes 2 for less, and passes over what is no number.",
    example: { bad: transfer({}, { InstancesMax: "1" }), good: transfer({}, { InstancesMax: "2" }), fixed: ["good"] },
  },
  {
    id: "transfer/path-relative-to",
    severity: "warning",
    title: "A path that cannot be relative to what it says",
    why: "Paths begin at the root, or, for files and folders, at a partition for booting; only a source can be below what --transfer-source= names. systemd-sysupdate passes over other words, and does not run with a definition where one does not fit.",
    example: {
      bad: transfer({ Type: "tar" }, { Type: "subvolume", PathRelativeTo: "boot" }),
      good: transfer({ Type: "tar" }, { Type: "directory", PathRelativeTo: "boot" }),
    },
  },
  {
    id: "transfer/value",
    severity: "warning",
    title: "A value that the setting does not take",
    why: "systemd-sysupdate passes over an assignment whose value it cannot read, so that the default counts.",
    example: {
      bad: `[Transfer]\nMinVersion=1:2\n\n${transfer()}`,
      good: `[Transfer]\nMinVersion=1-2\n\n${transfer()}`,
    },
  },
];

const severities: ReadonlyMap<string, Severity> = new Map(updateValueChecks.map(({ id, severity }) => [id, severity]));

/** The check of these files that stands for a fault that the grammars of units find as well. */
function checkOf({ check }: Fault, { setting, section }: Entry): string {
  if (section.name === "Feature" || section.name === "Component") {
    return check.endsWith("/too-new") ? "transfer/too-new" : "transfer/feature-file";
  }
  if (setting?.name === "PathRelativeTo") return "transfer/path-relative-to";
  if (!check.startsWith("unit/")) return check;
  if (check === "unit/too-new") return "transfer/too-new";
  if (check === "unit/unknown-specifier") return "transfer/specifier";
  if (setting?.name === "Type") return section.name === "Source" ? "transfer/source-type" : "transfer/target-type";
  if (setting?.name === "InstancesMax") return "transfer/instances-max";
  return "transfer/value";
}

/** The types that are meant by other words for the same. */
const meantTypes: Readonly<Record<string, string>> = {
  file: "regular-file",
  regular: "regular-file",
  raw: "regular-file",
  url: "url-file",
  http: "url-file",
  https: "url-file",
  dir: "directory",
  folder: "directory",
  tarball: "tar",
};

/** What was probably meant, where that depends on more than the word or on what such words are for. */
function likelyFixes(check: string, fault: Fault, entry: Entry): readonly Fix[] {
  if (fault.replacements !== undefined) return [];
  const { node, section } = entry;
  if (check === "transfer/source-type" || check === "transfer/target-type") {
    const meant = meantTypes[node.value.text.toLowerCase()];
    if (meant === undefined || (section.name === "Target" && /^(?:url|tar)/.test(meant))) return [];
    const path = section.entries.findLast(({ node: { name } }) => name === "Path")?.node.value.text ?? "";
    const isOfWeb = section.name === "Source" && meant === "regular-file" && /^https?:/.test(path);
    return [replaceWith(node.value.span, isOfWeb ? "url-file" : meant)];
  }
  if (check === "transfer/pattern-no-version") {
    const pattern = node.value.text.slice(fault.start, fault.end);
    // Before the endings, of which the name of an image has one or two.
    const [, name, ending] = /^([\w%/-]+?)((?:\.[a-z]\w*)*)$/.exec(pattern) ?? [];
    if (name === undefined || ending === undefined) return [];
    return [replaceWith(spanInValue(node.value, fault.start, fault.end), `${name}_@v${ending}`)];
  }
  return [];
}

/** The check that a fault belongs to, how grave it is there, and what was probably meant. */
export function rankInUpdate(fault: Fault, entry: Entry): ReturnType<Ranking> {
  const check = checkOf(fault, entry);
  const isFatal =
    // A word that is only a source's is known, and therefore not passed over.
    (check === "transfer/target-type" && sourceTypes.some((word) => word === entry.node.value.text)) ||
    (check === "transfer/specifier" && isNeeded(entry)) ||
    // What an older systemd does not know in a pattern makes it refuse the definition.
    (check === "transfer/too-new" && entry.setting?.name === "MatchPattern") ||
    (check === "transfer/path-relative-to" && entry.section.name === "Target" && entry.node.value.text === "explicit");
  // `%NAME%` is what many build tools replace; a host sees something else.
  const isReplaced =
    check === "transfer/specifier" && /^%[A-Z][A-Z0-9_]+%/.test(entry.node.value.text.slice(fault.start));
  if (isReplaced) return { check, severity: "info" };
  return {
    check,
    severity: isFatal ? "error" : (severities.get(check) ?? "warning"),
    fixes: likelyFixes(check, fault, entry),
  };
}
