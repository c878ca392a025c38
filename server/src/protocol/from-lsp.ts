// From LSP to core's plain data.
import type { Position, Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Span } from "../core/index.ts";

export function fromPosition(document: TextDocument, position: Position): number {
  return document.offsetAt(position);
}

export function fromRange(document: TextDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}
