// Values that list how a process can end: exit statuses by number or name, and signals.
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, meantWord } from "./choices.ts";
import { faultWord, type Grammar, offerWhole, pieceWord } from "./grammar.ts";
import { isSignal } from "./signals.ts";
import { bareWords, listOf } from "./words.ts";

const statuses = findWords("ExitStatus");
const signals = findWords("Signal").filter(({ word }) => !word.endsWith("N") || word === "SIGRTMIN");
const names = [...statuses, ...signals].map(({ word }) => word);
const maxStatus = 255;

/** An exit status as a number, in decimal, hexadecimal or octal digits. */
function isStatus(text: string): boolean {
  if (!/^\+?(?:0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|0[0-7]*|[1-9]\d*)$/.test(text)) return false;
  const digits = text.replace("+", "");
  const status = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return status <= maxStatus;
}

/** The name that was probably meant; what does not look like one is compared with none. */
function meantName(text: string): string | undefined {
  return /^[A-Za-z_]{3,}/.test(text) ? meantWord(text.replace(/^EX(?:IT)?_/, ""), names) : undefined;
}

const exitStatus: Grammar = {
  syntax: "an exit status or a signal",
  read(word, reader) {
    const { text } = word;
    if (isStatus(text)) return pieceWord(reader, word, "number");
    const status = statuses.find((candidate) => candidate.word === text);
    if (status !== undefined || (isSignal(text) && !/^\d/.test(text))) {
      return pieceWord(reader, word, "keyword", status?.description);
    }
    if (reader.isOpen(word)) return;
    const parts = text.split(",").filter((part) => part !== "");
    const listed = parts.length > 0 && parts.every((part) => isStatus(part) || names.includes(part));
    const meant = listed ? parts.join(" ") : meantName(text);
    const way = meant === undefined ? "use a number from 0 to 255, or a name" : `did you mean "${meant}"?`;
    faultWord(reader, word, {
      check: "unit/invalid-value",
      message: `"${text}" is neither an exit status nor a signal, so systemd drops it; ${way}`,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    });
  },
  offer: (word) => offerWhole(word, [...statuses, ...signals].map(choiceOf)),
};

export const exitStatuses: Grammar = listOf(
  exitStatus,
  bareWords,
  "exit statuses (`0` to `255`, or names such as `TEMPFAIL`) and signals, separated by spaces",
);
