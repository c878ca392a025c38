// Why systemd-sysupdate refuses a transfer: the first of what it finds, in its own order.
import type { Pattern, PatternFault } from "../values/parse-pattern.ts";
import { firstAnyFolder } from "../values/parse-pattern.ts";
import type { DraftSide, TransferDraft } from "./transfer-draft.ts";

const sourceTypes = ["url-file", "url-tar", "tar", "regular-file", "directory", "subvolume"];
const targetTypes = ["partition", "regular-file", "directory", "subvolume"];
const fileTargets = ["partition", "regular-file"];
const folderTargets = ["directory", "subvolume"];

/** Why systemd refuses a pattern in which specifiers are replaced: one sentence; undefined when it does not. */
export function faultOfPattern(
  { text, parts, faults }: Pattern,
  section: "Source" | "Target",
  systemd: number,
): string | undefined {
  if (parts[0]?.kind === "any-folder") {
    if (section === "Target") return `"**/" is only valid for a source, but "${text}" is in the target; remove it`;
    if (systemd < firstAnyFolder) {
      return `"**/" in "${text}" requires systemd ${firstAnyFolder}, and systemd ${systemd} refuses the pattern; name the directory`;
    }
  }
  // What nothing matches is no fault to systemd, and what is beyond ASCII is one on some machines only.
  const fatal = faults.filter(
    (fault) =>
      fault.kind !== "folder-name" && !(fault.kind === "character" && (fault.text.codePointAt(0) ?? 0) >= 0x80),
  );
  const [first] = fatal.length > 1 ? fatal.filter(({ kind }) => kind !== "no-version") : fatal;
  return first === undefined ? undefined : describe(first, text);
}

function describe({ kind, text }: PatternFault, pattern: string): string {
  switch (kind) {
    case "empty":
    case "no-version":
      return `the pattern "${pattern}" has no "@v"; use "@v" in place of the version`;
    case "unknown-wildcard":
      return `the pattern "${pattern}" has the unknown wildcard "${text}"; use "@@" for an at sign`;
    case "repeated-wildcard":
      return `the pattern "${pattern}" has "${text}" twice; remove one of them`;
    case "adjacent-wildcards":
      return `the pattern "${pattern}" has no separator between the wildcards in "${text}"; add a character such as "-"`;
    case "lone-at":
      return `the pattern "${pattern}" ends in an incomplete "@"; use "@@" for an at sign, or a wildcard such as "@v"`;
    case "any-folder":
      return `the pattern "${pattern}" has a "/" after "**/", where only a file name is valid; remove it`;
    default:
      return `the pattern "${pattern}" contains "${text}", which systemd reserves; use a wildcard for the part that differs`;
  }
}

/** Why systemd refuses what the files of a transfer come to: one sentence; undefined when it does not. */
export function faultOfTransfer({ source, target, currentSymlink }: TransferDraft): string | undefined {
  return (
    faultOfTypes(source, target) ??
    faultOfPaths(source, target) ??
    (target.type === "partition" && currentSymlink?.startsWith("/") === false
      ? `"CurrentSymlink=${currentSymlink}" is relative, but a partition has no directory; use an absolute path`
      : undefined) ??
    faultOfPlaces("Source", source) ??
    faultOfPlaces("Target", target)
  );
}

function faultOfTypes(source: DraftSide, target: DraftSide): string | undefined {
  if (source.type === undefined) return `"[Source]" has no known "Type="; use one of ${sourceTypes.join(", ")}`;
  if (!sourceTypes.includes(source.type)) {
    return `"Type=${source.type}" is not a source type; use one of ${sourceTypes.join(", ")}`;
  }
  if (target.type === undefined || !targetTypes.includes(target.type)) {
    return `"Type=${target.type ?? ""}" is not a target type; use one of ${targetTypes.join(", ")}`;
  }
  const fitting = source.type === "url-file" || source.type === "regular-file" ? fileTargets : folderTargets;
  return fitting.includes(target.type)
    ? undefined
    : `a source with "Type=${source.type}" cannot be stored as "Type=${target.type}"; use ${fitting.join(" or ")}`;
}

function faultOfPaths(source: DraftSide, target: DraftSide): string | undefined {
  if (source.path === undefined) return '"[Source]" has no "Path="; add the location of the versions';
  if (target.relativeTo === "explicit") {
    return '"PathRelativeTo=explicit" is only valid for sources; use root, esp, xbootldr or boot in "[Target]"';
  }
  const isUrl = source.type?.startsWith("url-") === true;
  if (isUrl && source.path !== "auto" && !isAddress(source.path)) {
    return `the source path "${source.path}" is not a URL; it must begin with "https://"`;
  }
  if (!isUrl && source.path !== "auto" && !isNormalized(source.path)) return notNormalized("source", source.path);
  if (source.patterns.length === 0)
    return '"[Source]" has no "MatchPattern="; add the file name pattern of the versions';
  const [first] = source.patterns.filter(({ parts }) => parts[0]?.kind === "any-folder");
  if (first !== undefined && (source.type === "directory" || source.type === "subvolume")) {
    return `"**/" in "${first.text}" matches files, but the source has directories; remove it`;
  }
  if (target.path === undefined) return '"[Target]" has no "Path="; add the directory where versions are stored';
  return target.path === "auto" || isNormalized(target.path) ? undefined : notNormalized("target", target.path);
}

function notNormalized(side: string, path: string): string {
  return `the ${side} path "${path}" is not a normalized absolute path; use one without ".", ".." and "//"`;
}

/** A specifier that nobody knows may be what a path begins with. */
function isNormalized(path: string): boolean {
  const isOpen = /^%[A-Za-z]/.test(path);
  const parts = path.replace(/\/$/, "").split("/").slice(1);
  return (isOpen || path.startsWith("/")) && (path === "/" || parts.every((part) => !["", ".", ".."].includes(part)));
}

function isAddress(path: string): boolean {
  return /^(?:https?:\/\/|file:\/|%[A-Za-z])[\0-\x7f]*$/.test(path) && !/^https?:\/\/$/.test(path);
}

/** What is looked at when paths are resolved, before anything else is done. */
function faultOfPlaces(section: string, { type, path, relativeTo }: DraftSide): string | undefined {
  if (relativeTo !== "root" && relativeTo !== "explicit" && type !== "regular-file" && type !== "directory") {
    return `"PathRelativeTo=${relativeTo}" in "[${section}]" is for files and folders, not for "Type=${type}"; remove it`;
  }
  return path === "auto" && type !== "partition"
    ? `"Path=auto" in "[${section}]" selects a partition, but the type is "${type}"; use a path`
    : undefined;
}
