// Values of conditions that do not ask for a path. systemd takes any text when it loads the unit, and finds out when the
// unit starts; so a fault is a condition that can never hold, and an unknown word is one that holds nowhere we know of.
import type { Severity } from "../model/severity.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import type { UnitWord } from "../tables/unit-setting.ts";
import { choiceOf, meantWord, readBoolean, reportNewWord } from "./choices.ts";
import { readConditionPrefixes, skipConditionPrefixes } from "./condition-prefixes.ts";
import { type Choice, faultWord, type Grammar, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readBytes, readPercentage } from "./numbers.ts";
import { faultQuote, keptWords, placeIn, relaxedWords, splitWords } from "./words.ts";

/** What a kind of condition asks for. */
interface Condition {
  readonly syntax: string;
  read?(word: Word, reader: Reader): void;
  readonly choices?: readonly Choice[];
}

/** Of two that begin alike the longer one comes first. */
const operators = ["!$=", "$=", "!=", "==", "=", "<>", "<=", "<", ">=", ">"];
const yesNo: readonly Choice[] = [{ text: "yes" }, { text: "no" }];

function never(
  word: Word,
  reader: Reader,
  what: string,
  severity: Severity = "warning",
  replacements?: string[],
): void {
  faultWord(reader, word, {
    check: "unit/invalid-value",
    severity,
    message: `"${word.text}" is ${what}`,
    ...(replacements === undefined ? {} : { replacements }),
  });
}

