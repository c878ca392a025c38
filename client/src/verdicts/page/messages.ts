// The messages between the verdicts on an extension and their page: a table of texts.
import { fieldsOf } from "../../pages/browser/message-fields.ts";

/** How a comparison or a host's verdict came out; `none` for a comparison that systemd did not make. */
export type Outcome = "passed" | "match" | "reject" | "error" | "ignored" | "none";

export interface PageCell {
  /** What came out, with its word; undefined where a cell is text only. */
  readonly outcome?: { readonly kind: Outcome; readonly word: string };
  /** Empty for nothing. */
  readonly text: string;
}

export interface PageRow {
  readonly title: string;
  /** `verdict` for the row that says what the hosts do, `code` for lines of a log. */
  readonly kind: "comparison" | "verdict" | "text" | "code";
  /** One for each host. */
  readonly cells: readonly PageCell[];
}

export interface PageVerdicts {
  readonly title: string;
  /** The heading of the first column. */
  readonly comparison: string;
  readonly hosts: readonly { readonly title: string; readonly subtitle: string }[];
  readonly rows: readonly PageRow[];
}

export interface ToPage {
  readonly kind: "verdicts";
  readonly verdicts: PageVerdicts;
}

export interface FromPage {
  readonly kind: "ready";
}

/** The message that the page has sent; undefined for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  const { kind } = fieldsOf(message);
  return kind === "ready" ? { kind } : undefined;
}
