// Values that mount something for a service: paths, images, file systems in memory, and their options.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, wrongWord } from "./choices.ts";
import { faultEscape, partAround, splitColons } from "./colon-parts.ts";
import { faultWord, type Grammar, type Offer, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { partitionChoices, readPartition } from "./image-policy.ts";
import { checkPath } from "./paths.ts";
import { keptWords, listOf, relaxedWords } from "./words.ts";

const check = "unit/invalid-value";
const bindOptions = findWords("BindPathOption");

const bindPath: Grammar = {
  syntax: "a path",
  read(word, reader) {
    const parts = splitColons(word);
    if (faultEscape(parts, reader)) return;
    const [source = word, target, options] = parts;
    readSource(source, word, reader);
    if (target !== undefined) readTarget(target, word, reader);
    if (options === undefined || options.text === "" || reader.isOpen(options)) return;
    const last = parts.at(-1) ?? options;
    const whole = parts.length === 3 ? options : { ...last, start: options.start };
    const known = parts.length === 3 ? bindOptions.find(({ word: name }) => name === options.text) : undefined;
    if (known !== undefined) return void pieceWord(reader, options, "keyword", known.description);
    const names = bindOptions.map(({ word: name }) => name);
    const wrong = { check, ...wrongWord(options, reader, names) } as const;
    faultWord(reader, whole, whole.text === "ro" ? noReadOnly(reader.setting.name) : wrong);
  },
  offer: (word, at) => {
    const place = partAround(word.text, at);
    if (place.index >= 2) return { ...place, choices: bindOptions.map(choiceOf) };
    return offerPath(word, at, place.from, place.to);
  },
};

/** Paths of the host that the service sees, where it was or elsewhere. */
export const bindPaths: Grammar = listOf(
  bindPath,
  keptWords,
  "paths as SOURCE, SOURCE:TARGET or SOURCE:TARGET:OPTIONS (`rbind`, `norbind`); with the prefix `-`, it may be missing",
);

function dashLength(text: string, at: number): number {
  return text.charAt(at) === "-" ? 1 : 0;
}

/** What is mounted; a dash says that it may be missing. */
function readSource(source: Word, word: Word, reader: Reader): void {
  const dash = dashLength(source.text, 0);
  reader.piece(source, 0, dash, "operator", "`-`: the source may be missing");
  const path = partOf(source, dash);
  if (path.text !== "") return void checkPath(path, reader);
  faultWord(reader, word, {
    check,
    message: `"${word.text}" has no source; add an absolute path before the colon`,
  });
}

function readTarget(target: Word, word: Word, reader: Reader): void {
  if (target.text !== "") return void checkPath(target, reader);
  faultWord(reader, word, {
    check,
    message: `"${word.text}" has no target; use SOURCE:TARGET`,
  });
}

const mountImage: Grammar = {
  syntax: "an image",
  read(word, reader) {
    const parts = splitColons(word);
    if (faultEscape(parts, reader)) return;
    const [source = word, target, ...options] = parts;
    readSource(source, word, reader);
    if (target === undefined || target.text === "") {
      return void faultWord(reader, word, {
        check,
        message: `"${word.text}" has no mount point; use IMAGE:TARGET`,
      });
    }
    checkPath(target, reader);
    readOptions(options, reader);
  },
  offer: (word, at) => offerImage(word, at, 2),
};

/** Images that are mounted at a place. */
export const mountImages: Grammar = listOf(
  mountImage,
  keptWords,
  "images as IMAGE:TARGET, then options, or pairs of PARTITION:OPTIONS; with the prefix `-`, it may be missing",
);

const extensionImage: Grammar = {
  syntax: "an extension image",
  read(word, reader) {
    const parts = splitColons(word);
    if (faultEscape(parts, reader)) return;
    const [source = word, ...options] = parts;
    readSource(source, word, reader);
    readOptions(options, reader);
  },
  offer: (word, at) => offerImage(word, at, 1),
};

/** Extension images that are put over what the service sees. */
export const extensionImages: Grammar = listOf(
  extensionImage,
  keptWords,
  "extension images, then options after a colon, or pairs of PARTITION:OPTIONS; with the prefix `-`, it may be missing",
);

/** Pairs of a partition and its options; options alone are for the root partition. */
function readOptions(parts: readonly Word[], reader: Reader): void {
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const partition = parts[at];
    if (partition !== undefined && partition.text !== "") readPartition(partition, reader);
  }
}

function noReadOnly(setting: string): FaultFacts {
  const wayOut =
    setting === "BindPaths"
      ? 'use "BindReadOnlyPaths=" for these paths'
      : "remove it, because the paths are read-only already";
  return { check, message: `"ro" is not an option of "${setting}="; ${wayOut}` };
}

/** A path behind the dash that may stand before it; nothing stands before that. */
function offerPath(word: Word, at: number, start: number, to: number): Offer | undefined {
  const from = start + dashLength(word.text, start);
  return at < from ? undefined : { from, to, choices: [], around: "paths" };
}

function offerImage(word: Word, at: number, paths: number): Offer | undefined {
  const place = partAround(word.text, at);
  if (place.index < paths) {
    return offerPath(word, at, place.from, place.to);
  }
  return { ...place, choices: (place.index - paths) % 2 === 0 ? partitionChoices() : [] };
}

const optionPair: Grammar = {
  syntax: "options",
  read(word, reader) {
    const parts = splitColons(word);
    if (faultEscape(parts, reader)) return;
    if (parts.length <= 2) return readOptions(parts, reader);
    faultWord(reader, word, {
      check,
      message: `"${word.text}" has more than one colon; use PARTITION:OPTIONS, with a space before the next partition`,
    });
  },
  offer: (word, at) => offerImage(word, at, 0),
};

/** Options of the partitions of one image. */
export const imageOptions: Grammar = listOf(
  optionPair,
  keptWords,
  "options of the root partition, or pairs of PARTITION:OPTIONS (`usr:nodev`)",
);

const temporary: Grammar = {
  syntax: "a path",
  read(word, reader) {
    const colon = word.text.indexOf(":");
    const path = partOf(word, 0, colon < 0 ? undefined : colon);
    if (path.text === "") {
      return void faultWord(reader, word, {
        check,
        message: `"${word.text}" has no mount point; add an absolute path before the colon`,
      });
    }
    checkPath(path, reader);
    if (colon < 0) return;
    reader.piece(word, colon, colon + 1, "operator");
    reader.piece(word, colon + 1, word.text.length, "string", "tmpfs options");
  },
  offer: (word, at) => {
    const place = partAround(word.text, at);
    return place.index === 0 ? { ...place, choices: [], around: "paths" } : undefined;
  },
};

/** Paths over which an empty file system in memory is mounted. */
export const temporaryFilesystems: Grammar = {
  ...listOf(
    temporary,
    relaxedWords,
    "paths, each with options of `tmpfs` after a colon where it needs some (`/var:ro`)",
  ),
  // A size in percent is no specifier.
  expanded: (text) => text.replaceAll(/:\S*/g, ({ length }) => " ".repeat(length)),
};
