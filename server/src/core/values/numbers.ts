// Values that are numbers: integers in a range, file modes, amounts of bytes, percentages and what is made of them.

import type { FaultFacts } from "../model/value-reading.ts";
import { readBoolean } from "./choices.ts";
import { faultWord, type Grammar, type Offer, offerWhole, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { literalQuotes } from "./paths.ts";

function invalid(message: string, replacements?: readonly string[]): FaultFacts {
  return { check: "unit/invalid-value", message, ...(replacements === undefined ? {} : { replacements }) };
}

/** Reports a value that is no number; what there is to say of an empty or a quoted one comes first. */
function faultNumber(word: Word, reader: Reader, needs: string, fault: FaultFacts): void {
  const missing = word.text === "" ? invalid(`"${reader.setting.name}=" needs ${needs}`) : literalQuotes(word.text);
  faultWord(reader, word, missing ?? fault);
}

interface IntegerRange {
  readonly min?: number;
  readonly max?: number;
  /** Words that are allowed beside numbers. */
  readonly words?: readonly string[];
}

/** An integer from `least` to `most`, both inclusive, or one of a few words. */
export function integer({ min = -(2 ** 31), max = 2 ** 31 - 1, words = [] }: IntegerRange = {}): Grammar {
  const named = words.map((word) => `\`${word}\``).join(" or ");
  const range =
    max >= 2 ** 31 - 1 ? (min === 0 ? "a number of at least 0" : "a number") : `a number from ${min} to ${max}`;
  const syntax = named === "" ? range : `${range}, or ${named}`;
  const choices = words.map((text) => ({ text }));
  return {
    syntax,
    read(word, reader) {
      if (words.includes(word.text)) return void pieceWord(reader, word, "keyword");
      if (reader.isOpen(word)) return;
      const value = readInteger(word.text);
      if (value !== undefined && value >= min && value <= max) return void pieceWord(reader, word, "number");
      const expected = syntax.replaceAll("`", '"');
      const message = `"${word.text}" is not ${expected}, which "${reader.setting.name}=" requires`;
      faultNumber(word, reader, expected, invalid(message));
    },
    ...(choices.length === 0 ? {} : { offer: (word: Word): Offer => offerWhole(word, choices) }),
  };
}

/** Permission bits in octal. */
export const mode: Grammar = {
  syntax: "permission bits in octal (`0755`)",
  read(word, reader) {
    if (/^[0-7]+$/.test(word.text) && Number.parseInt(word.text, 8) <= 0o7777) {
      const bits = Number.parseInt(word.text, 8);
      const isMask = reader.setting.name === "UMask";
      pieceWord(reader, word, "number", () => `${isMask ? "takes away " : ""}${permissionText(bits)}`);
      return;
    }
    if (reader.isOpen(word)) return;
    const message = `"${word.text}" is not a file mode; use permission bits in octal, such as "0755"`;
    faultNumber(word, reader, 'permission bits in octal, such as "0755"', invalid(message));
  },
  offer: (word) =>
    offerWhole(word, [{ text: "0755" }, { text: "0750" }, { text: "0700" }, { text: "0660" }, { text: "0600" }]),
};

/** Permission bits as `ls` shows them. */
function permissionText(bits: number): string {
  const letters = ["x", "w", "r"];
  let text = "";
  for (let at = 8; at >= 0; at--) text += (bits >> at) & 1 ? (letters[at % 3] ?? "") : "-";
  const special = [
    [0o4000, "setuid"],
    [0o2000, "setgid"],
    [0o1000, "sticky"],
  ] as const;
  const names = special.filter(([bit]) => bits & bit).map(([, name]) => name);
  return [`\`${text}\``, ...names].join(", ");
}

/** Suffixes of amounts from the largest on; a number without one comes last of all. */
const byteSuffixes = ["E", "P", "T", "G", "M", "K", "B", ""];
const bytesPart = /[ \t\n\r\v\f]*\+?(\d+)(?:\.(\d*))?[ \t\n\r]*([EPTGMKB]?)/y;

/** An amount such as `1G 500M` in bytes; undefined when systemd would not read it. Descending suffixes add up. */
export function readBytes(text: string, base: 1000 | 1024): number | undefined {
  let total = 0;
  let at = 0;
  let next = 0;
  do {
    bytesPart.lastIndex = at;
    const part = bytesPart.exec(text);
    if (part === null) return undefined;
    const [, whole = "", fraction = "", suffix = ""] = part;
    const rank = byteSuffixes.indexOf(suffix);
    if (rank < next) return undefined;
    next = rank + 1;
    total += Number(`${whole}.${fraction}`) * base ** Math.max(0, 6 - rank);
    at = bytesPart.lastIndex;
  } while (at < text.length);
  return total >= 2 ** 64 ? undefined : Math.floor(total);
}

/** A count of bytes for people: exact, and in the largest unit that fits. */
export function bytesText(bytes: number): string {
  const exact = `${BigInt(Math.floor(bytes)).toLocaleString("en-US")} bytes`;
  const power = Math.min(6, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  if (power === 0) return exact;
  const scaled = Number((bytes / 1024 ** power).toFixed(2));
  return `${exact} (${scaled} ${byteSuffixes[6 - power]}iB)`;
}

/** What somebody meant who wrote `512m`, `1GB` or `2GiB`. */
export function meantBytes(text: string): readonly string[] | undefined {
  const [, number = "", suffix] = /^(\d+(?:\.\d+)?)\s*([kmgtpe])(?:i?b)?$/i.exec(text) ?? [];
  const meant = suffix === undefined ? text : `${number}${suffix.toUpperCase()}`;
  return meant === text ? undefined : [meant];
}

function bytesFault(text: string, others = ""): FaultFacts {
  const replacements = meantBytes(text);
  const hint =
    replacements === undefined
      ? `use a number followed by K, M, G or T, such as "512M"${others}`
      : `did you mean "${replacements[0]}"?`;
  return invalid(`"${text}" is not a number of bytes; ${hint}`, replacements);
}

/** An amount of bytes, in powers of 1024. */
export const bytes: Grammar = {
  syntax: "bytes (`512K`, `1G`; powers of 1024)",
  read(word, reader) {
    const amount = readBytes(word.text, 1024);
    if (amount !== undefined) pieceWord(reader, word, "number", () => bytesText(amount));
    else if (!reader.isOpen(word))
      faultNumber(word, reader, 'a number of bytes, such as "512M"', bytesFault(word.text));
  },
};

/** Of each percent sign: how many make a whole, and how many digits may follow the point. */
const percentSigns: ReadonlyMap<string, { readonly whole: number; readonly digits: number }> = new Map([
  ["%", { whole: 100, digits: 2 }],
  ["‰", { whole: 1000, digits: 1 }],
  ["‱", { whole: 10_000, digits: 0 }],
]);

/** A share such as `12.34%` as a fraction of one; undefined for what is none. */
export function readPercentage(text: string): number | undefined {
  const [, whole = "", fraction = "", sign = ""] = /^([+-]?[\da-fA-FxXoO]+)(?:\.(\d+))?([%‰‱])$/.exec(text) ?? [];
  const scale = percentSigns.get(sign);
  const count = readInteger(whole);
  if (scale === undefined || count === undefined || count < 0 || fraction.length > scale.digits) return undefined;
  return Number(`${count}.${fraction}`) / scale.whole;
}

/** A percentage from 0 to 100. */
export const percent: Grammar = {
  syntax: "a percentage from `0%` to `100%`",
  read(word, reader) {
    const share = readPercentage(word.text);
    if (share !== undefined && share <= 1) return void pieceWord(reader, word, "number");
    if (reader.isOpen(word)) return;
    const meant = /^\d+$/.test(word.text) && Number(word.text) <= 100 ? [`${word.text}%`] : undefined;
    const message = `"${word.text}" is not a percentage from 0% to 100%`;
    faultNumber(word, reader, "a percentage from 0% to 100%", invalid(message, meant));
  },
};

/** systemd counts in ten thousandths, in 31 bits. */
const maxQuota = (2 ** 31 - 1) / 10_000;

/** Processor time, where one whole processor is 100%. */
export const cpuQuota: Grammar = {
  syntax: "a percentage of one CPU (`150%` is one and a half)",
  read(word, reader) {
    if (word.text === "") return;
    const share = readPercentage(word.text);
    if (share !== undefined && share > 0 && share <= maxQuota) {
      pieceWord(reader, word, "number", `${share} processors`);
      return;
    }
    if (reader.isOpen(word)) return;
    const meant = /^[1-9]\d*$/.test(word.text) ? [`${word.text}%`] : undefined;
    const message = `"${word.text}" is not a CPU quota; use a percentage above 0%, such as "50%"`;
    faultNumber(word, reader, "a percentage", invalid(message, meant));
  },
};

/** Settings of memory for which 0 means something. */
const zeroAllowed = /(?:Min|Low)$|Swap/;

/** A limit of memory: bytes, a share of all memory, or none. */
export const memory: Grammar = {
  syntax: "bytes (`512M`), a percentage of the memory, or `infinity`",
  read(word, reader) {
    const { text } = word;
    if (text === "infinity") return void pieceWord(reader, word, "keyword", "no limit");
    if (text === "") return;
    const share = readPercentage(text);
    const amount = share === undefined ? readBytes(text, 1024) : undefined;
    const min = zeroAllowed.test(reader.setting.name) ? 0 : Number.MIN_VALUE;
    if (share !== undefined && share <= 1 && share >= min) return void pieceWord(reader, word, "number");
    if (amount !== undefined && amount >= min) {
      pieceWord(reader, word, "number", () => bytesText(amount));
      return;
    }
    if (reader.isOpen(word)) return;
    const nothing = `"${reader.setting.name}=${text}" would leave no memory, so systemd ignores it; use a limit above 0`;
    const others = ', a percentage such as "20%", or "infinity"';
    faultNumber(word, reader, "a limit", amount === 0 || share === 0 ? invalid(nothing) : bytesFault(text, others));
  },
  offer: (word) => offerWhole(word, [{ text: "infinity", detail: "no limit" }]),
};

/** A number of tasks: a count, a share of the system's, or no limit. */
export const tasksMax: Grammar = {
  syntax: "a number above 0, a percentage, or `infinity`",
  read(word, reader) {
    const { text } = word;
    if (text === "" || text === "infinity") return void pieceWord(reader, word, "keyword", "no limit");
    const share = readPercentage(text);
    const count = readInteger(text);
    if ((share !== undefined && share <= 1) || (count !== undefined && count > 0 && count < 2 ** 64)) {
      pieceWord(reader, word, "number");
    } else if (!reader.isOpen(word)) {
      const message = `"${text}" is not a number of tasks; use a number above 0, a percentage, or "infinity"`;
      faultNumber(word, reader, "a number of tasks", invalid(message));
    }
  },
  offer: (word) => offerWhole(word, [{ text: "infinity", detail: "no limit" }]),
};

/** What a directory may hold: bytes, a share of the file system, or off. */
export const quota: Grammar = {
  syntax: "bytes (`512M`), a percentage of the file system, or `off`",
  read(word, reader) {
    const { text } = word;
    const off = readBoolean(text) === false;
    const share = readPercentage(text);
    const amount = readBytes(text, 1024);
    if (off || text === "") return void pieceWord(reader, word, "keyword");
    if ((share !== undefined && share <= 1) || amount !== undefined) pieceWord(reader, word, "number");
    else if (!reader.isOpen(word)) {
      faultNumber(word, reader, "a limit", bytesFault(text, ', a percentage such as "20%", or "off"'));
    }
  },
  offer: (word) => offerWhole(word, [{ text: "off" }]),
};
