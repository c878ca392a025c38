// Values that name users or groups.

import type { FaultFacts } from "../model/value-reading.ts";
import { faultWord, type Grammar, offerWhole, pieceWord, type Reader, type Word } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";
import { bareWords, listOf } from "./words.ts";

/** Numbers that stand for no user or group. */
const noIds: readonly number[] = [0xffff, 0xffffffff];
const maxId = 0xffffffff;
const maxStrictNameLength = 31;

function faultOfUser(text: string, reader: Reader): FaultFacts | undefined {
  const what = /Group/.test(reader.setting.name) ? "group" : "user";
  const check = "unit/user-name";
  if (/^0\d+$/.test(text)) {
    const meant = String(Number(text));
    const message = `a ${what} number cannot have leading zeros; use "${meant}"`;
    return { check, severity: "error", message, replacements: [meant] };
  }
  if (/^\d+$/.test(text)) {
    const id = Number(text);
    if (id <= maxId && !noIds.includes(id)) return undefined;
    return {
      check,
      severity: "error",
      message: `"${text}" is not a valid ${what} number; use another number, or a name`,
    };
  }
  const [first = "", second = ""] = text.split(":", 2);
  if (what === "user" && first !== "" && second !== "" && !text.includes("/")) {
    return {
      check,
      severity: "error",
      message: `"${text}" names a user and a group, but "${reader.setting.name}=" takes one user; use "${first}", and the group in "Group="`,
      replacements: [first],
    };
  }
  const sign = /[:/\p{Cc}]/u.exec(text)?.[0];
  if (sign !== undefined) {
    const shown = /[:/]/.test(sign) ? `a "${sign}"` : "a control character";
    return {
      check,
      severity: "error",
      message: `"${text}" contains ${shown}, which is not valid in a ${what} name`,
    };
  }
  if (text === "" || text === "." || text === ".." || /^-\d*$/.test(text)) {
    return { check, severity: "error", message: `"${text}" is not a valid ${what} name; use a name or a number` };
  }
  const quotes = literalQuotes(text);
  if (quotes !== undefined) return { ...quotes, severity: "warning" };
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(text) && text.length <= maxStrictNameLength) return undefined;
  return {
    check,
    severity: "info",
    message: `"${text}" is an unusual ${what} name that not every program accepts; use letters, digits, "-" and "_"`,
  };
}

function read(word: Word, reader: Reader): void {
  // Whatever stands for a specifier, these signs stay.
  if (reader.isOpen(word) && !/[:/]/.test(word.text)) return;
  const fault = faultOfUser(word.text, reader);
  if (fault !== undefined) faultWord(reader, word, fault);
  else pieceWord(reader, word, /^\d/.test(word.text) ? "number" : "string");
}

const common = {
  user: [
    { text: "root", detail: "the administrator" },
    { text: "nobody", detail: "the overflow user; not for services" },
  ],
  group: [
    { text: "root", detail: "the administrator's group" },
    { text: "adm", detail: "may read logs" },
    { text: "audio", detail: "may use sound devices" },
    { text: "dialout", detail: "may use serial ports" },
    { text: "disk", detail: "may read and write disks" },
    { text: "input", detail: "may read input devices" },
    { text: "kvm", detail: "may run virtual machines" },
    { text: "render", detail: "may use GPU computing" },
    { text: "systemd-journal", detail: "may read the journal" },
    { text: "tty", detail: "may write to terminals" },
    { text: "video", detail: "may use graphics and cameras" },
  ],
} as const;

/** A user or group, by name or number. */
export const user: Grammar = {
  syntax: "a name or number",
  read,
  offer: (word, _at, reader) => offerWhole(word, /Group/.test(reader.setting.name) ? common.group : common.user),
};

export const users: Grammar = listOf(user, bareWords, "names or numbers, separated by spaces, without quotes");
