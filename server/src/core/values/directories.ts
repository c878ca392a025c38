// Folders that systemd makes for a service below a fixed one, such as RuntimeDirectory=.
import { findWords } from "../tables/find-unit-setting.ts";
import { reportNewWord, wrongWord } from "./choices.ts";
import { faultEscape, partAround, splitColons } from "./colon-parts.ts";
import { faultWord, type Grammar, pieceWord, type Reader, type Word } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";
import { keptWords, listOf } from "./words.ts";

const check = "unit/invalid-value";
const flags = findWords("ExecDirectoryFlags");

/** Where the folders of a setting are, for the system's own units. */
const folders: ReadonlyMap<string, string> = new Map([
  ["RuntimeDirectory", "/run"],
  ["StateDirectory", "/var/lib"],
  ["CacheDirectory", "/var/cache"],
  ["LogsDirectory", "/var/log"],
  ["ConfigurationDirectory", "/etc"],
]);

const directory: Grammar = {
  syntax: "a path relative to a fixed directory",
  read(word, reader) {
    const parts = splitColons(word);
    if (faultEscape(parts, reader)) return;
    const [path = word, link, flag] = parts;
    if (word.text === ":") {
      const { name } = reader.setting;
      return void faultWord(reader, word, { check, message: `":" does not name a directory; add one for "${name}="` });
    }
    readFolder(path, reader, true);
    if (link !== undefined && link.text !== "") {
      if (reader.setting.name === "ConfigurationDirectory") return void faultWord(reader, link, noLink(word));
      readFolder(link, reader, false);
    }
    if (flag !== undefined) readFlag(flag, reader);
  },
  offer(word, at) {
    const { index, from, to } = partAround(word.text, at);
    return index === 2 ? { from, to, choices: flags.map(({ word: text, since }) => ({ text, since })) } : undefined;
  },
};

/** Folders, each with the name of a symbolic link and flags where it needs them. */
export const directories: Grammar = listOf(
  directory,
  keptWords,
  "paths relative to the setting's own directory, as PATH, PATH:LINK or PATH:LINK:FLAGS",
);

function readFolder(path: Word, reader: Reader, isFolder: boolean): void {
  const { text } = path;
  const base = folders.get(reader.setting.name) ?? "";
  const parts = text.split("/");
  if (text.startsWith("/")) {
    const below = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : undefined;
    return void faultWord(reader, path, {
      check,
      message: `"${text}" is absolute, but paths in "${reader.setting.name}=" are relative to "${base}"; use ${below ? `"${below}"` : "a relative path"}`,
      ...(below ? { replacements: [below] } : {}),
    });
  }
  if (parts.includes("..") || text === ".") {
    return void faultWord(
      reader,
      path,
      literalQuotes(text) ?? {
        check: "unit/path-not-normalized",
        message: `systemd does not accept "${text}", because it contains ".." or is the directory itself; use a path below "${base}"`,
      },
    );
  }
  if (isFolder && parts.find((part) => part !== "" && part !== ".") === "private") {
    return void faultWord(reader, path, {
      check,
      message: `"${base}/private" is reserved for directories of dynamic users; use another name for "${text}"`,
    });
  }
  pieceWord(reader, path, "path", reader.isOpen(path) ? undefined : `\`${base}/${text}\``);
}

function noLink(word: Word) {
  return {
    check,
    message: `"ConfigurationDirectory=" does not support symlinks, so systemd ignores "${word.text}"; use the path alone`,
  } as const;
}

function readFlag(word: Word, reader: Reader): void {
  if (word.text === "") return;
  const known = flags.find((candidate) => candidate.word === word.text);
  if (known === undefined) {
    return void faultWord(reader, word, {
      check,
      ...wrongWord(
        word,
        reader,
        flags.map((flag) => flag.word),
      ),
    });
  }
  pieceWord(reader, word, "keyword", known.word === "ro" ? "read-only for the service" : known.description);
  reportNewWord(word, known, reader);
}