/** One of the words of a list, or a boolean. */
function oneWord(list: string, what: string, more: readonly string[] = [], allowsBoolean = false): Condition {
  const words: readonly UnitWord[] = findWords(list);
  const names = [...words.map(({ word }) => word), ...more];
  return {
    syntax: `${allowsBoolean ? "a boolean, or " : ""}${what}, one of ${names
      .slice(0, 6)
      .map((name) => `\`${name}\``)
      .join(", ")}${names.length > 6 ? " …" : ""}`,
    read(word, reader) {
      const known = words.find((candidate) => candidate.word === word.text);
      if (known !== undefined || more.includes(word.text) || (allowsBoolean && readBoolean(word.text) !== undefined)) {
        pieceWord(reader, word, "keyword", known?.description);
        if (known !== undefined) reportNewWord(word, known, reader);
        return;
      }
      const meant = meantWord(word.text, names);
      const way = meant === undefined ? ", so it never matches" : `; did you mean "${meant}"?`;
      never(word, reader, `not a known ${what}${way}`, "info", meant === undefined ? undefined : [meant]);
    },
    choices: [...(allowsBoolean ? yesNo : []), ...words.map(choiceOf), ...more.map((text) => ({ text }))],
  };
}

const truth: Condition = {
  syntax: "a boolean (`yes` or `no`)",
  read(word, reader) {
    if (readBoolean(word.text) !== undefined) pieceWord(reader, word, "keyword");
    else never(word, reader, 'not a boolean, so the condition is never true; use "yes" or "no"');
  },
  choices: yesNo,
};

const maxCapability = 62;
const capabilities = findWords("Capability");

const capability: Condition = {
  syntax: "a capability (`CAP_NET_ADMIN`)",
  read(word, reader) {
    const name = word.text.toUpperCase();
    const known = capabilities.find((candidate) => candidate.word.toUpperCase() === name);
    if (known !== undefined) return pieceWord(reader, word, "keyword", known.description);
    if (/^\d+$/.test(name) && Number(name) <= maxCapability) return pieceWord(reader, word, "number");
    const meant = meantWord(
      name.startsWith("CAP_") ? name : `CAP_${name}`,
      capabilities.map(({ word: text }) => text),
    );
    const way = meant === undefined ? 'use a name such as "CAP_NET_ADMIN"' : `did you mean "${meant}"?`;
    never(
      word,
      reader,
      `not a capability, so the condition is never true; ${way}`,
      "warning",
      meant === undefined ? undefined : [meant],
    );
  },
  choices: capabilities.map(choiceOf),
};

const controllers: Condition = {
  syntax: "cgroup controllers, separated by spaces, or `v1` or `v2`",
  read(value, reader) {
    const known = ["v1", "v2", ...findWords("CGroupController").map(({ word }) => word)];
    for (const part of splitWords(value.text, relaxedWords)) {
      const word = placeIn(value, part);
      if (known.includes(word.text)) pieceWord(reader, word, "keyword");
      else {
        const meant = meantWord(word.text, known);
        const way = meant === undefined ? ", so systemd ignores it" : `; did you mean "${meant}"?`;
        never(word, reader, `not a known controller${way}`, "info", meant === undefined ? undefined : [meant]);
      }
    }
  },
  choices: [{ text: "v1" }, { text: "v2" }, ...findWords("CGroupController").map(choiceOf)],
};

/** The operator at the beginning of a text; empty when there is none. */
function leadingOperator(text: string, among = operators): string {
  return among.find((operator) => text.startsWith(operator)) ?? "";
}

/** A number to compare with, behind an operator or by itself, which means "at least". */
function comparison(syntax: string, example: string, isNumber: (text: string) => boolean): Condition {
  const numeric = operators.filter((operator) => !operator.includes("$"));
  return {
    syntax,
    read(word, reader) {
      const operator = leadingOperator(word.text, numeric);
      reader.piece(word, 0, operator.length, "operator");
      const rest = word.text.slice(operator.length);
      const from = word.text.length - rest.trimStart().length;
      if (isNumber(rest.trim())) reader.piece(word, from, word.text.length, "number");
      else
        never(
          word,
          reader,
          `not a comparison with a number, so the condition is never true; use for example "${example}"`,
        );
    },
  };
}

/** Bytes, and from some version on a share of the memory. */
function isMemory(text: string): boolean {
  return readBytes(text, 1024) !== undefined || readPercentage(text) !== undefined;
}

function isCount(text: string): boolean {
  return /^\+?(?:\d+|0[xX][0-9a-fA-F]+)$/.test(text);
}

/** Versions to compare with: each an operator and a version, or a pattern; all have to hold. */
function readVersions(value: Word, reader: Reader): void {
  let open: Word | undefined;
  for (const part of splitWords(value.text, keptWords)) {
    const word = placeIn(value, part);
    if (part.openQuote !== undefined) {
      faultQuote(reader, word);
      return;
    }
    if (open !== undefined) {
      pieceWord(reader, word, "number");
      open = undefined;
      continue;
    }
    const operator = leadingOperator(word.text);
    reader.piece(word, 0, operator.length, "operator");
    if (operator.length === word.text.length) open = word;
    else reader.piece(word, operator.length, word.text.length, "number");
  }
  if (open !== undefined) never(open, reader, "not followed by a version, so the condition is never true; add one");
}

const versionKeys = findWords("ConditionVersionKey");

const version: Condition = {
  syntax: "`systemd`, `glibc` or `kernel`, and versions with operators (`>=6.1 <7`)",
  read(word, reader) {
    const key = versionKeys.find(({ word: name }) => word.text.startsWith(`${name} `) || word.text === name);
    reader.piece(word, 0, key?.word.length ?? 0, "keyword", key?.description);
    readVersions(partOf(word, key?.word.length ?? 0), reader);
  },
  choices: versionKeys.map(choiceOf),
};

const osRelease: Condition = {
  syntax: "fields of os-release with operators (`ID=debian VERSION_ID>=12`)",
  read(value, reader) {
    for (const part of splitWords(value.text, relaxedWords)) {
      const word = placeIn(value, part);
      if (part.openQuote !== undefined) return faultQuote(reader, word);
      const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(word.text)?.[0] ?? "";
      const operator = leadingOperator(word.text.slice(name.length));
      const complete = name !== "" && operator !== "" && word.text.length > name.length + operator.length;
      if (complete) {
        reader.piece(word, 0, name.length, "property");
        reader.piece(word, name.length, name.length + operator.length, "operator");
      } else {
        never(
          word,
          reader,
          'not a comparison with a field, so the condition is never true; use one without spaces, such as "VERSION_ID>=12"',
        );
      }
    }
  },
  choices: ["ID=", "ID_LIKE=", "VERSION_ID>=", "VARIANT_ID=", "IMAGE_ID=", "IMAGE_VERSION>="].map((text) => ({ text })),
};

const windows = ["10sec", "1min", "5min"];

const pressure: Condition = {
  syntax: "`[SLICE:]PERCENT[/WINDOW]`, the window `10sec`, `1min` or `5min`",
  read(word, reader) {
    const { text } = word;
    const colon = text.lastIndexOf(":");
    const [limit = "", window] = text.slice(colon + 1).split("/", 2);
    const from = colon + 1;
    reader.piece(word, 0, Math.max(0, colon), "unit");
    if (readPercentage(limit.trim()) === undefined) {
      return never(
        partOf(word, from, from + limit.length),
        reader,
        'not a percentage, so the condition is never true; use for example "20%"',
      );
    }
    reader.piece(word, from, from + limit.length, "number");
    if (window === undefined || windows.includes(window.trim())) return;
    never(
      partOf(word, from + limit.length + 1),
      reader,
      'not an interval that the kernel reports; use "10sec", "1min" or "5min"',
    );
  },
};

const firmware: Condition = {
  syntax: "`uefi`, `device-tree`, `device-tree-compatible(NAME)` or `smbios-field(FIELD = VALUE)`",
  read(word, reader) {
    const { text } = word;
    if (text === "uefi" || text === "device-tree") return pieceWord(reader, word, "keyword");
    const [, name = "", inside = ""] = /^(device-tree-compatible|smbios-field)\((.*)\)$/.exec(text) ?? [];
    if (name === "") {
      const open = /^(?:device-tree-compatible|smbios-field)\(/.test(text);
      return never(
        word,
        reader,
        open ? "missing its closing parenthesis; add it" : 'not a known firmware type; use "uefi" or "device-tree"',
        open ? "warning" : "info",
      );
    }
    reader.piece(word, 0, name.length, "keyword");
    if (name === "smbios-field" && !operators.some((operator) => inside.includes(operator))) {
      never(word, reader, 'missing a comparison; use for example "smbios-field(board_vendor = ACME)"');
    }
  },
  choices: ["uefi", "device-tree", "device-tree-compatible(", "smbios-field("].map((text) => ({ text })),
};

const account = (what: string, choices: readonly Choice[]): Condition => ({
  syntax: `a ${what} by name or number`,
  choices,
});

const conditions: Readonly<Record<string, Condition>> = {
  Virtualization: oneWord("Virtualization", "kind of virtualization", ["vm", "container", "private-users"], true),
  Security: oneWord("SecurityTechnology", "security technology"),
  Architecture: oneWord("Architecture", "architecture", ["native"]),
  Capability: capability,
  ACPower: truth,
  FirstBoot: truth,
  User: account("user", findWords("ConditionUserKeyword").map(choiceOf)),
  Group: account("group", []),
  ControlGroupController: controllers,
  Memory: comparison("bytes, with an operator before them (`>=4G`)", ">=4G", isMemory),
  CPUs: comparison("a number of processors, with an operator before it (`>=4`)", ">=4", isCount),
  KernelVersion: { syntax: "kernel versions with operators (`>=6.1 <7`), or a pattern", read: readVersions },
  Version: version,
  OSRelease: osRelease,
  MemoryPressure: pressure,
  CPUPressure: pressure,
  IOPressure: pressure,
  Firmware: firmware,
  KernelCommandLine: { syntax: "a word of the kernel's command line, or `NAME=VALUE`" },
  KernelModuleLoaded: { syntax: "the name of a kernel module" },
  Host: { syntax: "a host name, a pattern of one, or a machine's identifier" },
  Environment: { syntax: "a variable of the manager, or `NAME=VALUE`" },
  Credential: { syntax: "the name of a credential" },
  CPUFeature: { syntax: "a feature of the processor, such as `avx2`" },
};

/** The grammar of one kind of condition, which is the setting's name without `Condition` or `Assert`. */
export function condition(kind = ""): Grammar {
  const { syntax, read, choices } = conditions[kind] ?? { syntax: "text" };
  return {
    syntax: `${syntax}; with the prefixes \`|\` (one such condition is enough) and \`!\` (negated)`,
    read(word, reader) {
      const asked = partOf(word, readConditionPrefixes(word, reader));
      if (read !== undefined && !reader.isOpen(asked)) read(asked, reader);
    },
    ...(choices === undefined
      ? {}
      : { offer: (word) => ({ from: skipConditionPrefixes(word.text), to: word.text.length, choices }) }),
  };
}
