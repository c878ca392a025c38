// Makes text from files and images safe for a terminal.

/** Controls, marks that reverse the direction of text, line separators, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Matches nearly all names, faster than `unprintable` does. */
const plain = /^[\x20-\x7e]*$/;

const shortForms: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r" };

/**
 * `text` with characters that would act on a terminal written out: `\n`, `\x1b`, `\u202e`.
 * A name's byte that is not UTF-8, kept as a lone surrogate, shows as that byte: `\xff`.
 */
export function printable(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(unprintable, (character) => shortForms[character] ?? escapeCode(character.charCodeAt(0)));
}

function escapeCode(code: number): string {
  const byte = code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
  return byte <= 0xff ? `\\x${byte.toString(16).padStart(2, "0")}` : `\\u${byte.toString(16).padStart(4, "0")}`;
}
