// Credentials of a service: where they come from, or what they are.

import type { FaultFacts, Meaning } from "../model/value-reading.ts";
import { faultWord, type Grammar, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { checkPath } from "./paths.ts";
import { readEscape } from "./words.ts";

const check = "unit/invalid-value";
const maxNameLength = 255;

/** Whether a text can be the name of a file and of a descriptor, as names of credentials have to. */
function isCredentialName(text: string): boolean {
  return text !== "." && text !== ".." && text.length <= maxNameLength && /^[ -.0-9;-~]+$/.test(text);
}

/** Reads the name before the first colon; the position behind that, or -1 without one. */
function readName(word: Word, reader: Reader): number {
  const colon = word.text.indexOf(":");
  const name = partOf(word, 0, colon < 0 ? undefined : colon);
  if (reader.isOpen(name)) return colon;
  if (isCredentialName(name.text)) pieceWord(reader, name, "property");
  else faultWord(reader, name.text === "" ? word : name, notAName(name.text, word.text));
  return colon;
}

function notAName(name: string, value: string): FaultFacts {
  return {
    check,
    message:
      name === ""
        ? `"${value}" has no credential name; add it before the colon`
        : `"${name}" is not a valid credential name; use characters other than "/" and ":"`,
  };
}

/** NAME, or NAME:SOURCE. */
export const loadCredential: Grammar = {
  syntax:
    "NAME of a credential, or NAME:PATH of a file, folder or socket, or NAME:OTHER for one that the service manager has",
  read(word, reader) {
    const colon = readName(word, reader);
    const source = partOf(word, colon + 1);
    if (colon < 0 || source.text === "" || reader.isOpen(source)) return;
    if (!source.text.startsWith("/")) {
      if (isCredentialName(source.text))
        return void pieceWord(reader, source, "property", "another name of the credential");
      return void faultWord(reader, source, {
        check,
        message: `"${source.text}" is neither an absolute path nor a credential name`,
      });
    }
    if (!checkPath(source, reader)) return;
    const simple = source.text.replaceAll(/\/(?:\.?\/)+/g, "/").replace(/(?<=.)\/\.$/, "");
    if (simple === source.text) return;
    faultWord(reader, source, {
      check: "unit/path-not-normalized",
      message: `systemd does not accept sources with empty parts or ".", such as "${source.text}"; use "${simple}"`,
      replacements: [simple],
    });
  },
  offer({ text }, at) {
    const colon = text.indexOf(":");
    return colon >= 0 && at > colon ? { from: colon + 1, to: text.length, choices: [], around: "paths" } : undefined;
  },
};

/** NAME:VALUE with escapes as in C; the name alone has specifiers. */
export const setCredential: Grammar = {
  syntax: "NAME:VALUE, with escapes such as `\\n`",
  expanded: (text) => text.replace(/:.*$/s, ({ length }) => " ".repeat(length)),
  read(word, reader) {
    const colon = readName(word, reader);
    const value = partOf(word, colon + 1);
    if (colon < 0 || value.text === "") {
      return void faultWord(reader, word, {
        check,
        message: `"${word.text}" has no value; add one after the name and a colon`,
      });
    }
    const data = readData(value, reader);
    if (data === undefined || !reader.setting.name.endsWith("Encrypted")) return;
    if (!isBase64(data)) {
      faultWord(reader, value, {
        check,
        message: 'the text after the colon is not Base64; use the output of "systemd-creds encrypt"',
      });
    }
  },
};

/** The value without its escapes; undefined when systemd does not know one of them. */
function readData(value: Word, reader: Reader): string | undefined {
  let data = "";
  for (let at = 0; at < value.text.length; ) {
    if (value.text.charAt(at) !== "\\") {
      data += value.text.charAt(at);
      at += 1;
      continue;
    }
    const nothing = /^\\(?:x00|000|u0000|U00000000)/.exec(value.text.slice(at, at + 10));
    const decoded = nothing === null ? readEscape(value.text, at) : { text: "\0", length: nothing[0].length };
    if (decoded === undefined) {
      const written = value.text.slice(at, at + 2);
      reader.fault(value, at, at + written.length, {
        check: "unit/exec-escape",
        message: `unknown escape sequence "${written}", so systemd ignores the setting; use "\\${written}" for a backslash`,
        replacements: [`\\${written}`],
      });
      return undefined;
    }
    reader.piece(value, at, at + decoded.length, "escape");
    data += decoded.text;
    at += decoded.length;
  }
  return data;
}

function isBase64(text: string): boolean {
  const digits = text.replaceAll(/[ \t\r\n]/g, "");
  return digits.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(digits);
}

const anyEnding: Meaning = "`*`: whatever follows";

/** A name or the beginning of names, and behind a colon what they are called in the service. */
export const importCredential: Grammar = {
  syntax: "a credential name, or a prefix followed by `*`; optionally a colon and another name",
  read(word, reader) {
    const colon = word.text.indexOf(":");
    const pattern = partOf(word, 0, colon < 0 ? undefined : colon);
    if (!reader.isOpen(pattern)) readPattern(pattern, word, reader);
    const name = partOf(word, colon + 1);
    if (colon < 0 || name.text === "" || reader.isOpen(name)) return;
    if (isCredentialName(name.text)) pieceWord(reader, name, "property", "its name in the service");
    else faultWord(reader, name, notAName(name.text, word.text));
  },
};

function readPattern(pattern: Word, word: Word, reader: Reader): void {
  const sign = pattern.text.search(/[*?[\]]/);
  const atEnd = sign === pattern.text.length - 1 && pattern.text.endsWith("*");
  const name = sign < 0 ? pattern.text : pattern.text.slice(0, sign);
  if (sign >= 0 && !atEnd) {
    return void reader.fault(pattern, sign, sign + 1, {
      check,
      message: `"${pattern.text.charAt(sign)}" is not valid here; credentials only support a "*" at the end`,
    });
  }
  if (name !== "" ? !isCredentialName(name) : !atEnd) {
    return void faultWord(reader, pattern.text === "" ? word : pattern, notAName(pattern.text, word.text));
  }
  reader.piece(pattern, 0, name.length, "property");
  if (atEnd) reader.piece(pattern, name.length, pattern.text.length, "operator", anyEnding);
}
