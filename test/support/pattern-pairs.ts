// Match patterns with every pair of adjacent parts, each with a name that it matches and names that it does not.
import { type WildcardLetter, wildcards } from "../../server/src/core/values/wildcards.ts";

/** Texts that a wildcard takes and does not take, as systemd 257 does. */
export interface WildcardTexts {
  readonly takes: readonly string[];
  readonly refuses: readonly string[];
}

const counts: WildcardTexts = {
  takes: ["0", "7", "4096", "010", "0x10", "0X1f", "0b11", "0o17", "+5", " 7", "-0", "18446744073709551614"],
  refuses: ["", "-1", "x", "08", "0b2", "7 ", "1.5", "18446744073709551615", "99999999999999999999"],
};
const truths: WildcardTexts = {
  takes: ["0", "1", "yes", "no", "YES", "y", "n", "t", "f", "true", "false", "on", "off", "Off"],
  refuses: ["", "2", "x86-64", "ja", " yes", "yes ", "01"],
};

export const wildcardTexts: Readonly<Record<WildcardLetter, WildcardTexts>> = {
  v: {
    takes: ["1", "1.2", "1,2", "A_b", "1+2", "1-2", ".", "..", "-", "0"],
    refuses: ["", "1#2", "1~2", "1^2", "1:2", "1 2", "1@2", "ü"],
  },
  u: {
    takes: [
      "0123456789abcdef0123456789abcdef",
      "0123456789ABCDEF0123456789ABCDEF",
      "01234567-89ab-cdef-0123-456789abcdef",
      "0".repeat(32),
      "f".repeat(32),
    ],
    refuses: ["", "0", "01234567-89abcdef-0123-456789abcdef", "g".repeat(32), "0".repeat(33)],
  },
  f: {
    takes: ["0", "1f", "1F", "0x10", "0X1", "ffffffffffffffff", "0xfffffffffffffffe", "00000000000000000000001", "+1"],
    refuses: ["", "g", "10000000000000000", "-1", "0x", "1 "],
  },
  a: truths,
  g: truths,
  r: truths,
  t: counts,
  m: {
    takes: ["0", "644", "0644", "00644", "775", "0000000644", " 644"],
    refuses: ["", "777", "1777", "4755", "2775", "888", "0o644", "0x1", "+644", "10644", "644 "],
  },
  s: counts,
  d: counts,
  l: counts,
  h: {
    takes: ["ab".repeat(32), "AB".repeat(32)],
    refuses: ["", "00", "ab".repeat(31), "ab".repeat(33), "g".repeat(64)],
  },
};

type PartKind = "literal" | "slash" | "specifier" | `@${WildcardLetter}`;

/** What a specifier stands for in these names. */
export const specifierText = "demo-os";

interface Part {
  readonly kind: PartKind;
  /** In the pattern. */
  readonly pattern: string;
  /** In a name that matches. */
  readonly text: string;
  /** In a name that does not; the same length is not needed. */
  readonly wrong: string;
}

/** Without characters that a version, or another text, could have in it. */
const literal = (text: string): Part => ({ kind: "literal", pattern: text, text, wrong: "#" });
const slash: Part = { kind: "slash", pattern: "/", text: "/", wrong: "#" };
const specifier: Part = { kind: "specifier", pattern: "%M", text: specifierText, wrong: "other" };

function wildcard(letter: WildcardLetter, version: string): Part {
  const { takes, refuses } = wildcardTexts[letter];
  const text = letter === "v" ? version : (takes[1] ?? "");
  return { kind: `@${letter}`, pattern: `@${letter}`, text, wrong: refuses[1] ?? "" };
}

export type PairSide = PartKind | "begin" | "end";

export interface PatternPair {
  readonly left: PairSide;
  readonly right: PairSide;
  /** With `%M` in it, which stands for the text above. */
  readonly pattern: string;
  readonly name: string;
  /** What the wildcards take of the name. */
  readonly fields: Readonly<Partial<Record<WildcardLetter, string>>>;
  readonly misses: readonly string[];
  /** Names that go on where the pattern ends, which systemd before 261 takes all the same. */
  readonly tails: readonly string[];
  /** Whether systemd before 262 crashes at it. */
  readonly crashes: boolean;
}

