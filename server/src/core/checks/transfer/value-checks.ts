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
    title: "An unknown type of source",
    why: "The type of a source is url-file, url-tar, tar, regular-file, directory or subvolume; systemd-sysupdate fails with any other.",
    example: { bad: transfer({ Type: "file" }), good: transfer(), fixed: ["good"] },
  },
  {
    id: "transfer/target-type",
    severity: "warning",
    title: "An unknown type of target",
    why: "The type of a target is partition, regular-file, directory or subvolume. systemd-sysupdate ignores an unknown one and uses a type that fits the source; it fails if the word is a type of source.",
    example: { bad: transfer({}, { Type: "file" }), good: transfer(), fixed: ["good"] },
  },
  {
    id: "transfer/path",
    severity: "error",
    title: "An invalid path of a source or target",
    why: "A source whose type begins with url- has the http or https address of a folder; other sources and all targets have an absolute path without dots and double slashes. systemd-sysupdate fails with anything else.",
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
    why: "Every pattern contains @v exactly once, at the place of the version; otherwise systemd-sysupdate fails.",
    example: {
      bad: transfer({ MatchPattern: "demo.raw" }),
      good: transfer({ MatchPattern: "demo-@v.raw" }),
      fixed: [{ text: transfer() }],
    },
  },
  {
    id: "transfer/pattern-syntax",
    severity: "error",
    title: "An invalid pattern",
    why: "A pattern consists of literal characters and of wildcards, which are @ and a letter, each at most once and never two in a row; a literal at sign is doubled. systemd-sysupdate fails with any other pattern.",
    example: {
      bad: transfer({ MatchPattern: "demo@@v_@v@r.raw" }),
      good: transfer({ MatchPattern: "demo@@v_@v_@r.raw" }),
    },
  },
  {
    id: "transfer/specifier",
    severity: "warning",
    title: "An unknown specifier",
    why: "systemd-sysupdate ignores a setting with an unknown specifier; without its path or pattern, a source or target makes it fail. A literal percent sign is doubled.",
    example: {
      bad: transfer({ MatchPattern: "demo%x_@v.raw" }),
      good: transfer({ MatchPattern: "demo%%x_@v.raw" }),
      fixed: ["good"],
    },
  },
  {
    id: "transfer/instances-max",
    severity: "warning",
    title: "An invalid number of versions to keep",
    why: "One version is in use while another one is written, so at least two are kept; systemd-sysupdate uses 2 instead of a lower number, and ignores what is not a number.",
    example: { bad: transfer({}, { InstancesMax: "1" }), good: transfer({}, { InstancesMax: "2" }), fixed: ["good"] },
  },
  {
    id: "transfer/path-relative-to",
    severity: "warning",
    title: "An invalid base of a relative path",
    why: "Paths are relative to the root or, for files and folders, to a boot partition; only a source can be relative to --transfer-source=. systemd-sysupdate ignores unknown words, and fails if a known one does not fit.",
    example: {
      bad: transfer({ Type: "tar" }, { Type: "subvolume", PathRelativeTo: "boot" }),
      good: transfer({ Type: "tar" }, { Type: "directory", PathRelativeTo: "boot" }),
    },
  },
  {
    id: "transfer/value",
    severity: "warning",
    title: "An invalid value",
    why: "systemd-sysupdate ignores an assignment whose value it cannot parse, and uses the default.",
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
