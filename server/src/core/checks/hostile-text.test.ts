// Holds the cost of checking to the length of the text, whatever stands in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRelease } from "./er/index.ts";

const length = 2 ** 18;
const many = (unit: string): string => unit.repeat(length / unit.length);

const texts: Readonly<Record<string, string>> = {
  "empty lines": many("\n"),
  "lines of blanks": many("\t\n"),
  quotes: `ID=${many('"')}`,
  "an open quote before empty lines": `ID="${many("\n")}`,
  "an open quote before blanks": `ID="a\n${many(" ")}`,
  "blanks in a value": `ID=a${many(" ")}b`,
  "blanks in a key": `a${many(" ")}b=1\n`,
  "blanks behind export": `export${many(" ")}ID=a`,
  "signs of comments in a value": `ID=${many("a#")}`,
  backslashes: `ID=a${many("\\")}`,
  "one long key": `${many("A_")}=1\n`,
  scopes: `ID=_any\nSYSEXT_SCOPE=${many("x ")}\n`,
  comments: many("#\n"),
  "keys that look like known ones": many("ARCHITECTURES_X=1\n"),
};

/** Quadratic work on this much text takes minutes. */
const maxMilliseconds = 3000;

for (const [what, text] of Object.entries(texts)) {
  test(`a quarter of a mebibyte of ${what} is checked at once`, () => {
    const start = performance.now();
    checkRelease(text, { suffix: "demo", location: "sysext" });
    const milliseconds = performance.now() - start;
    assert.ok(milliseconds < maxMilliseconds, `${milliseconds} ms`);
  });
}