const kinds: readonly PartKind[] = [
  "literal",
  "slash",
  "specifier",
  ...wildcards.map(({ letter }) => `@${letter}` as const),
];

/** Pairs that no pattern has: wildcards side by side, nothing between two slashes or at an end, and literals that are one. */
export function isPossible(left: PairSide, right: PairSide): boolean {
  if (left.startsWith("@") && right.startsWith("@")) return false;
  if (left === "literal" && right === "literal") return false;
  if (left === "slash" && (right === "slash" || right === "end")) return false;
  return left !== "begin" || (right !== "slash" && right !== "end");
}

/** All pairs of sides, possible ones and others. */
export const pairSides: readonly (readonly [PairSide, PairSide])[] = [
  ...kinds.map((right) => ["begin", right] as const),
  ...kinds.flatMap((left) => [...kinds, "end" as const].map((right) => [left, right] as const)),
];

function makePair(left: PairSide, right: PairSide, tag: string): PatternPair {
  const version = `${tag}.0`;
  const partOf = (side: PairSide, text: string): Part[] => {
    if (side === "begin" || side === "end") return [];
    if (side === "literal") return [literal(text)];
    if (side === "slash") return [slash];
    if (side === "specifier") return [specifier];
    return [wildcard(side.slice(1) as WildcardLetter, version)];
  };
  const pair = [...partOf(left, "!="), ...partOf(right, "!=")].map((part) =>
    part.kind === "literal" ? literal(";=") : part,
  );
  const hasVersion = left === "@v" || right === "@v";
  const last = pair.at(-1);
  const first = pair[0];
  // Each pattern begins with a name of its own, so that many can stand side by side, unless the beginning is the point.
  const before: Part[] = left === "begin" ? [] : [literal(`${tag}${hasVersion ? ":" : "="}`)];
  if (left !== "begin" && !hasVersion) before.push(wildcard("v", version));
  if (left !== "begin" && !hasVersion && first?.kind !== "literal") before.push(literal(";:"));
  const after: Part[] = [];
  if (left === "begin" && !hasVersion) {
    if (last?.kind.startsWith("@") || last?.kind === "specifier") after.push(literal(";:"));
    after.push(wildcard("v", version));
  } else if (right === "slash") after.push(literal("x"));
  else if (right !== "end" && right !== "literal") after.push(literal(";:"));
  // A literal before a literal is one with it.
  const parts = [...before, ...pair, ...after];
  const joined = (skip: number, text: string) => parts.map((part, at) => (at === skip ? text : part.text)).join("");
  const name = joined(-1, "");
  const wrongAt = [left === "begin" ? -1 : before.length, left === "begin" ? 0 : before.length + 1].filter(
    (at) => at >= 0 && at < before.length + pair.length,
  );
  const misses = wrongAt.map((at) => joined(at, parts[at]?.wrong ?? ""));
  const endsOpen = parts.at(-1)?.kind.startsWith("@") === true;
  const fields = Object.fromEntries(
    parts.flatMap((part) => (part.kind.startsWith("@") ? [[part.kind.slice(1), part.text] as const] : [])),
  );
  return {
    left,
    right,
    pattern: parts.map((part) => part.pattern).join(""),
    name,
    fields,
    misses: [...misses, ...(endsOpen ? [`${name}#`] : [])],
    tails: endsOpen ? [] : [`${name}#`],
    crashes: parts.some((part, at) => part.kind.startsWith("@") && parts[at + 1]?.kind === "slash"),
  };
}

/** A pattern for each possible pair. The versions in their names differ, and those of names that do not match as well. */
export const patternPairs: readonly PatternPair[] = pairSides
  .filter(([left, right]) => isPossible(left, right))
  .map(([left, right], at) => makePair(left, right, `${at + 1}`));
