// Filters of system calls: names and groups, and what a refused call gives.

import type { FaultFacts, Meaning } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { syscallGroups } from "../tables/syscall-groups.ts";
import { meantWord, reportNewWord } from "./choices.ts";
import { faultWord, type Grammar, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { faultOfName, maxWrongNames, type NameList, offerBehindTilde, withoutTilde } from "./names.ts";
import { bareWords, placeIn, splitWords } from "./words.ts";

const groups = findWords("SyscallFilterSet");
const errors = findWords("Errno").filter(({ word }) => word !== "kill");
const errorNames: ReadonlySet<string> = new Set(errors.map(({ word }) => word));
const maxError = 4095;

/** All system calls that systemd has in some group. */
const systemCalls: ReadonlySet<string> = new Set(
  [...syscallGroups.values()]
    .flatMap((members) => members.split(" "))
    .filter((member) => !member.startsWith("@"))
    .sort(),
);

const callWords = [...systemCalls].map((word) => ({ word, since: 0 }));

const offered: NameList = { words: groups, splitting: bareWords, invertible: true };

/** A filter; only one that refuses calls, and is not for the log alone, may say with which error. */
export function syscalls(purpose?: "log"): Grammar {
  const syntax = "system calls (`read`) and groups (`@system-service`), with `~` first, all except these";
  const element: Grammar = {
    syntax,
    read: () => undefined,
    offer: (word) => ({
      from: 0,
      to: word.text.length,
      choices: [
        ...groups.map(({ word: text, since }) => ({ text, since, detail: groupSize(text) })),
        ...[...systemCalls].map((text) => ({ text })),
      ],
    }),
  };
  return {
    syntax,
    read(value, reader) {
      const refuses = value.text.startsWith("~");
      let wrong = 0;
      for (const word of splitWords(withoutTilde(value, reader).text, bareWords)) {
        const place = placeIn(value, word);
        const colon = purpose === "log" ? -1 : place.text.indexOf(":");
        const known = readCall(colon < 0 ? place : partOf(place, 0, colon), reader);
        const complete = colon < 0 || readRefusal(place, colon, refuses, reader);
        if (!known || !complete) wrong += 1;
        if (wrong === maxWrongNames) return;
      }
    },
    offer: (value, at, reader) => offerBehindTilde(value, at, reader, element, offered),
  };
}

/** Says what a name or group is; false for one that is wrong. */
function readCall(word: Word, reader: Reader): boolean {
  const group = groups.find((candidate) => candidate.word === word.text);
  if (group !== undefined) {
    pieceWord(reader, word, "keyword", groupMeaning(group.word));
    reportNewWord(word, group, reader);
    return true;
  }
  if (systemCalls.has(word.text)) {
    pieceWord(reader, word, "string", groupsOf(word.text));
    return true;
  }
  const isGroup = word.text.startsWith("@");
  const list: NameList = {
    ...offered,
    words: isGroup ? groups : callWords,
    ...(isGroup ? {} : { open: { shape: /^[a-z_][a-z0-9_]*$/, kind: "system call" } }),
  };
  faultWord(reader, word, faultOfName(word, list, reader));
  return false;
}

/** Says what a refused call gives; false when that is wrong. */
function readRefusal(word: Word, colon: number, refuses: boolean, reader: Reader): boolean {
  const error = word.text.slice(colon + 1);
  reader.piece(word, colon, colon + 1, "operator");
  if (refuses && (error === "kill" || isError(error))) {
    reader.piece(word, colon + 1, word.text.length, "keyword", refusalMeaning(error));
    return true;
  }
  if (!refuses) reader.fault(word, colon, word.text.length, notInThisList(word.text.slice(colon)));
  else if (error === "") reader.fault(word, colon, word.text.length, nothingBehind());
  else reader.fault(word, colon + 1, word.text.length, notAnError(error));
  return false;
}

function notInThisList(text: string): FaultFacts {
  return {
    check: "unit/invalid-value",
    message: `"${text}" sets an error for blocked calls, but this list allows calls; remove it, or add "~" before the list`,
    replacements: [""],
  };
}

function nothingBehind(): FaultFacts {
  return {
    check: "unit/invalid-value",
    message: 'the error after ":" is missing; add its name, such as "EPERM", or remove the colon',
    replacements: [""],
  };
}

/** Whether a text is an error by name or number; letter case does not count. */
function isError(text: string): boolean {
  if (errorNames.has(text.toUpperCase())) return true;
  const number = readInteger(text);
  return number !== undefined && number >= 0 && number <= maxError;
}

function notAnError(text: string): FaultFacts {
  const likely = meantWord(text, [...errorNames, "kill"]);
  return {
    check: "unit/invalid-value",
    message:
      likely === undefined
        ? `"${text}" is not an error; use a name such as "EPERM", a number up to ${maxError}, or "kill"`
        : `"${text}" is not an error; did you mean "${likely}"?`,
    ...(likely === undefined ? {} : { replacements: [likely] }),
  };
}

function refusalMeaning(error: string): Meaning {
  return error === "kill" ? "a blocked call kills the process" : `a blocked call fails with \`${error}\``;
}

/** What a refused call gives. */
export const errno: Grammar = {
  syntax: "an error (`EPERM`) or its number, or `kill`",
  read(word, reader) {
    const { text } = word;
    if (text === "kill" || (isError(text) && readInteger(text) !== 0)) {
      return void pieceWord(reader, word, readInteger(text) === undefined ? "keyword" : "number", refusalMeaning(text));
    }
    faultWord(reader, word, notAnError(text));
  },
  offer: (word) => ({
    from: 0,
    to: word.text.length,
    choices: [...errors.map(({ word: text }) => ({ text })), { text: "kill", detail: "kills the process" }],
  }),
};

function groupMeaning(group: string): Meaning {
  return () => {
    const members = membersOf(group);
    const shown = members.slice(0, 60).map((member) => `\`${member}\``);
    const more = members.length > shown.length ? ` … (${members.length} in all)` : "";
    return `${shown.join(", ")}${more}`;
  };
}

function groupSize(group: string): string {
  return `${membersOf(group).length} members`;
}

function membersOf(group: string): readonly string[] {
  return syscallGroups.get(group)?.split(" ") ?? [];
}

function groupsOf(call: string): Meaning {
  return () => {
    const found = [...syscallGroups.keys()].filter((group) => group !== "@known" && membersOf(group).includes(call));
    return found.length === 0 ? undefined : `in ${found.map((group) => `\`${group}\``).join(", ")}`;
  };
}
