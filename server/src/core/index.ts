// The public seam of core: text and trees in, plain data out.
export type { Change, Finding, Fix, Severity, SeverityOverrides, TreeFinding } from "./checks/finding.ts";
export type { Completion } from "./features/completion.ts";
export type { ExtensionClass, ReleaseContext, ReleaseTree } from "./model/release-context.ts";
export type { Tree, TreeEntry } from "./model/tree.ts";
export { type LineIndex, lineIndex, type Position } from "./text/line-index.ts";
export type { Span } from "./text/span.ts";
