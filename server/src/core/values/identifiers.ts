// Values that are names of things outside of unit files: on the bus, of file descriptors, of journals.

import type { FaultFacts } from "../model/value-reading.ts";
import { faultWord, type Grammar, pieceWord } from "./grammar.ts";
import { literalQuotes } from "./paths.ts";

const maxNameLength = 255;

function identifier(syntax: string, what: string, rule: string, isOne: (text: string) => boolean): Grammar {
  return {
    syntax,
    read(word, reader) {
      if (reader.isOpen(word)) return;
      const { text } = word;
      if (isOne(text)) return pieceWord(reader, word, "string");
      const fault: FaultFacts = literalQuotes(text) ?? {
        check: "unit/invalid-value",
        message: `"${text}" is not a valid name of ${what}; ${text.length > maxNameLength ? "use a shorter one" : rule}`,
      };
      faultWord(reader, word, fault);
    },
  };
}

/** A name on the bus: parts with points between them, or a number of a connection. */
export function isBusName(text: string): boolean {
  if (text.length > maxNameLength) return false;
  if (text.startsWith(":")) return /^:[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+$/.test(text);
  return /^[A-Za-z_-][A-Za-z0-9_-]*(?:\.[A-Za-z_-][A-Za-z0-9_-]*)+$/.test(text);
}

export const busName: Grammar = identifier(
  "a D-Bus name (`org.example.Demo`)",
  "a D-Bus service",
  'use parts of letters, digits and "_" separated by ".", such as "org.example.Demo"',
  isBusName,
);

/** Whether a text can name a file descriptor. */
export function isFdName(text: string): boolean {
  return text.length <= maxNameLength && /^[\x20-\x7e]*$/.test(text) && !text.includes(":");
}

export const fdName: Grammar = identifier(
  "a name without colons",
  "a file descriptor",
  "use ASCII characters, without colons",
  isFdName,
);

/** What the kernel, or the program that reboots, is told. */
export const rebootArgument: Grammar = identifier(
  "an ASCII text for the kernel",
  "what to boot into",
  "use ASCII characters",
  (text) => /^\p{ASCII}*$/u.test(text) && text.length <= maxNameLength,
);

/** Longer names make paths of the journal's folders too long. */
const maxNamespaceLength = 187;

export const logNamespace: Grammar = identifier(
  "the name of a journal namespace",
  "a journal namespace",
  'use letters, digits and ":", "-", "_", "." only',
  (text) => /^[A-Za-z0-9:_.@-]+$/.test(text) && text.length <= maxNamespaceLength,
);
