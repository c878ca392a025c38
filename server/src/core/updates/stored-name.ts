// What a new instance is called: the first pattern of the target, with what the source's name and the settings say.
import { readBoolean } from "../values/choices.ts";
import type { Pattern } from "../values/parse-pattern.ts";
import { readUnsigned64 } from "../values/unsigned.ts";
import type { WildcardLetter } from "../values/wildcards.ts";
import type { Fields } from "./match-pattern.ts";

/** A value as systemd writes it into a name; undefined for what is none. */
export function fieldInName(letter: WildcardLetter, text: string): string | undefined {
  switch (letter) {
    case "v":
      return text;
    case "u":
      return text.replaceAll("-", "").toLowerCase();
    case "f":
      return BigInt(`0x${text.trim().replace(/^\+?(?:0x)?/i, "")}`).toString(16);
    case "h":
      return text.toLowerCase();
    case "m":
      return Number.parseInt(text, 8).toString(8).padStart(3, "0");
    case "a":
    case "g":
    case "r":
      return readBoolean(text) === undefined ? undefined : readBoolean(text) ? "1" : "0";
    default: {
      const number = readUnsigned64(text.trim());
      return number === unset ? undefined : number?.toString();
    }
  }
}

/** The number that systemd keeps for "not set". */
const unset = 2n ** 64n - 1n;

export type StoredName = { readonly name: string } | { readonly missing: WildcardLetter };

/** Names a new instance by values that are in the form of names. */
export function storedName({ parts }: Pattern, values: Fields): StoredName {
  let name = "";
  for (const part of parts) {
    if (part.kind === "literal") name += part.text;
    else if (part.kind === "slash") name += "/";
    else if (part.kind === "wildcard") {
      const value = values[part.wildcard.letter];
      if (value === undefined) return { missing: part.wildcard.letter };
      name += value;
    }
  }
  return { name };
}
