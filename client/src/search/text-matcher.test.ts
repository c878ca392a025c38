// Texts and expressions are found as editors find them, and no expression hangs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTextMatcher, maxGivenUp, type TextQuery } from "./text-matcher.ts";

function found(text: string, query: Partial<TextQuery> & { text: string }, most = 100): string[] {
  const matcher = createTextMatcher({ matchCase: false, wholeWord: false, regex: false, ...query });
  return matcher.find([text], most).map(({ start, length }) => `${start}:${text.slice(start, start + length)}`);
}

test("a text is found in any case, or only in its own", () => {
  assert.deepEqual(found("Hello hello", { text: "hello" }), ["0:Hello", "6:hello"]);
  assert.deepEqual(found("Hello hello", { text: "hello", matchCase: true }), ["6:hello"]);
  assert.deepEqual(found("ÄRGER ärger", { text: "ärger" }), ["0:ÄRGER", "6:ärger"]);
});

test("signs of expressions are signs unless an expression is asked for", () => {
  assert.deepEqual(found("a.c abc [x] $1 a/b", { text: "a.c" }), ["0:a.c"]);
  assert.deepEqual(found("a.c abc", { text: "a.c", regex: true }), ["0:a.c", "4:abc"]);
  for (const text of ["[x]", "$1", "a/b", "\\", "{", "-", "^", "(?"]) {
    assert.deepEqual(found(`..${text}..`, { text }), [`2:${text}`]);
  }
});

test("a whole word has no letter beside it, of any script", () => {
  assert.deepEqual(found("id grid id_ idß id", { text: "id", wholeWord: true }), ["0:id", "16:id"]);
  assert.deepEqual(found("foo-bar", { text: "bar|o", regex: true, wholeWord: true }), ["4:bar"]);
});

test("lines begin and end where they do, and empty matches are none", () => {
  assert.deepEqual(found("a\nb\na", { text: "^a$", regex: true }), ["0:a", "4:a"]);
  assert.deepEqual(found("xyx", { text: "y*", regex: true }), ["1:y"]);
});

test("an expression in the old way of escaping works too, and a wrong one says so", () => {
  assert.deepEqual(found("a-b", { text: "a\\-b", regex: true }), ["0:a-b"]);
  assert.throws(() => found("", { text: "(", regex: true }), SyntaxError);
});

test("no more matches of a text than are wanted", () => {
  const matcher = createTextMatcher({ text: "a", matchCase: false, wholeWord: false, regex: false });
  assert.deepEqual(
    matcher.find(["aaaa", "b", "aa"], 2).map(({ text }) => text),
    [0, 0, 2, 2],
  );
});

test("an expression that would never end is given up, and what else there is is found", () => {
  const matcher = createTextMatcher({ text: "(a+)+$", matchCase: true, wholeWord: false, regex: true });
  const endless = `${"a".repeat(60)}b`;
  assert.deepEqual(
    matcher.find(["caa", endless, "aa"], 5).map(({ text, start }) => [text, start]),
    [
      [0, 1],
      [2, 0],
    ],
  );
  assert.equal(matcher.givenUp, 1);
  matcher.find(
    Array.from({ length: 50 }, () => endless),
    5,
  );
  assert.equal(matcher.givenUp, maxGivenUp);
});
