// What can be completed at the caret: plain data that an editor shows.
import type { Span } from "../text/span.ts";

export type CompletionKind =
  | "key"
  | "value"
  | "section"
  | "unit"
  | "feature"
  | "file"
  | "folder"
  | "specifier"
  | "variable"
  | "snippet";

export interface Completion {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Short text beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** What is replaced by `text`: the word around the caret. It never goes over the end of a line. */
  readonly span: Span;
  readonly text: string;
  /** Whether `text` is a snippet with places to fill in, as LSP writes them. */
  readonly snippet?: boolean;
  /** Whether it is there for old files only. */
  readonly deprecated?: boolean;
  /** Whether the values should be offered at once after this was taken (a key with known values). */
  readonly continues: boolean;
}
