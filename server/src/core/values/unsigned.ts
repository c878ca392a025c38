// Values that are counts of 64 bits.

import type { FaultFacts } from "../model/value-reading.ts";
import { faultWord, type Grammar, offerWhole, pieceWord } from "./grammar.ts";

/** Reads a number in any base that systemd knows; undefined for others and for what 64 bits do not hold. */
export function readUnsigned64(text: string): bigint | undefined {
  const [, minus, prefixed, octal, decimal] =
    /^(?:\+|(-))?(?:(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)|(0[0-7]*)|([1-9]\d*))$/.exec(text) ?? [];
  const written = prefixed ?? decimal ?? (octal === undefined || octal === "0" ? octal : `0o${octal.slice(1)}`);
  if (written === undefined) return undefined;
  const value = BigInt(written);
  if (minus !== undefined && value !== 0n) return undefined;
  return value < 2n ** 64n ? value : undefined;
}

function faultOf(name: string, text: string, needs: string): Pick<FaultFacts, "message"> {
  return text === ""
    ? { message: `"${name}=" needs ${needs}` }
    : { message: `"${text}" is not ${needs}, so systemd ignores the setting` };
}

/** A count from 0 on. */
export const unsigned64: Grammar = {
  syntax: "a number of at least 0",
  read(word, reader) {
    if (readUnsigned64(word.text) !== undefined) return pieceWord(reader, word, "number");
    const { name } = reader.setting;
    faultWord(reader, word, { check: "transfer/value", ...faultOf(name, word.text, "a number of at least 0") });
  },
};

/** Two instances, the one that runs and the one that is written, are the least. */
const min = 2n;

/** How many versions are kept. */
export const instancesMax: Grammar = {
  syntax: "a number of at least 2",
  read(word, reader) {
    const { text } = word;
    const count = readUnsigned64(text);
    if (count !== undefined && count >= min) return pieceWord(reader, word, "number");
    const check = "transfer/instances-max";
    if (count === undefined) {
      return faultWord(reader, word, { check, ...faultOf(reader.setting.name, text, "a number of at least 2") });
    }
    faultWord(reader, word, {
      check,
      message: `"${text}" leaves no room for a version beside the running one, so systemd keeps 2; use "2" or more`,
      replacements: ["2"],
    });
  },
  offer: (word) => offerWhole(word, [{ text: "2" }, { text: "3" }]),
};
