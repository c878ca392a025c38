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
    if (section === "Target")
      return `only a source is searched with "**/", and "${text}" is what is stored; leave it out`;
    if (systemd < firstAnyFolder) {
      return `"**/" in "${text}" is known since systemd ${firstAnyFolder}, and systemd ${systemd} refuses the pattern; name the folder`;
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
      return `the pattern "${pattern}" has no "@v"; write "@v" where the version stands`;
    case "unknown-wildcard":
      return `the pattern "${pattern}" has "${text}", which is no wildcard; write "@@" for an at sign`;
    case "repeated-wildcard":
      return `the pattern "${pattern}" has "${text}" twice; leave one of them out`;
    case "adjacent-wildcards":
      return `the pattern "${pattern}" has nothing between the wildcards of "${text}"; put a character such as "-" there`;
    case "lone-at":
      return `the pattern "${pattern}" ends in a lone "@"; write "@@" for an at sign, or a wildcard such as "@v"`;
    case "any-folder":
      return `the pattern "${pattern}" has a "/" behind "**/", where only the name of a file may stand; leave it out`;
    default:
      return `the pattern "${pattern}" has "${text}", which systemd keeps for later; write a wildcard for what differs`;
  }
}

/** Why systemd refuses what the files of a transfer come to: one sentence; undefined when it does not. */
export function faultOfTransfer({ source, target, currentSymlink }: TransferDraft): string | undefined {
  return (
    faultOfTypes(source, target) ??
    faultOfPaths(source, target) ??
    (target.type === "partition" && currentSymlink?.startsWith("/") === false
      ? `"CurrentSymlink=${currentSymlink}" is relative, and a partition is in no folder; write an absolute path`
      : undefined) ??
    faultOfPlaces("Source", source) ??
    faultOfPlaces("Target", target)
  );
}

function faultOfTypes(source: DraftSide, target: DraftSide): string | undefined {
  if (source.type === undefined)
    return `"[Source]" has no "Type=" that is known; write one of ${sourceTypes.join(", ")}`;
  if (!sourceTypes.includes(source.type)) {
    return `"Type=${source.type}" is nothing that versions come from; write one of ${sourceTypes.join(", ")}`;
  }
  if (target.type === undefined || !targetTypes.includes(target.type)) {
    return `"Type=${target.type ?? ""}" is nothing that versions are stored as; write one of ${targetTypes.join(", ")}`;
  }
  const fitting = source.type === "url-file" || source.type === "regular-file" ? fileTargets : folderTargets;
  return fitting.includes(target.type)
    ? undefined
    : `what comes from "Type=${source.type}" cannot be stored as "Type=${target.type}"; write ${fitting.join(" or ")}`;
}

function faultOfPaths(source: DraftSide, target: DraftSide): string | undefined {
  if (source.path === undefined) return '"[Source]" has no "Path="; write where the versions lie';
  if (target.relativeTo === "explicit") {
    return '"PathRelativeTo=explicit" is for sources alone; write root, esp, xbootldr or boot in "[Target]"';
  }
  const isUrl = source.type?.startsWith("url-") === true;
  if (isUrl && source.path !== "auto" && !isAddress(source.path)) {
    return `the source's path "${source.path}" is no address; let it begin with "https://"`;
  }
  if (!isUrl && source.path !== "auto" && !isNormalized(source.path)) return notNormalized("source", source.path);
  if (source.patterns.length === 0) return '"[Source]" has no "MatchPattern="; write what the versions are called';
  const [first] = source.patterns.filter(({ parts }) => parts[0]?.kind === "any-folder");
  if (first !== undefined && (source.type === "directory" || source.type === "subvolume")) {
    return `"**/" in "${first.text}" looks for files, and the source has folders; leave it out`;
  }
  if (target.path === undefined) return '"[Target]" has no "Path="; write where versions are stored';
  return target.path === "auto" || isNormalized(target.path) ? undefined : notNormalized("target", target.path);
}

function notNormalized(side: string, path: string): string {
  return `the ${side}'s path "${path}" is not absolute without ".", ".." and "//"; write it from the root on`;
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
    return `"PathRelativeTo=${relativeTo}" in "[${section}]" is for files and folders, not for "Type=${type}"; leave it out`;
  }
  return path === "auto" && type !== "partition"
    ? `"Path=auto" in "[${section}]" looks for a partition, and the type is "${type}"; write a path`
    : undefined;
}
