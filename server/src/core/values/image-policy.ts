// Which partitions of an image may be used, and how each has to be protected.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, meantWord, reportNewWord } from "./choices.ts";
import { partAround } from "./colon-parts.ts";
import { type Choice, faultWord, type Grammar, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";

const check = "unit/invalid-value";

const whole: ReadonlyMap<string, string> = new Map([
  ["*", "all partitions can be used, with any protection"],
  ["-", "all partitions are ignored"],
  ["~", "an image with any known partition is refused"],
]);

const partitions = findWords("PartitionDesignator").filter(({ last }) => last === undefined);
const flags = findWords("ImagePolicyFlag");

const flagMeanings: ReadonlyMap<string, string> = new Map([
  ["verity", "protected by dm-verity"],
  ["signed", "protected by dm-verity, with a signature of the root hash"],
  ["encrypted", "encrypted with LUKS"],
  ["encryptedwithintegrity", "encrypted with LUKS, with integrity data"],
  ["unprotected", "neither encrypted nor protected by dm-verity"],
  ["unused", "there, and ignored"],
  ["absent", "not there"],
  ["open", "anything goes"],
  ["ignore", "ignored, whether it exists or not"],
]);

/** PARTITION=FLAG+FLAG with colons between them; a rule without a partition counts for all others. */
export const imagePolicy: Grammar = {
  syntax: "rules such as `root=verity+signed:usr=absent:=ignore`, or `*`, `-`, `~`",
  read(value, reader) {
    const meaning = whole.get(value.text);
    if (meaning !== undefined) return void pieceWord(reader, value, "keyword", meaning);
    const seen = new Set<string>();
    for (const rule of partsOf(value, ":")) readRule(rule, seen, reader);
  },
  offer({ text }, at) {
    const before = text.slice(0, at);
    const start = partAround(text, at).from;
    const equals = before.indexOf("=", start);
    const behind = equals >= 0;
    const from = behind ? Math.max(equals, before.lastIndexOf("+")) + 1 : start;
    const end = text.slice(at).search(behind ? /[:+]/ : /[:=]/);
    const words: readonly Choice[] = behind ? flags.map(flagChoice) : partitions.map(choiceOf);
    const alone = text.length === 0 ? [...whole].map(([sign, detail]) => ({ text: sign, detail })) : [];
    return { from, to: end < 0 ? text.length : at + end, choices: [...words, ...alone] };
  },
};

function flagChoice(flag: (typeof flags)[number]): Choice {
  const detail = flagMeanings.get(flag.word);
  return { ...choiceOf(flag), ...(detail === undefined ? {} : { detail }) };
}

/** What a sign separates, without the blanks around each part. */
function partsOf(word: Word, sign: string): Word[] {
  let at = 0;
  return word.text.split(sign).map((part) => {
    const from = at + (part.length - part.trimStart().length);
    at += part.length + 1;
    return partOf(word, from, from + part.trim().length);
  });
}

function readRule(rule: Word, seen: Set<string>, reader: Reader): void {
  const equals = rule.text.indexOf("=");
  if (equals < 0) {
    return void faultWord(reader, rule, {
      check,
      message: `"${rule.text}" is not a rule; use a partition, "=" and what is allowed, such as "root=verity"`,
    });
  }
  const name = partOf(rule, 0, rule.text.slice(0, equals).trimEnd().length);
  if (name.text !== "") readPartition(name, reader);
  reader.piece(rule, equals, equals + 1, "operator");
  if (seen.has(name.text)) {
    const of = name.text === "" ? "for all other partitions" : `of "${name.text}"`;
    faultWord(reader, rule, {
      check,
      message: `there are two rules ${of}, so systemd ignores the setting; remove one`,
    });
  }
  seen.add(name.text);
  for (const flag of partsOf(partOf(rule, equals + 1), "+")) if (flag.text !== "") readFlag(flag, reader);
}

/** Says what a partition is, or that systemd knows none of that name. */
export function readPartition(word: Word, reader: Reader): void {
  const known = partitions.find((candidate) => candidate.word === word.text);
  if (known === undefined) {
    return void faultWord(
      reader,
      word,
      unknown(
        word.text,
        "a partition type",
        partitions.map((each) => each.word),
      ),
    );
  }
  pieceWord(reader, word, "property", known.description);
  reportNewWord(word, known, reader);
}

export function partitionChoices(): readonly Choice[] {
  return partitions.map(choiceOf);
}

function readFlag(word: Word, reader: Reader): void {
  const known = flags.find((candidate) => candidate.word === word.text);
  if (known === undefined) {
    return void faultWord(
      reader,
      word,
      unknown(
        word.text,
        "an image policy flag",
        flags.map((each) => each.word),
      ),
    );
  }
  pieceWord(reader, word, "keyword", flagMeanings.get(known.word));
  reportNewWord(word, known, reader);
}

function unknown(text: string, kind: string, candidates: readonly string[]): FaultFacts {
  const likely = meantWord(text, candidates);
  const examples = candidates.slice(0, 3).map((candidate) => `"${candidate}"`);
  return likely === undefined
    ? { check, message: `"${text}" is not ${kind}; use for example ${examples.join(", ")}` }
    : { check, message: `"${text}" is not ${kind}; did you mean "${likely}"?`, replacements: [likely] };
}
