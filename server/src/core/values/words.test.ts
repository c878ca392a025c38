// Values are taken apart as systemd does, however quotes and backslashes count.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  bareWords,
  cWords,
  keptWords,
  plainWords,
  readEscape,
  relaxedWords,
  type Splitting,
  splitWords,
} from "./words.ts";

/** Each word as `start-end text`, then what is said of its quotes and escapes. */
function shown(text: string, splitting: Splitting, from?: number): string[] {
  return splitWords(text, splitting, from).map(({ start, end, text: word, quoted, openQuote, unknownEscapes = [] }) =>
    [
      `${start}-${end} ${word}`,
      ...(quoted ? ["quoted"] : []),
      ...(openQuote === undefined ? [] : [`open ${openQuote}`]),
      ...unknownEscapes.map(({ at, text: written }) => `unknown ${at} ${written}`),
    ].join("; "),
  );
}

const splittings: Readonly<Record<string, readonly [Splitting, Readonly<Record<string, readonly string[]>>]>> = {
  cWords: [
    cWords,
    {
      "a  b": ["0-1 a", "3-4 b"],
      " \t\r\na\t": ["4-5 a"],
      '"a b" c': ["0-5 a b; quoted", "6-7 c"],
      "x'a b'y": ["0-7 xa by; quoted"],
      '"a': ["0-2 a; quoted; open 0"],
      "'a \"": ['0-4 a "; quoted; open 0'],
      "a\\ b": ["0-4 a\\ b; unknown 1 \\ "],
      "a\\qb c": ["0-4 a\\qb; unknown 1 \\q", "5-6 c"],
      "a\\": ["0-2 a\\"],
      '"a\\"b"': ['0-6 a"b; quoted'],
      "'a\\'b'": ["0-6 a'b; quoted"],
      'a""b': ["0-4 ab; quoted"],
      '""': ["0-2 ; quoted"],
      "\\x41\\t": ["0-6 A\t"],
      "a\"b c\"d'e f'": ["0-12 ab cde f; quoted"],
      '\\"a b': ['0-3 "a', "4-5 b"],
    },
  ],
  relaxedWords: [
    relaxedWords,
    {
      "a  b": ["0-1 a", "3-4 b"],
      " \t\r\na\t": ["4-5 a"],
      '"a b" c': ["0-5 a b; quoted", "6-7 c"],
      "x'a b'y": ["0-7 xa by; quoted"],
      '"a': ["0-2 a; quoted; open 0"],
      "'a \"": ['0-4 a "; quoted; open 0'],
      "a\\ b": ["0-4 a b"],
      "a\\qb c": ["0-4 aqb", "5-6 c"],
      "a\\": ["0-2 a\\"],
      '"a\\"b"': ['0-6 a"b; quoted'],
      "'a\\'b'": ["0-6 a'b; quoted"],
      'a""b': ["0-4 ab; quoted"],
      '""': ["0-2 ; quoted"],
      "\\x41\\t": ["0-6 x41t"],
      "a\"b c\"d'e f'": ["0-12 ab cde f; quoted"],
      '\\"a b': ['0-3 "a', "4-5 b"],
    },
  ],
  keptWords: [
    keptWords,
    {
      "a  b": ["0-1 a", "3-4 b"],
      " \t\r\na\t": ["4-5 a"],
      '"a b" c': ["0-5 a b; quoted", "6-7 c"],
      "x'a b'y": ["0-7 xa by; quoted"],
      '"a': ["0-2 a; quoted; open 0"],
      "'a \"": ['0-4 a "; quoted; open 0'],
      "a\\ b": ["0-2 a\\", "3-4 b"],
      "a\\qb c": ["0-4 a\\qb", "5-6 c"],
      "a\\": ["0-2 a\\"],
      '"a\\"b"': ["0-6 a\\b; quoted; open 5"],
      "'a\\'b'": ["0-6 a\\b; quoted; open 5"],
      'a""b': ["0-4 ab; quoted"],
      '""': ["0-2 ; quoted"],
      "\\x41\\t": ["0-6 \\x41\\t"],
      "a\"b c\"d'e f'": ["0-12 ab cde f; quoted"],
      '\\"a b': ["0-5 \\a b; quoted; open 1"],
    },
  ],
  plainWords: [
    plainWords,
    {
      "a  b": ["0-1 a", "3-4 b"],
      " \t\r\na\t": ["4-5 a"],
      '"a b" c': ['0-2 "a', '3-5 b"', "6-7 c"],
      "x'a b'y": ["0-3 x'a", "4-7 b'y"],
      '"a': ['0-2 "a'],
      "'a \"": ["0-2 'a", '3-4 "'],
      "a\\ b": ["0-2 a\\", "3-4 b"],
      "a\\qb c": ["0-4 a\\qb", "5-6 c"],
      "a\\": ["0-2 a\\"],
      '"a\\"b"': ['0-6 "a\\"b"'],
      "'a\\'b'": ["0-6 'a\\'b'"],
      'a""b': ['0-4 a""b'],
      '""': ['0-2 ""'],
      "\\x41\\t": ["0-6 \\x41\\t"],
      "a\"b c\"d'e f'": ['0-3 a"b', "4-9 c\"d'e", "10-12 f'"],
      '\\"a b': ['0-3 \\"a', "4-5 b"],
    },
  ],
  bareWords: [
    bareWords,
    {
      "a  b": ["0-1 a", "3-4 b"],
      " \t\r\na\t": ["4-5 a"],
      '"a b" c': ['0-2 "a', '3-5 b"', "6-7 c"],
      "x'a b'y": ["0-3 x'a", "4-7 b'y"],
      '"a': ['0-2 "a'],
      "'a \"": ["0-2 'a", '3-4 "'],
      "a\\ b": ["0-4 a b"],
      "a\\qb c": ["0-4 aqb", "5-6 c"],
      "a\\": ["0-2 a\\"],
      '"a\\"b"': ['0-6 "a"b"'],
      "'a\\'b'": ["0-6 'a'b'"],
      'a""b': ['0-4 a""b'],
      '""': ['0-2 ""'],
      "\\x41\\t": ["0-6 x41t"],
      "a\"b c\"d'e f'": ['0-3 a"b', "4-9 c\"d'e", "10-12 f'"],
      '\\"a b': ['0-3 "a', "4-5 b"],
    },
  ],
};

