// What a transfer comes to: types, paths and patterns with the places where they are written.
import type { Occurrence } from "../../model/unit.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { type Pattern, parsePattern } from "../../values/parse-pattern.ts";
import type { TargetType, WildcardLetter } from "../../values/wildcards.ts";
import { splitWords } from "../../values/words.ts";
import type { UpdateFacts } from "../check.ts";

export type SourceType = "url-file" | "url-tar" | "tar" | "regular-file" | "directory" | "subvolume";

export const sourceTypes: readonly SourceType[] = [
  "url-file",
  "url-tar",
  "tar",
  "regular-file",
  "directory",
  "subvolume",
];
export const targetTypes: readonly TargetType[] = ["partition", "regular-file", "directory", "subvolume"];

/** A value that counts, and where it is written. */
export interface Written<Value extends string = string> {
  readonly text: Value;
  readonly at: Occurrence;
}

export interface WrittenPattern {
  readonly text: string;
  readonly pattern: Pattern;
  readonly at: Occurrence;
  /** In the file of `at`. */
  readonly span: Span;
}

export interface TransferFacts {
  readonly definition: UpdateFacts;
  /** Whether another tool writes a part of it, so that what it comes to is not known. */
  readonly open: boolean;
  readonly sourceType?: Written<SourceType>;
  /** As it is written; `targetType` is what systemd takes for it. */
  readonly writtenTarget?: Written<TargetType>;
  readonly targetType?: TargetType;
  readonly sourcePath?: Written;
  readonly targetPath?: Written;
  readonly sourcePatterns: readonly WrittenPattern[];
  /** Those of the target itself; where there are none, the source's are the target's as well. */
  readonly targetPatterns: readonly WrittenPattern[];
  readonly symlink?: Written;
}

const kept = new WeakMap<UpdateFacts, TransferFacts>();

/** Reads what a transfer comes to, once for all checks. */
export function readTransfer(definition: UpdateFacts): TransferFacts {
  const known = kept.get(definition) ?? readAnew(definition);
  kept.set(definition, known);
  return known;
}

function readAnew(definition: UpdateFacts): TransferFacts {
  const sourceType = typeIn(definition, "Source", sourceTypes);
  const writtenTarget = typeIn(definition, "Target", targetTypes);
  const sourcePath = written(definition, "Source", "Path");
  const targetPath = written(definition, "Target", "Path");
  const symlink = written(definition, "Target", "CurrentSymlink");
  const targetType = writtenTarget?.text ?? derivedTarget(sourceType?.text, targetPath?.text);
  const sources = [definition.main, ...definition.dropIns].flatMap((source) => source?.file.entries ?? []);
  return {
    definition,
    open: sources.some(({ open }) => open),
    ...(sourceType === undefined ? {} : { sourceType }),
    ...(writtenTarget === undefined ? {} : { writtenTarget }),
    ...(targetType === undefined ? {} : { targetType }),
    ...(sourcePath === undefined ? {} : { sourcePath }),
    ...(targetPath === undefined ? {} : { targetPath }),
    sourcePatterns: patternsIn(definition, "Source"),
    targetPatterns: patternsIn(definition, "Target"),
    ...(symlink === undefined ? {} : { symlink }),
  };
}

/** The last word that systemd knows, since it passes over others. */
function typeIn<Type extends string>(
  definition: UpdateFacts,
  section: string,
  words: readonly Type[],
): Written<Type> | undefined {
  return definition
    .all(section, "Type")
    .flatMap((at) => {
      const text = words.find((word) => word === at.entry.node.value.text);
      return text === undefined ? [] : { text, at };
    })
    .at(-1);
}

function written(definition: UpdateFacts, section: string, name: string): Written | undefined {
  const at = definition.last(section, name);
  return at && { text: at.entry.node.value.text, at };
}

/** What systemd takes for the target where nothing says it (systemd-sysupdate's own rule, which its manual leaves out). */
function derivedTarget(source: SourceType | undefined, path = ""): TargetType | undefined {
  switch (source) {
    case undefined:
      return undefined;
    case "url-file":
    case "regular-file":
      return path.startsWith("/dev/") ? "partition" : "regular-file";
    case "subvolume":
      return "subvolume";
    default:
      return "directory";
  }
}

function patternsIn(definition: UpdateFacts, section: string): WrittenPattern[] {
  return definition.all(section, "MatchPattern").flatMap((at) => {
    const { value } = at.entry.node;
    return splitWords(value.text, { quotes: false, backslash: "escapes" }).map((word) => ({
      text: word.text,
      pattern: parsePattern(word.text, { specifiers: true }),
      at,
      span: spanInValue(value, word.start, word.end),
    }));
  });
}

/** The patterns of what is stored: the target's own, or else the source's. */
export function storedPatterns({ sourcePatterns, targetPatterns }: TransferFacts): readonly WrittenPattern[] {
  return targetPatterns.length > 0 ? targetPatterns : sourcePatterns;
}

export function hasWildcard({ pattern }: WrittenPattern, letter: WildcardLetter): boolean {
  return pattern.parts.some((part) => part.kind === "wildcard" && part.wildcard.letter === letter);
}

/** The text of a pattern before its first wildcard or specifier, without folders. */
export function prefixOf({ pattern }: WrittenPattern): string {
  let prefix = "";
  for (const part of pattern.parts) {
    if (part.kind === "slash" || part.kind === "any-folder") prefix = "";
    else if (part.kind === "literal") prefix += part.text;
    else break;
  }
  return prefix;
}

/** What a pattern says that the thing is called: its beginning, without the signs before the version. */
export function nameInPattern(written: WrittenPattern): string | undefined {
  const name = prefixOf(written).replace(/[-_.+~^]+v?$/, "");
  return name === "" ? undefined : name;
}

/** Where a section of the definition's main file begins, for what is missing in it; the file's head where it has none. */
export function sectionSpan({ main }: Pick<UpdateFacts, "main">, section: string): { readonly span?: Span } {
  const header = main?.file.sections.find(({ name }) => name === section)?.header;
  if (header === undefined) return {};
  return { span: { start: header.nameSpan.start - 1, end: header.nameSpan.end + 1 } };
}

/** A path without a slash at its end. */
export function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, "") : path;
}

export function isUrlType(type: SourceType | undefined): boolean {
  return type === "url-file" || type === "url-tar";
}
