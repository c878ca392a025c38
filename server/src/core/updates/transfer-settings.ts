// The settings of a transfer, each as systemd-sysupdate reads it: what it takes, drops with a warning, or refuses.
import type { Entry } from "../model/unit-file.ts";
import { readBoolean } from "../values/choices.ts";
import { type Pattern, parsePattern } from "../values/parse-pattern.ts";
import { readUnsigned64 } from "../values/unsigned.ts";
import { findWildcard, isVersion, type WildcardLetter } from "../values/wildcards.ts";
import { keptWords, splitWords } from "../values/words.ts";
import { expandSpecifiers, type SpecifierValues } from "./specifier-values.ts";
import { fieldInName } from "./stored-name.ts";
import type { RelativeTo } from "./transfer.ts";
import type { DraftSide, TransferDraft } from "./transfer-draft.ts";
import { faultOfPattern } from "./transfer-faults.ts";

/** The first systemd that reads flags as hexadecimal without `0x`. */
const firstHexadecimal = 262;
/** The first systemd for which an empty `CurrentSymlink=` takes back one before. */
const firstSymlinkReset = 262;
/** Bytes that names of files may have. */
const maxNameLength = 255;
const types = ["url-file", "url-tar", "tar", "partition", "regular-file", "directory", "subvolume"];
const places: readonly RelativeTo[] = ["root", "esp", "xbootldr", "boot", "explicit"];
const minInstances = 2n;
const uuid = /^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

export interface Reading {
  readonly systemd: number;
  readonly specifiers: SpecifierValues;
  note(message: string): void;
}

/** Reads an assignment into the draft; gives the sentence for which systemd refuses the whole definition. */
export function readSetting(draft: TransferDraft, entry: Entry, reading: Reading): string | undefined {
  const { name, value } = entry.node;
  switch (entry.section.name) {
    case "Transfer":
      return readTransferSetting(draft, name, value.text, reading);
    case "Source":
      return readSide(draft.source, "Source", name, value.text, reading);
    case "Target":
      readTargetSetting(draft, name, value.text, reading);
      return readSide(draft.target, "Target", name, value.text, reading);
    default:
      return undefined;
  }
}

function readTransferSetting(draft: TransferDraft, name: string, text: string, reading: Reading): undefined {
  switch (name) {
    case "MinVersion":
      // systemd replaces specifiers here and then looks at what is written.
      if (isVersion(text, reading.systemd)) draft.minVersion = text;
      else if (text !== "") reading.note(`"MinVersion=${text}" is not a valid version, so systemd ignores it`);
      break;
    case "ProtectVersion": {
      const version = expand(text, name, reading);
      if (version !== undefined && isVersion(version, reading.systemd)) draft.protectedVersions.push(version);
      break;
    }
    case "Features":
      draft.features = addWords(draft.features, text);
      break;
    case "RequisiteFeatures":
      draft.requisiteFeatures = addWords(draft.requisiteFeatures, text);
      break;
  }
}

function addWords(before: readonly string[], text: string): string[] {
  if (text === "") return [];
  const words = splitWords(text, keptWords);
  const broken = words.findIndex(({ openQuote }) => openQuote !== undefined);
  return [...before, ...words.slice(0, broken < 0 ? words.length : broken).map((word) => word.text)];
}

function readSide(
  side: DraftSide,
  section: "Source" | "Target",
  name: string,
  text: string,
  reading: Reading,
): string | undefined {
  switch (name) {
    case "Type":
      if (types.includes(text)) side.type = text;
      break;
    case "Path": {
      const expanded = expandSpecifiers(text, reading.specifiers);
      if (expanded.kind === "text") side.path = expanded.text;
      if (expanded.kind !== "unknown") break;
      reading.note(unknownSpecifier(expanded.specifier, `${name}=${text}`, expanded.meaning));
      side.path = text;
      break;
    }
    case "PathRelativeTo":
      side.relativeTo = places.find((place) => place === text) ?? (text === "" ? "root" : side.relativeTo);
      break;
    case "MatchPattern":
      return readPatterns(side, section, text, reading);
  }
  return undefined;
}