for (const [name, [splitting, expected]] of Object.entries(splittings)) {
  test(`takes values apart as ${name}`, () => {
    for (const [text, words] of Object.entries(expected)) assert.deepEqual(shown(text, splitting), words, text);
  });
}

test("begins where it is told to, and separates by other signs than blanks", () => {
  assert.deepEqual(shown("ab cd ef", cWords, 3), ["3-5 cd", "6-8 ef"]);
  assert.deepEqual(shown("a,b ,c", { quotes: false, backslash: "kept", separators: "," }), [
    "0-1 a",
    "2-4 b ",
    "5-6 c",
  ]);
});

test("reads the escapes of C that systemd knows", () => {
  const known: Readonly<Record<string, string>> = {
    "\\a": "\u0007",
    "\\b": "\b",
    "\\f": "\f",
    "\\n": "\n",
    "\\r": "\r",
    "\\t": "\t",
    "\\v": "\v",
    "\\\\": "\\",
    '\\"': '"',
    "\\'": "'",
    "\\s": " ",
    "\\x4F": "O",
    "\\u20ac": "\u20ac",
    "\\U0001f600": "\u{1f600}",
    "\\U0010ffff": "\u{10ffff}",
    "\\101": "A",
    "\\377": "\u00ff",
  };
  for (const [written, text] of Object.entries(known)) {
    assert.deepEqual(readEscape(written, 0), { text, length: written.length }, written);
    assert.deepEqual(readEscape(`x${written}9`, 1), { text, length: written.length }, written);
  }
  const unknown = ["\\", "\\q", "\\x4", "\\xg0", "\\x00", "\\000", "\\400", "\\18", "\\u123", "\\U00110000"];
  for (const written of unknown) assert.equal(readEscape(written, 0), undefined, written);
});
