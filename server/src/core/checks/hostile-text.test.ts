// Holds the cost of checking to the length of the text, whatever stands in it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { repeated } from "../../../../test/support/long-texts.ts";
import { checkRelease } from "./er/index.ts";

const texts: Readonly<Record<string, string>> = {
  "empty lines": repeated("\n"),
  "lines of blanks": repeated("\t\n"),
  quotes: `ID=${repeated('"')}`,
  "an open quote before empty lines": `ID="${repeated("\n")}`,
  "an open quote before blanks": `ID="a\n${repeated(" ")}`,
  "blanks in a value": `ID=a${repeated(" ")}b`,
  "blanks in a key": `a${repeated(" ")}b=1\n`,
  "blanks behind export": `export${repeated(" ")}ID=a`,
  "signs of comments in a value": `ID=${repeated("a#")}`,
  backslashes: `ID=a${repeated("\\")}`,
  "one long key": `${repeated("A_")}=1\n`,
  scopes: `ID=_any\nSYSEXT_SCOPE=${repeated("x ")}\n`,
  comments: repeated("#\n"),
  "keys that look like known ones": repeated("ARCHITECTURES_X=1\n"),
};

for (const [what, text] of Object.entries(texts)) {
  test(`a mebibyte of ${what} is checked in linear time`, () => {
    const findings = checkRelease(text, { suffix: "demo", location: "sysext" });
    for (const { span } of findings) assert.ok(span.end <= text.length);
  });
}
