// What a check is: an id, a reason, an example, and a function from a parsed file to findings.
import type { ReleaseContext } from "../model/release-context.ts";
import type { ReleaseFile } from "../model/release-file.ts";
import type { Span } from "../text/span.ts";
import type { Fix, Severity } from "./finding.ts";

/** What the documentation says of a check. */
export interface CheckFacts {
  /** `er/…` and `name/…`, as the documentation lists them. */
  readonly id: string;
  /** Unless a finding says otherwise. */
  readonly severity: Severity;
  /** A short statement of what is wrong. */
  readonly title: string;
  /** Why it matters, in one or two sentences. */
  readonly why: string;
  /** The first version of systemd with the behaviour, when it was not there from the first on. */
  readonly since?: number;
  readonly example: CheckExample;
}

/** A check of one release file. */
export interface ReleaseCheck extends CheckFacts {
  run(file: ReleaseFile, context: ReleaseContext, report: Report): void;
}

export interface CheckExample {
  /** A release file with the mistake. */
  readonly bad: string;
  /** The same file without it. */
  readonly good: string;
  /** Name of the extension in the examples; `demo` when it is left out. */
  readonly name?: string;
  /** The lowest systemd that the bad example is for; a current one when it is left out. */
  readonly systemd?: number;
  /** Path of the bad file in its tree, where the path is the mistake. */
  readonly badPath?: string;
}

/** Reports a finding of the check that runs. */
export type Report = (span: Span, message: string, options?: ReportOptions) => void;

export interface ReportOptions {
  readonly fixes?: readonly Fix[];
  readonly severity?: Severity;
}
