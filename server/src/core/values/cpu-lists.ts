// Lists of processors or memory nodes by index: "0-3,8".
import { type Grammar, offerWhole, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { faultQuote, placeIn, type Splitting, splitWords } from "./words.ts";

const splitting: Splitting = { quotes: true, backslash: "dropped", separators: `, \t\r\n` };
/** systemd keeps room for this many processors at most. */
const max = 8191;

/** Indices and ranges of them; `keyword` may stand in place of the whole list. */
export function cpuList(keyword?: string): Grammar {
  const also = keyword === undefined ? "" : `, or \`${keyword}\``;
  return {
    syntax: `numbers and ranges (\`0-3 8\`)${also}`,
    read(value, reader) {
      if (keyword !== undefined && value.text === keyword) return void pieceWord(reader, value, "keyword");
      for (const word of splitWords(value.text, splitting)) {
        const place = placeIn(value, word);
        if (word.openQuote !== undefined) faultQuote(reader, place);
        else readIndices(place, keyword, reader);
      }
    },
    ...(keyword === undefined ? {} : { offer: (word: Word) => offerWhole(word, [{ text: keyword }]) }),
  };
}

function readIndices(word: Word, keyword: string | undefined, reader: Reader): void {
  if (reader.isOpen(word)) return;
  const dash = word.text.indexOf("-", 1);
  const first = readInteger(dash < 0 ? word.text : word.text.slice(0, dash));
  const last = dash < 0 ? first : readInteger(word.text.slice(dash + 1));
  if (first === undefined || last === undefined || first < 0 || last < 0) {
    const alone = word.text.toLowerCase() === keyword;
    const whole = alone && word.text !== keyword;
    return void reader.fault(word, 0, word.text.length, {
      check: "unit/invalid-value",
      message: alone
        ? `"${keyword}" must be in lowercase and must be the only word`
        : `"${word.text}" is not a number or range; use numbers and ranges such as "0-3"`,
      ...(whole && keyword !== undefined ? { replacements: [keyword] } : {}),
    });
  }
  if (first > last) {
    return void reader.fault(word, 0, word.text.length, {
      check: "unit/invalid-value",
      message: `the range "${word.text}" runs backwards, so systemd ignores the setting; use "${word.text.slice(dash + 1)}-${word.text.slice(0, dash)}"`,
      replacements: [`${word.text.slice(dash + 1)}-${word.text.slice(0, dash)}`],
    });
  }
  if (last > max) {
    return void reader.fault(word, 0, word.text.length, {
      check: "unit/invalid-value",
      message: `"${word.text}" is greater than ${max}, the largest number that systemd accepts`,
    });
  }
  if (dash < 0) return void pieceWord(reader, word, "number");
  pieceWord(reader, partOf(word, 0, dash), "number");
  reader.piece(word, dash, dash + 1, "operator");
  pieceWord(reader, partOf(word, dash + 1), "number");
}
