// The messages between a comparison and its page: the differences as texts, and what the reader chose.
import { fieldsOf } from "../../pages/browser/message-fields.ts";

export type ChangeKind = "added" | "removed" | "changed";

export interface PageWords {
  readonly title: string;
  readonly show: string;
  readonly ignore: string;
  readonly times: string;
  readonly owners: string;
  /** What a screen reader calls the tree. */
  readonly tree: string;
}

/** A path that differs. */
export interface PageRow {
  readonly path: string;
  readonly change: ChangeKind;
  readonly word: string;
  /** What differs, such as "mode -rw-r--r-- → -rwxr-xr-x". */
  readonly aspects: readonly string[];
  /** Empty when it has none. */
  readonly size: string;
  /** Whether a click opens it. */
  readonly opens: boolean;
}

export interface PageChanges {
  readonly summary: string;
  /** What was left out; empty for nothing. */
  readonly note: string;
  readonly labels: Readonly<Record<ChangeKind, string>>;
  readonly rows: readonly PageRow[];
}

/** Differences that the reader does not want to see. */
export interface Ignored {
  readonly times: boolean;
  readonly owners: boolean;
}

export type ToPage =
  | { readonly kind: "words"; readonly words: PageWords }
  | { readonly kind: "changes"; readonly changes: PageChanges };

export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "ignore"; readonly ignore: Ignored }
  | { readonly kind: "open"; readonly path: string };

/** The message that the page has sent; undefined for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  const { kind, ignore, path } = fieldsOf(message);
  switch (kind) {
    case "ready":
      return { kind };
    case "ignore": {
      const { times, owners } = fieldsOf(ignore);
      return typeof times === "boolean" && typeof owners === "boolean"
        ? { kind, ignore: { times, owners } }
        : undefined;
    }
    case "open":
      return typeof path === "string" ? { kind, path } : undefined;
    default:
      return undefined;
  }
}
