// The messages between an update plan and its page: the plan as texts, and what the reader presses.
import { fieldsOf } from "../../pages/browser/message-fields.ts";

/** What a plan is made with. */
export const choosable = ["source", "target", "host", "architecture"] as const;
export type Choosable = (typeof choosable)[number];

export interface PageChoice {
  readonly what: Choosable;
  readonly label: string;
  readonly value: string;
  /** Empty for nothing. */
  readonly note: string;
}

/** The button that reads or fetches again. */
export interface PageReading {
  readonly label: string;
  readonly isPrimary: boolean;
  readonly isDisabled: boolean;
  readonly note: string;
}

/** A definition, which opens when it is pressed. */
export interface PageFile {
  readonly uri: string;
  readonly name: string;
}

export interface PageRemarks {
  readonly kind: "faults" | "notes";
  readonly title: string;
  readonly items: readonly { readonly file: PageFile; readonly text: string }[];
}

/** A line of texts, some of them code. */
export interface PageLine {
  readonly kind: "plain" | "note";
  readonly parts: readonly { readonly text: string; readonly isCode: boolean }[];
}

export interface PageFact {
  readonly title: string;
  readonly lines: readonly PageLine[];
}

/** A file name that no pattern matches. */
export interface PageMiss {
  readonly pattern: string;
  readonly reason: string;
  readonly before: string;
  /** The first character that does not match; empty when the name is too short. */
  readonly mark: string;
  readonly after: string;
}

export interface PageMisses {
  readonly title: string;
  readonly isOpen: boolean;
  readonly note: string;
  /** What a screen reader says where a name is too short. */
  readonly endOfName: string;
  readonly items: readonly PageMiss[];
  /** How many are left out; empty for none. */
  readonly more: string;
}

export interface PageTransfer {
  readonly file: PageFile;
  readonly facts: readonly PageFact[];
  readonly misses?: PageMisses;
}

export interface PageVersions {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly version: string;
    /** Whether an update would install it. */
    readonly isCandidate: boolean;
    readonly cells: readonly string[];
  }[];
  readonly more: string;
}

export interface PagePlan {
  readonly title: string;
  readonly choices: readonly PageChoice[];
  readonly reading?: PageReading;
  readonly summary: string;
  /** What is odd about a manifest although systemd accepts it. */
  readonly doubts: readonly string[];
  readonly remarks: readonly PageRemarks[];
  readonly transfers: readonly PageTransfer[];
  readonly versions?: PageVersions;
}

export interface ToPage {
  readonly kind: "plan";
  readonly plan: PagePlan;
}

export type FromPage =
  | { readonly kind: "ready" }
  | { readonly kind: "choose"; readonly what: Choosable }
  | { readonly kind: "read" }
  | { readonly kind: "open"; readonly uri: string };

/** The message that the page has sent; undefined for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  const { kind, what, uri } = fieldsOf(message);
  switch (kind) {
    case "ready":
    case "read":
      return { kind };
    case "choose": {
      const known = choosable.find((each) => each === what);
      return known === undefined ? undefined : { kind, what: known };
    }
    case "open":
      return typeof uri === "string" ? { kind, uri } : undefined;
    default:
      return undefined;
  }
}
