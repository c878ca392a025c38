// Values that are a boolean or something with parts of its own.
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, meantWord, readBoolean, reportNewWord, wrongWord } from "./choices.ts";
import {
  type Choice,
  faultWord,
  type Grammar,
  offerWhole,
  partOf,
  pieceWord,
  type Reader,
  type Word,
} from "./grammar.ts";
import { offerInList, placeIn, relaxedWords, splitWords } from "./words.ts";

const yesNo: readonly Choice[] = [{ text: "yes" }, { text: "no" }];
const hostnameWords = findWords("ProtectHostname").filter(({ word }) => readBoolean(word) === undefined);

/** The host name of the unit's own may stand behind a colon. */
const hostnameSince = 258;

export const protectHostname: Grammar = {
  syntax: "a boolean or `private`; `yes` or `private` may be followed by a colon and the host name that the unit sees",
  read(word, reader) {
    const { text } = word;
    const colon = text.indexOf(":");
    const kind = partOf(word, 0, colon < 0 ? text.length : colon);
    const known = hostnameWords.find((candidate) => candidate.word === kind.text);
    const truth = readBoolean(kind.text);
    if (known === undefined && truth === undefined) {
      if (reader.isOpen(word)) return;
      const names = ["yes", "no", ...hostnameWords.map((candidate) => candidate.word)];
      faultWord(reader, kind, { check: "unit/invalid-value", ...wrongWord(kind, reader, names) });
      return;
    }
    pieceWord(reader, kind, "keyword", known?.description);
    if (known !== undefined) reportNewWord(kind, known, reader);
    if (colon >= 0) readHostname(partOf(word, colon + 1), truth, known === undefined, reader);
  },
  offer: (word, at) =>
    word.text.slice(0, at).includes(":") ? undefined : offerWhole(word, [...yesNo, ...hostnameWords.map(choiceOf)]),
};

function readHostname(word: Word, truth: boolean | undefined, sayVersion: boolean, reader: Reader): void {
  if (truth === false) {
    faultWord(reader, word, {
      check: "unit/invalid-value",
      message: `"no" cannot have a host name; remove ":${word.text}", or use "private:${word.text}"`,
    });
  } else if (sayVersion && reader.systemd < hostnameSince) {
    faultWord(reader, word, {
      check: "unit/too-new",
      message: `a host name in "${reader.setting.name}=" requires systemd ${hostnameSince} or later, but the extension also targets systemd ${reader.systemd}, which ignores the setting; raise the target version, or remove it`,
    });
  } else pieceWord(reader, word, "string");
}

const refreshed = findWords("ServiceRefreshOnReload");

const refreshedWord: Grammar = {
  syntax: "what to refresh",
  read(word, reader) {
    const known = refreshed.find((candidate) => candidate.word === word.text);
    if (known !== undefined) return pieceWord(reader, word, "keyword", known.description);
    const names = refreshed.map((candidate) => candidate.word);
    const meant = meantWord(word.text, names);
    faultWord(reader, word, {
      check: "unit/invalid-value",
      message: `"${word.text}" cannot be refreshed; ${meant === undefined ? `use ${names.map((name) => `"${name}"`).join(" or ")}` : `did you mean "${meant}"?`}`,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    });
  },
  offer: (word) => offerWhole(word, [...yesNo, ...refreshed.map(choiceOf)]),
};

/** What is refreshed when a service is reloaded: all, nothing, or some of it. */
export const refreshOnReload: Grammar = {
  syntax: "a boolean, or `extensions` and `credentials`; with `~` first, all except these",
  read(word, reader) {
    if (readBoolean(word.text) !== undefined) return pieceWord(reader, word, "keyword");
    const inverted = word.text.startsWith("~") ? 1 : 0;
    reader.piece(word, 0, inverted, "operator", "`~`: all except these");
    const list = partOf(word, inverted);
    for (const part of splitWords(list.text, relaxedWords)) refreshedWord.read(placeIn(list, part), reader);
  },
  offer: (word, at, reader) => offerInList(word, at, reader, refreshedWord, relaxedWords),
};
