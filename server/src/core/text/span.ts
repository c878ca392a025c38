// A stretch of a text, in UTF-16 units as JavaScript counts them.

export interface Span {
  readonly start: number;
  /** Behind the last unit. */
  readonly end: number;
}
