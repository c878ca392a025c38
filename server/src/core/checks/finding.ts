// What a check reports: plain data, in offsets of the text that it looked at.
import type { Severity, SeverityOverrides } from "../model/severity.ts";
import type { Span } from "../text/span.ts";

export interface Finding {
  /** Id of the check, such as `er/id-missing`. */
  readonly check: string;
  readonly severity: Severity;
  readonly span: Span;
  /** One sentence in the user's words, with the value in double quotes and the way out. */
  readonly message: string;
  /** Repairs, the most obvious first. */
  readonly fixes: readonly Fix[];
}

/** A repair that an editor can make. Paths are relative to the tree's root, as in a FileTree. */
export interface Fix {
  /** An imperative: `Change to "x86-64"`. */
  readonly title: string;
  readonly changes: readonly Change[];
}

export type Change =
  /** Replaces a stretch of the file that the finding is in. */
  | { readonly kind: "edit"; readonly span: Span; readonly text: string }
  /** Gives a file of the tree another path; its folder is created when it is missing. */
  | { readonly kind: "rename"; readonly from: string; readonly to: string }
  /** Makes `text` the content of another file of the tree, which may or may not be there. */
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  /** Removes a file, or a folder with all that is in it. */
  | { readonly kind: "remove"; readonly path: string }
  /** Gives a file or folder other permission bits, 0 to 0o7777. */
  | { readonly kind: "mode"; readonly path: string; readonly mode: number };

/** A finding in one file of a tree. */
export interface TreeFinding extends Finding {
  /** Path of the file, relative to the tree's root; a finding about a missing file names the path where it should be. */
  readonly path: string;
}

/** Applies the severities that a user has set; `off` drops a finding. */
export function withSeverities<Found extends Finding>(
  findings: readonly Found[],
  overrides: SeverityOverrides,
): Found[] {
  return findings.flatMap((finding) => {
    const severity = overrides[finding.check] ?? finding.severity;
    return severity === "off" ? [] : [{ ...finding, severity }];
  });
}
