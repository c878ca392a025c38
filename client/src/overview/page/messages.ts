// The messages between an image's overview and its page: texts that are ready to be shown, and what was pressed.
import { fieldsOf } from "../../pages/browser/message-fields.ts";

export type Tone = "plain" | "good" | "info" | "warning" | "error";

/** A place in the image. */
export interface PagePlace {
  /** With odd bytes escaped, as in URIs. */
  readonly path: string;
  /** Counted from 1. */
  readonly line?: number;
}

export interface PageFact {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  /** Whether it is shown as code: a hash, a path. */
  readonly code?: boolean;
}

export interface PageItem {
  readonly tone: Tone;
  /** One or two words that say what the tone means. */
  readonly badge?: string;
  readonly text: string;
  readonly detail?: string;
  /** What a click opens. */
  readonly opens?: PagePlace;
}

export interface PageTable {
  readonly columns: readonly { readonly title: string; readonly number?: boolean }[];
  readonly rows: readonly (readonly string[])[];
}

/** A partition of a disk, or a gap. */
export interface PageRegion {
  /** Bytes; the bar is drawn to scale. */
  readonly size: number;
  /** Its label in the bar; empty for a gap. */
  readonly name: string;
  /** All its properties in one line. */
  readonly spoken: string;
}

export type PageBlock =
  | { readonly kind: "facts"; readonly rows: readonly PageFact[] }
  | { readonly kind: "note"; readonly tone: Tone; readonly text: string }
  | { readonly kind: "code"; readonly text: string; readonly title: string; readonly opens: PagePlace }
  | { readonly kind: "items"; readonly items: readonly PageItem[] }
  | { readonly kind: "disk"; readonly regions: readonly PageRegion[]; readonly spoken: string }
  | { readonly kind: "table"; readonly table: PageTable }
  | { readonly kind: "buttons"; readonly buttons: readonly PageButton[] }
  | { readonly kind: "progress"; readonly text: string; readonly done?: number };

export interface PagePart {
  readonly id: string;
  readonly title: string;
  readonly wide: boolean;
  readonly blocks: readonly PageBlock[];
}

export interface PageButton {
  readonly action: string;
  readonly label: string;
  readonly primary?: boolean;
}

/** Everything except where the bytes go. */
export interface PageOverview {
  readonly title: string;
  readonly subtitle: string;
  readonly notes: readonly { readonly tone: Tone; readonly text: string }[];
  readonly buttons: readonly PageButton[];
  /** The numbers at the top. */
  readonly numbers: readonly PageFact[];
  readonly parts: readonly PagePart[];
}

export type PageMeasure = "stored" | "real";

/** An entry of a folder: a tile of the treemap and a row of the table. */
export interface PageUsage {
  readonly kind: "folder" | "file" | "rest";
  readonly name: string;
  readonly path: string;
  readonly real: number;
  readonly stored: number;
  readonly realText: string;
  readonly storedText: string;
  readonly filesText: string;
  readonly files: number;
  /** Percentage of the folder, by the current measure. */
  readonly share: string;
  /** What a screen reader says for the tile. */
  readonly spoken: string;
  readonly children: readonly PageUsage[];
}

export interface PageUsageView {
  readonly title: string;
  /** The progress of counting, or the totals, in a sentence. */
  readonly summary: string;
  /** What is not counted, and why. */
  readonly problem?: string;
  readonly busy: boolean;
  readonly measure: PageMeasure;
  readonly storedKnown: boolean;
  /** From the image's root to the folder that is shown. */
  readonly crumbs: readonly { readonly path: string; readonly name: string }[];
  readonly level?: PageUsage;
  readonly largest: readonly PageUsage[];
}

export interface PageWords {
  readonly where: string;
  readonly tiles: string;
  readonly help: string;
  readonly measures: Readonly<Record<PageMeasure, string>>;
  readonly showBy: string;
  readonly name: string;
  readonly files: string;
  readonly share: string;
  readonly table: string;
  readonly largest: string;
  readonly showAll: string;
  readonly showLess: string;
  readonly expand: string;
}

/** What is sent to the page. */
export type ToPage =
  | { readonly kind: "words"; readonly words: PageWords }
  | { readonly kind: "overview"; readonly overview: PageOverview }
  | { readonly kind: "usage"; readonly usage: PageUsageView | undefined };

/** What the page sends. */
export type FromPage =
  /** Without a path, the extension chooses the folder. */
  | { readonly kind: "ready"; readonly path?: string; readonly measure: PageMeasure }
  | { readonly kind: "zoom"; readonly path: string; readonly measure: PageMeasure }
  | ({ readonly kind: "open" } & PagePlace)
  | { readonly kind: "press"; readonly button: string };

/** The message that the page has sent; undefined for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  const { kind, path, line, measure: named, button } = fieldsOf(message);
  const measure = named === "real" ? "real" : "stored";
  switch (kind) {
    case "ready":
      return typeof path === "string" ? { kind, path, measure } : { kind, measure };
    case "zoom":
      return typeof path === "string" ? { kind, path, measure } : undefined;
    case "open":
      if (typeof path !== "string") return undefined;
      return typeof line === "number" && line >= 1 ? { kind, path, line } : { kind, path };
    case "press":
      return typeof button === "string" ? { kind, button } : undefined;
    default:
      return undefined;
  }
}
