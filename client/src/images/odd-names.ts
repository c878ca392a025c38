// File names that are not UTF-8, written so that URIs and the screen can hold them, and back.
//
// An odd byte is a lone surrogate in our strings (see image/src/tree/names.ts), which a URI cannot hold. It becomes "%E9";
// a "%" of the name that could be mistaken for that becomes "%25".

const oddByte = /[\udc80-\udcff]/gu;
const mistakable = /%(?=[89A-F][0-9A-F]|25)/g;
const escaped = /%([89A-F][0-9A-F]|25)/g;

/** A name or path from an image as well-formed text; different names give different texts. */
export function escapeOddName(name: string): string {
  return name
    .replace(mistakable, "%25")
    .replace(oddByte, (byte) => `%${(byte.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}`);
}

/** The name or path that `escapeOddName` was given. */
export function unescapeOddName(text: string): string {
  return text.replace(escaped, (_, hex: string) =>
    hex === "25" ? "%" : String.fromCharCode(0xdc00 + Number.parseInt(hex, 16)),
  );
}

/** Controls, marks that reverse the direction of text, line ends, and blanks without width. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const invisible = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** A name or path from an image for people: as `escapeOddName`, and what would not be seen is written out as `\x1b`, `\u202e`. */
export function shownName(name: string): string {
  return escapeOddName(name).replace(invisible, (character) => {
    const code = character.charCodeAt(0).toString(16);
    return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
  });
}
