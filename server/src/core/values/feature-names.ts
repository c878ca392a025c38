// Values that name features, optional parts of an update.
import { faultWord, type Grammar, type Offer, pieceWord } from "./grammar.ts";
import { keptWords, offerInList, placeIn, splitWords } from "./words.ts";

const feature: Grammar = {
  syntax: "a feature's name",
  read: (word, reader) => pieceWord(reader, word, "feature"),
  offer: (word): Offer => ({ from: 0, to: word.text.length, choices: [], around: "features" }),
};

/** Names of features; each is that of a `.feature` file without the ending. */
export const featureNames: Grammar = {
  syntax: "feature names, separated by spaces",
  read(value, reader) {
    for (const part of splitWords(value.text, keptWords)) {
      const word = placeIn(value, part);
      if (part.openQuote === undefined) feature.read(word, reader);
      else {
        faultWord(reader, word, {
          check: "transfer/value",
          message: `the quote in "${word.text}" is not closed, so systemd ignores the setting; remove it`,
        });
      }
    }
  },
  offer: (value, at, reader) => offerInList(value, at, reader, feature, keptWords),
};
