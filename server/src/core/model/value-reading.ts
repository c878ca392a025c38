// What is read of a value: its parts, what they mean, and what is wrong with them; the grammars in core/values read it.
import type { Severity } from "./severity.ts";

/** Colours, by the names that editors have for them. */
export type PieceKind =
  | "keyword"
  | "number"
  | "string"
  | "path"
  | "unit"
  | "operator"
  | "variable"
  | "specifier"
  | "escape"
  | "property"
  | "feature";

/** Markdown, or a function that makes it when somebody asks. */
export type Meaning = string | (() => string | undefined);

/** The checks that a value can fail; value-checks.ts in checks/unit and in checks/transfer have their texts. */
export type ValueCheck =
  | UpdateValueCheck
  | "unit/invalid-value"
  | "unit/deprecated-value"
  | "unit/relative-path"
  | "unit/path-not-normalized"
  | "unit/quotes-literal"
  | "unit/unbalanced-quotes"
  | "unit/unknown-specifier"
  | "unit/var-run"
  | "unit/invalid-unit-name"
  | "unit/dependency-without-suffix"
  | "unit/exec-path"
  | "unit/exec-prefix"
  | "unit/exec-escape"
  | "unit/exec-shell-syntax"
  | "unit/user-name"
  | "unit/environment-entry"
  | "unit/never-elapses"
  | "unit/too-new";

/** Those of grammars that only files of systemd-sysupdate have. */
export type UpdateValueCheck =
  | "transfer/pattern-syntax"
  | "transfer/pattern-no-version"
  | "transfer/path"
  | "transfer/source-type"
  | "transfer/target-type"
  | "transfer/instances-max"
  | "transfer/specifier"
  | "transfer/value"
  | "transfer/too-new";

export interface FaultFacts {
  readonly check: ValueCheck;
  /** One sentence: what is wrong, with the value in double quotes, and the way out. */
  readonly message: string;
  /** The check's own when it is left out. */
  readonly severity?: Severity;
  /** What to write in place of the faulty units, the most obvious first; only where it is obvious. */
  readonly replacements?: readonly string[];
}

/** A part of a value; positions are those of the value's joined text. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly kind: PieceKind;
  readonly meaning?: Meaning;
}

export interface Fault extends FaultFacts {
  readonly start: number;
  readonly end: number;
}

export interface Reading {
  /** In the order of the text. */
  readonly pieces: readonly Piece[];
  readonly faults: readonly Fault[];
}
