// Findings as the reports of `sysext check` show them: places as files, lines and columns.

export type Severity = "error" | "warning" | "info" | "hint";

/** The JSON of one finding. Lines and columns count from 1, columns in UTF-16 units; the end is behind the last one. */
export interface ReportedFinding {
  /** As the user named the folder or image that it is in; with `/` on every system. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  /** Where the check is explained. */
  readonly url: string;
  /** Title of the quick fix, where there is one. */
  readonly fix?: string;
}

/** A way to print findings; `version` is that of this program. */
export type Report = (findings: readonly ReportedFinding[], version: string) => string;
