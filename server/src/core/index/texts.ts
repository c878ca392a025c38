// Positions in texts, and the word that was probably meant.
export { type LineIndex, lineIndex, type Position } from "../text/line-index.ts";
export { findNearest } from "../text/nearest.ts";
export type { Span } from "../text/span.ts";
