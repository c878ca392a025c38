// What tells partitions apart: types, UUIDs and flags.
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, wrongWord } from "./choices.ts";
import { faultWord, type Grammar, offerWhole, pieceWord } from "./grammar.ts";
import { readUnsigned64 } from "./unsigned.ts";

const uuidForm = /^(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

const types = findWords("GptPartitionType");
const typeNames: ReadonlyMap<string, string | undefined> = new Map(
  types.map(({ word, description }) => [word, description]),
);

/** The type of a partition by its name, or its UUID. */
export const partitionType: Grammar = {
  syntax: "a type such as `usr` or `root-x86-64-verity`, or a UUID",
  read(word, reader) {
    const { text } = word;
    if (typeNames.has(text)) return pieceWord(reader, word, "keyword", typeNames.get(text));
    if (uuidForm.test(text)) return pieceWord(reader, word, "number");
    faultWord(reader, word, {
      check: "transfer/value",
      ...wrongWord(word, reader, [...typeNames.keys()]),
    });
  },
  offer: (word) => offerWhole(word, types.map(choiceOf)),
};

/** A UUID, with or without hyphens. */
export const uuid: Grammar = {
  syntax: "a UUID",
  read(word, reader) {
    const { text } = word;
    if (uuidForm.test(text)) return pieceWord(reader, word, "number");
    const bare = text.replace(/^[{"'](.*)[}"']$/, "$1");
    const meant = bare !== text && uuidForm.test(bare) ? [bare] : undefined;
    faultWord(reader, word, {
      check: "transfer/value",
      message: `"${text}" is not a UUID, so systemd ignores the setting; use 32 hexadecimal digits, such as "6a1f0c3e-3c1b-4b0f-9a64-8f2f0c6f4a11"`,
      ...(meant === undefined ? {} : { replacements: meant }),
    });
  },
};

/** Up to here systemd reads flags as decimal unless they begin with `0x`; later ones are always hexadecimal. */
const lastDecimal = 261;

const bits: readonly (readonly [number, string])[] = [
  [60, "read-only"],
  [63, "not mounted automatically"],
  [59, "grows to the size of the partition"],
  [0, "required by the platform"],
  [2, "legacy BIOS bootable"],
];

function describeFlags(text: string): string | undefined {
  const flags = BigInt(`0x${text.replace(/^\+?0x/i, "")}`);
  const names = bits.filter(([bit]) => (flags >> BigInt(bit)) & 1n).map(([, name]) => name);
  return names.length === 0 ? undefined : names.join(", ");
}

/** The flags of a partition: 64 bits. */
export const flags: Grammar = {
  syntax: "64 bits in hexadecimal (`0x1000000000000000`)",
  read(word, reader) {
    const { text } = word;
    const isHexadecimal = /^\+?(?:0[xX])?[0-9a-fA-F]{1,16}$/.test(text);
    const isDecimal = readUnsigned64(text) !== undefined;
    const hasPrefix = /^\+?0[xX]/.test(text);
    if (isHexadecimal && (isDecimal || reader.systemd > lastDecimal)) {
      return pieceWord(reader, word, "number", () => (hasPrefix ? describeFlags(text) : undefined));
    }
    if (isDecimal && reader.systemd <= lastDecimal) return pieceWord(reader, word, "number");
    faultWord(
      reader,
      word,
      isHexadecimal
        ? {
            check: "transfer/value",
            message: `systemd ${lastDecimal} and earlier read "${text}" as a decimal number, which is not valid; use "0x${text}"`,
            replacements: [`0x${text}`],
          }
        : {
            check: "transfer/value",
            message: `"${text}" is not a 64-bit hexadecimal number, so systemd ignores the setting; use for example "0x1000000000000000"`,
          },
    );
  },
  offer: (word) =>
    offerWhole(word, [
      { text: "0x1000000000000000", detail: "read-only" },
      { text: "0x8000000000000000", detail: "not mounted automatically" },
      { text: "0x0800000000000000", detail: "grows to the size of the partition" },
    ]),
};