function readPatterns(
  side: DraftSide,
  section: "Source" | "Target",
  text: string,
  { systemd, specifiers, note }: Reading,
): string | undefined {
  if (text === "") side.patterns = [];
  for (const word of splitWords(text, { quotes: false, backslash: "escapes" })) {
    const expanded = expandSpecifiers(word.text, specifiers);
    if (expanded.kind === "unknown") {
      return `${unknownSpecifier(expanded.specifier, word.text, expanded.meaning)}, so it is unknown what the pattern matches`;
    }
    if (expanded.kind === "invalid") {
      note(
        `unknown specifier "${expanded.specifier}", so systemd ignores "MatchPattern=${text}"; use "%%" for a percent sign`,
      );
      break;
    }
    if (expanded.text.length > maxNameLength) {
      note(`"${expanded.text.slice(0, 40)}…" is too long for a file name, so systemd ignores it`);
      break;
    }
    const pattern = parsePattern(expanded.text, { specifiers: false });
    const fault = faultOfPattern(pattern, section, systemd);
    if (fault !== undefined) return fault;
    side.patterns.push(pattern);
  }
  side.patterns = uniquePatterns(side.patterns);
  return undefined;
}

function readTargetSetting(draft: TransferDraft, name: string, text: string, reading: Reading): void {
  switch (name) {
    case "PartitionUUID":
      give(draft, "u", text, text === "" || uuid.test(text));
      break;
    case "PartitionFlags": {
      const isHexadecimal = reading.systemd >= firstHexadecimal || /^\+?0x/i.test(text);
      const flags = isHexadecimal ? text : readUnsigned64(text)?.toString(16);
      give(
        draft,
        "f",
        flags ?? "",
        text === "" || (flags !== undefined && findWildcard("f")?.takes(flags, 0) === true),
      );
      break;
    }
    case "PartitionNoAuto":
      give(draft, "a", text, isTristate(text));
      break;
    case "PartitionGrowFileSystem":
      give(draft, "g", text, isTristate(text));
      break;
    case "ReadOnly":
      give(draft, "r", text, isTristate(text));
      break;
    case "Mode":
      give(draft, "m", text, /^(?:0*[0-7]{1,4})?$/.test(text));
      break;
    case "TriesLeft":
      give(draft, "l", text, readUnsigned64(text) !== undefined);
      break;
    case "TriesDone":
      give(draft, "d", text, readUnsigned64(text) !== undefined);
      break;
    case "InstancesMax": {
      const count = text === "" ? 0n : readUnsigned64(text);
      if (count !== undefined) draft.instancesMax = text !== "" && count < minInstances ? minInstances : count;
      break;
    }
    case "RemoveTemporary":
      draft.removeTemporary = readBoolean(text) ?? (text === "" ? true : draft.removeTemporary);
      break;
    case "CurrentSymlink":
      readSymlink(draft, name, text, reading);
      break;
  }
}

/** Takes a value over in the form that it has in names; an empty one gives nothing. */
function give(draft: TransferDraft, letter: WildcardLetter, text: string, isGood: boolean): void {
  if (!isGood) return;
  const value = text === "" ? undefined : fieldInName(letter, text);
  if (value === undefined) delete draft.given[letter];
  else draft.given[letter] = value;
}

function isTristate(text: string): boolean {
  return text === "" || readBoolean(text) !== undefined;
}

function readSymlink(draft: TransferDraft, name: string, text: string, reading: Reading): void {
  if (text === "" && reading.systemd >= firstSymlinkReset) delete draft.currentSymlink;
  const expanded = expand(text, name, reading);
  if (expanded === undefined || expanded === "") return;
  if (expanded.split("/").includes("..")) {
    reading.note(`systemd ignores "CurrentSymlink=${text}", because it contains ".."; use the resolved path`);
    return;
  }
  const parts = expanded.split("/").filter((part) => part !== "" && part !== ".");
  draft.currentSymlink = `${expanded.startsWith("/") ? "/" : ""}${parts.join("/")}`;
}

/** Puts values in place of specifiers; undefined, with a note, where the setting is dropped for it or its value is not known. */
function expand(text: string, name: string, { specifiers, note }: Reading): string | undefined {
  const expanded = expandSpecifiers(text, specifiers);
  if (expanded.kind === "text") return expanded.text;
  note(
    expanded.kind === "unknown"
      ? unknownSpecifier(expanded.specifier, `${name}=${text}`, expanded.meaning)
      : `unknown specifier "${expanded.specifier}", so systemd ignores "${name}=${text}"`,
  );
  return undefined;
}

function unknownSpecifier(specifier: string, where: string, meaning: string): string {
  return `"${specifier}" in "${where}" is ${meaning}, which is unknown`;
}

/** Patterns without those whose text came before. */
export function uniquePatterns(patterns: readonly Pattern[]): Pattern[] {
  const seen = new Set<string>();
  return patterns.filter(({ text }) => !seen.has(text) && seen.add(text));
}
