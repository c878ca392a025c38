// Patterns that can be read, and yet do not do what their author wants.
import { firstSlashBehindWildcard } from "../../updates/match-pattern.ts";
import type { Wildcard } from "../../values/wildcards.ts";
import type { UpdateCheck } from "../check.ts";
import type { Fix } from "../finding.ts";
import { insertAt, replaceWith } from "../fixes.ts";
import { partitionTarget, source, transfer } from "./example-texts.ts";
import { inSearchPath } from "./search-folders.ts";
import {
  hasWildcard,
  isUrlType,
  nameInPattern,
  readTransfer,
  storedPatterns,
  type TransferFacts,
  type WrittenPattern,
} from "./transfer-facts.ts";

/** Where a part of a pattern is written; undefined where escapes stand between. */
function spanOfPart({ span, text }: WrittenPattern, start: number, end: number) {
  return span.end - span.start === text.length ? { start: span.start + start, end: span.start + end } : span;
}

export const atAIsNoAuto: UpdateCheck = {
  id: "transfer/at-a-is-noauto",
  severity: "error",
  title: "A partition flag instead of the architecture",
  why: "@a matches a boolean: whether the partition is excluded from automatic mounting. The architecture is the specifier %a, so a pattern with @a does not match names with an architecture.",
  example: {
    bad: transfer({ MatchPattern: "demo_@v_@a.raw" }),
    good: `${source({ MatchPattern: "demo_@v_%a.raw demo_@v_@a_@u.raw" })}\n${partitionTarget()}`,
    fixed: [{ text: transfer({ MatchPattern: "demo_@v_%a.raw" }) }],
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    const { targetType, sourcePatterns, targetPatterns } = facts;
    if (targetType === undefined || targetType === "partition") return;
    for (const written of [...sourcePatterns, ...targetPatterns]) {
      // Who also takes a partition's UUID or flags from names shares them with partitions.
      if ((["u", "f", "g"] as const).some((letter) => hasWildcard(written, letter))) continue;
      const part = written.pattern.parts.find(
        (candidate) => candidate.kind === "wildcard" && candidate.wildcard.letter === "a",
      );
      if (part === undefined) continue;
      const span = spanOfPart(written, part.start, part.end);
      report(
        written.at,
        `"@a" is a flag that only partitions have, but the target is a ${targetType}; use "%a" for the architecture`,
        { span, fixes: span === written.span ? [] : [replaceWith(span, "%a")] },
      );
    }
  },
};

/** What systemd-sysupdate knows of a version beside its name, by the letter of the wildcard. */
function isKnownOtherwise({ letter }: Wildcard, { sourceType }: TransferFacts): boolean {
  // Tries have a number to begin with; from a file at hand its time and mode are taken, from a manifest the hash.
  if (letter === "l" || letter === "d") return true;
  if (letter === "h") return isUrlType(sourceType?.text);
  return (letter === "t" || letter === "m") && !isUrlType(sourceType?.text);
}

export const patternNoValue: UpdateCheck = {
  id: "transfer/pattern-no-value",
  severity: "error",
  title: "A wildcard of the target without a value",
  why: "The first pattern of the target names the stored files. Each of its wildcards needs a value, from a wildcard in the source's pattern or from a setting such as ReadOnly=; otherwise an update stores nothing.",
  example: {
    bad: transfer({}, { MatchPattern: "demo_@v_@s.raw demo_@v.raw" }),
    good: transfer({}, { MatchPattern: "demo_@v_@r+@l.raw demo_@v_@s.raw", ReadOnly: "yes" }),
  },
  run(definition, _context, report) {
    const facts = readTransfer(definition);
    const [first] = facts.targetPatterns;
    if (first === undefined || facts.open || facts.sourceType === undefined) return;
    if (facts.sourcePatterns.length === 0 || first.pattern.faults.length > 0) return;
    for (const part of first.pattern.parts) {
      if (part.kind !== "wildcard" || part.wildcard.letter === "v") continue;
      const { letter, setting, name } = part.wildcard;
      if (facts.sourcePatterns.some((written) => hasWildcard(written, letter))) continue;
      if (isKnownOtherwise(part.wildcard, facts)) continue;
      if (setting !== undefined && definition.last("Target", setting) !== undefined) continue;
      const way = setting === undefined ? "add it to the source's pattern" : `write "${setting}="`;
      report(
        first.at,
        `"@${letter}" (${name}) has no value, so no version can be stored; ${way}, or remove "@${letter}"`,
        { span: spanOfPart(first, part.start, part.end) },
      );
    }
  },
};

const compression = /\.(?:xz|gz|zst|bz2)$/;

