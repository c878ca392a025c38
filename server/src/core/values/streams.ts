// Values about a unit's input and output: where they come from and go to, and texts that are handed in.
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, meantWord } from "./choices.ts";
import { type Choice, faultWord, type Grammar, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { isFdName } from "./identifiers.ts";
import { checkPath, literalQuotes } from "./paths.ts";
import { readEscape } from "./words.ts";

/** Words with a colon and more behind them. */
const withPath = ["file", "append", "truncate"];

/** Outputs of old, with what systemd puts in their place. */
const replaced: ReadonlyMap<string, string> = new Map([
  ["syslog", "journal"],
  ["syslog+console", "journal+console"],
]);

function stream(list: string, syntax: string): Grammar {
  const words = findWords(list);
  const plain = words.map(({ word }) => word).filter((word) => !withPath.includes(word));
  const choices: readonly Choice[] = words
    .filter(({ word }) => !replaced.has(word))
    .map((word) => (withPath.includes(word.word) ? { ...choiceOf(word), text: `${word.word}:` } : choiceOf(word)));
  return {
    syntax,
    read(word, reader) {
      const { text } = word;
      const colon = text.indexOf(":");
      const kind = colon < 0 ? text : text.slice(0, colon);
      const known = words.find((candidate) => candidate.word === kind);
      const takesMore = kind === "fd" || withPath.includes(kind);
      if (known === undefined || (colon < 0 ? withPath.includes(kind) : !takesMore)) {
        faultStream(word, reader, plain); // specifiers are replaced behind the colon only
        return;
      }
      reader.piece(word, 0, kind.length, "keyword", known.description);
      if (colon < 0) reportReplaced(word, reader);
      else readTarget(partOf(word, colon + 1), kind, reader);
    },
    offer(word, at) {
      const colon = word.text.indexOf(":");
      if (colon < 0 || at <= colon) return { from: 0, to: word.text.length, choices };
      return withPath.includes(word.text.slice(0, colon))
        ? { from: colon + 1, to: word.text.length, choices: [], around: "paths" }
        : undefined;
    },
  };
}

function faultStream(word: Word, reader: Reader, plain: readonly string[]): void {
  const { text } = word;
  const kind = text.replace(/:.*/s, "");
  const meant = /^(?:%[A-Za-z])?\//.test(text) ? `file:${text}` : kind === text ? meantWord(text, plain) : undefined;
  const quotes = literalQuotes(text);
  faultWord(
    reader,
    word,
    quotes ?? {
      check: "unit/invalid-value",
      message:
        meant === undefined
          ? `"${text}" is not a valid value for "${reader.setting.name}="; use ${plain
              .filter((name) => !replaced.has(name))
              .map((name) => `"${name}"`)
              .join(", ")}, or "file:" and a path`
          : `"${text}" is not a valid value for "${reader.setting.name}="; did you mean "${meant}"?`,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    },
  );
}

function reportReplaced(word: Word, reader: Reader): void {
  const replacement = replaced.get(word.text);
  if (replacement === undefined) return;
  faultWord(reader, word, {
    check: "unit/deprecated-value",
    severity: "info",
    message: `systemd reads "${word.text}" as "${replacement}"; use that`,
    replacements: [replacement],
  });
}

/** What stands behind the colon: a path, or the name of a file descriptor. */
function readTarget(target: Word, kind: string, reader: Reader): void {
  if (kind !== "fd") {
    checkPath(target, reader);
    return;
  }
  if (reader.isOpen(target)) return;
  if (isFdName(target.text)) pieceWord(reader, target, "string");
  else {
    faultWord(reader, target, {
      check: "unit/invalid-value",
      message: `"${target.text}" is not a valid file descriptor name; use ASCII characters, without colons`,
    });
  }
}

export const execInput: Grammar = stream(
  "ExecInput",
  "`null`, `tty`, `tty-force`, `tty-fail`, `socket`, `data`, `fd[:NAME]` or `file:PATH`",
);

export const execOutput: Grammar = stream(
  "ExecOutput",
  "`inherit`, `null`, `tty`, `journal`, `kmsg`, `socket`, `fd[:NAME]`, `file:PATH`, `append:PATH` or `truncate:PATH`",
);

/** A text with escapes as in C. */
export const escapedText: Grammar = {
  syntax: "text with C escape sequences (`\\n`); a newline is added",
  read(word, reader) {
    for (let at = word.text.indexOf("\\"); at >= 0; ) {
      const known = readEscape(word.text, at);
      if (known === undefined) {
        const written = word.text.slice(at, at + 2);
        reader.fault(word, at, at + written.length, {
          check: "unit/exec-escape",
          message: `unknown escape sequence "${written}", so systemd ignores the text; use "\\${written}" for a backslash`,
          replacements: [`\\${written}`],
        });
        return;
      }
      reader.piece(word, at, at + known.length, "escape");
      at = word.text.indexOf("\\", at + known.length);
    }
  },
};

/** Data in Base64, with blanks anywhere. */
export const base64: Grammar = {
  syntax: "data in Base64",
  read(word, reader) {
    const bare = word.text.replaceAll(/[ \t\r\n]/g, "");
    if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(bare)) return;
    const sign = /[^A-Za-z0-9+/=]/.exec(bare)?.[0];
    faultWord(reader, word, {
      check: "unit/invalid-value",
      message:
        sign === undefined
          ? 'this is not valid Base64; pad the last group of four digits with "="'
          : `"${sign}" is not valid in Base64; encode the data, or use "StandardInputText="`,
    });
  },
};

