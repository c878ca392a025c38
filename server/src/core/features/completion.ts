// What can be completed at the caret: plain data that an editor shows.
import type { Span } from "../text/span.ts";

export interface Completion {
  readonly label: string;
  readonly kind: "key" | "value";
  /** Short text beside the label. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
  /** What is replaced by `text`: the word around the caret. */
  readonly span: Span;
  readonly text: string;
  /** Whether the values should be offered at once after this was taken (a key with known values). */
  readonly continues: boolean;
}