export const keepsCompression: UpdateCheck = {
  id: "transfer/keeps-compression",
  severity: "info",
  title: "A stored version is named as if it were compressed",
  why: "systemd-sysupdate decompresses downloads, so the stored file is not compressed although its name says so. Hosts do not merge NAME.raw.zst, which is a warning for such a name.",
  example: {
    bad: transfer({ MatchPattern: "demo_@v.raw.zst" }, { MatchPattern: "" }),
    good: transfer({ MatchPattern: "demo_@v.raw.zst" }),
    fixed: ["good"],
  },
  run(definition, { systemd }, report) {
    const facts = readTransfer(definition);
    const { targetType, targetPath, targetPatterns, symlink } = facts;
    const [first] = storedPatterns(facts);
    if (first === undefined || targetType === undefined || targetType === "partition") return;
    const ending = compression.exec(first.text)?.[0];
    if (ending === undefined || first.pattern.faults.length > 0) return;
    const bare = first.text.slice(0, -ending.length);
    const stripped = targetType === "regular-file" ? bare : bare.replace(/\.tar$/, "");
    const isLost = symlink === undefined && targetPath !== undefined && inSearchPath(targetPath.text, systemd);
    const own = targetPatterns.length > 0;
    report(
      first.at,
      `the file stored as "${first.text}" is not compressed${isLost ? ", and hosts do not merge a file of that name" : ""}; set "MatchPattern=${stripped}" in "[Target]"`,
      {
        span: first.span,
        severity: isLost ? "warning" : "info",
        fixes: own ? [replaceWith(first.span, stripped)] : addPattern(facts, stripped),
      },
    );
  },
};

/** A pattern below the path of the target. */
function addPattern({ targetPath, sourcePatterns }: TransferFacts, pattern: string): readonly Fix[] {
  const [first] = sourcePatterns;
  if (targetPath === undefined || first?.at.source !== targetPath.at.source) return [];
  const { span } = targetPath.at.entry.node;
  const { text } = targetPath.at.source.file;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const before = /[\r\n]/.test(text.charAt(span.end - 1)) ? "" : newline;
  return [
    insertAt(span.end, `${before}MatchPattern=${pattern}${newline}`, `Add "MatchPattern=${pattern}" to "[Target]"`),
  ];
}

export const patternDrift: UpdateCheck = {
  id: "transfer/source-target-pattern-drift",
  severity: "info",
  title: "Source and target use different names",
  why: "A version may be stored under another name than at the source. For an extension the names are usually the same, and a different one is a mistake.",
  example: {
    bad: transfer({ MatchPattern: "demo_@v.raw" }, { MatchPattern: "dmo_@v.raw" }),
    good: transfer({ MatchPattern: "demo-@v-%a.raw.xz" }, { MatchPattern: "demo_@v.raw" }),
  },
  run(definition, _context, report) {
    const { sourcePatterns, targetPatterns, targetType } = readTransfer(definition);
    const [first] = targetPatterns;
    if (first === undefined || targetType === undefined || targetType === "partition") return;
    const stored = nameInPattern(first);
    const names = sourcePatterns.map(nameInPattern);
    if (stored === undefined || names.length === 0 || names.includes(undefined) || names.includes(stored)) return;
    if ([...sourcePatterns, first].some(({ pattern }) => pattern.faults.length > 0)) return;
    if (names.some((name) => name?.includes(stored) === true || stored.includes(name ?? ""))) return;
    const isImage = [...sourcePatterns, first].every(({ text }) => /\.raw(?:\.\w+)?$/.test(text));
    if (!isImage) return;
    const [name = ""] = names;
    report(
      first.at,
      `the source names it "${name}", but here it is stored as "${stored}"; if that is a mistake, use "${name}"`,
      {
        span: first.span,
      },
    );
  },
};

export const patternSlash: UpdateCheck = {
  id: "transfer/pattern-slash",
  severity: "error",
  title: "A wildcard directly before a slash",
  why: "Up to systemd 261, systemd-sysupdate crashes if a pattern has a slash directly after a wildcard and a name matches that far. A character between them avoids this.",
  example: {
    bad: transfer({ MatchPattern: "demo_@v/demo.raw" }),
    good: transfer({ MatchPattern: "@v.d/demo.raw demo/@v.raw" }),
    systemd: 257,
  },
  run(definition, { systemd }, report) {
    if (systemd >= firstSlashBehindWildcard) return;
    const { sourcePatterns, targetPatterns } = readTransfer(definition);
    for (const written of [...sourcePatterns, ...targetPatterns]) {
      const { parts } = written.pattern;
      const at = parts.findIndex((part, index) => part.kind === "wildcard" && parts[index + 1]?.kind === "slash");
      const part = parts[at];
      if (part === undefined) continue;
      report(
        written.at,
        `systemd ${systemd} crashes if a slash follows a wildcard, as in "${written.text}"; insert text such as ".d" between them, or raise the target version to ${firstSlashBehindWildcard}`,
        { span: spanOfPart(written, part.start, part.end + 1) },
      );
    }
  },
};