const openFileFlags = findWords("OpenFileFlag").map(({ word }) => word);
const modes = openFileFlags.filter((flag) => flag !== "graceful");

/** A file that is opened for the service, its name there, and how. */
export const openFile: Grammar = {
  syntax: "`PATH[:NAME[:OPTIONS]]`, options `read-only`, `append`, `truncate` and `graceful`, separated by commas",
  read(word, reader) {
    const [path = "", name, options, ...more] = word.text.split(":");
    checkPath(partOf(word, 0, path.length), reader);
    if (name === undefined) return;
    const from = path.length + 1;
    reader.piece(word, from, from + name.length, "string");
    if (options === undefined) return;
    if (more.length > 0) {
      return faultWord(reader, word, {
        check: "unit/invalid-value",
        message: `"${word.text}" has too many parts; use PATH:NAME:OPTIONS`,
      });
    }
    readFlags(word, from + name.length + 1, options, reader);
  },
  offer(word, at) {
    const before = word.text.slice(0, at);
    const parts = before.split(":");
    if (parts.length === 1) {
      return { from: 0, to: /^[^:]*/.exec(word.text)?.[0].length ?? 0, choices: [], around: "paths" };
    }
    if (parts.length === 2) return undefined;
    const from = Math.max(before.lastIndexOf(":"), before.lastIndexOf(",")) + 1;
    return { from, to: word.text.length, choices: openFileFlags.map((text) => ({ text })) };
  },
};

function readFlags(word: Word, start: number, options: string, reader: Reader): void {
  let at = start;
  let mode: string | undefined;
  for (const flag of options.split(",")) {
    const part = partOf(word, at, at + flag.length);
    at += flag.length + 1;
    if (!openFileFlags.includes(flag)) {
      const meant = meantWord(flag, openFileFlags);
      faultWord(reader, part, {
        check: "unit/invalid-value",
        message: `"${flag}" is not an option of "OpenFile="; ${meant === undefined ? `use ${openFileFlags.map((text) => `"${text}"`).join(", ")}` : `did you mean "${meant}"?`}`,
        ...(meant === undefined ? {} : { replacements: [meant] }),
      });
    } else if (modes.includes(flag) && mode !== undefined && mode !== flag) {
      faultWord(reader, part, {
        check: "unit/invalid-value",
        message: `"${mode}" and "${flag}" cannot be combined; remove one`,
      });
    } else {
      pieceWord(reader, part, "keyword");
      if (modes.includes(flag)) mode = flag;
    }
  }
}
