import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { fromPosition, fromRange } from "./from-lsp.ts";

const document = TextDocument.create("file:///x", "plain", 1, "ab\r\n\u{1f600}c\nd");

test("positions count lines from 0 and UTF-16 units, and end with their line", () => {
  assert.equal(fromPosition(document, { line: 0, character: 1 }), 1);
  assert.equal(fromPosition(document, { line: 1, character: 2 }), 6);
  assert.equal(fromPosition(document, { line: 0, character: 99 }), 2);
  assert.equal(fromPosition(document, { line: 9, character: 0 }), 9);
});

test("a range keeps its sides", () => {
  const range = { start: { line: 0, character: 2 }, end: { line: 2, character: 1 } };
  assert.deepEqual(fromRange(document, range), { start: 2, end: 9 });
});
