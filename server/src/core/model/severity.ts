// How grave a finding is, and what users set instead.

export type Severity = "error" | "warning" | "info" | "hint";

/** Severities that a user has set, by check id. */
export type SeverityOverrides = Readonly<Record<string, Severity | "off">>;
