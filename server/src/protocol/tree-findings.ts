// Which findings about a tree as a whole are shown in which document.
import type { TextDocument } from "vscode-languageserver-textdocument";
import { projectFileName } from "../../../shared/src/ids.ts";
import { type Finding, locateRelease, locateUnit, type Span, type TreeFinding } from "../core/index.ts";
import type { ReadTree } from "./tree-store.ts";
import { comparableUri } from "./uris.ts";

/** Findings about a tree that belong to a document: those at its own path, and in the release file those without a text. */
export function treeFindingsIn(tree: ReadTree, document: TextDocument): Finding[] {
  const prefix = `${comparableUri(tree.rootUri)}/`;
  const path = comparableUri(document.uri).slice(prefix.length);
  const text = document.getText();
  const before = textOf(tree, path);
  const own = tree.findings().flatMap((finding): Finding[] => {
    if (finding.path !== path) return [];
    const span = movedSpan(finding.span, before ?? text, text);
    return span === undefined ? [] : [{ ...finding, span }];
  });
  return path === homeOfOthers(tree)
    ? [
        ...own,
        ...homelessFindings(tree).flatMap((finding) =>
          finding.path === projectFileName ? [] : inRelease(finding, text),
        ),
      ]
    : own;
}

/** The release file in which findings are shown that have no text of their own. */
function homeOfOthers({ facts: { extension } }: ReadTree): string | undefined {
  return extension.releaseFiles[0] ?? extension.allReleaseFiles[0];
}

/** Findings at files that are no documents of ours, such as programs and folders. */
export function homelessFindings(tree: ReadTree): TreeFinding[] {
  return tree.findings().filter(({ path }) => locateRelease(path) === undefined && locateUnit(path) === undefined);
}

function inRelease({ path, message, fixes, ...finding }: TreeFinding, text: string): Finding {
  const firstLine = /^[^\r\n]*/.exec(text)?.[0].length ?? 0;
  return {
    ...finding,
    message: `${path}: ${message}`,
    span: { start: 0, end: firstLine },
    // An edit is one of the other file's text.
    fixes: fixes.filter(({ changes }) => changes.every(({ kind }) => kind !== "edit")),
  };
}

/** The text that a tree was read with. */
export function textOf({ facts: { extension, releases, texts, units } }: ReadTree, path: string): string | undefined {
  if (path === projectFileName) return extension.projectText;
  return releases.get(path)?.text ?? texts.get(path) ?? units.files.find((file) => file.path === path)?.file.text;
}

/** Where a stretch of a text is after a change; undefined when the change touched it. */
export function movedSpan({ start, end }: Span, before: string, after: string): Span | undefined {
  if (before === after) return { start, end };
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before.charCodeAt(same) === after.charCodeAt(same)) same += 1;
  if (end <= same) return { start, end };
  let sameEnd = 0;
  while (
    sameEnd < shorter - same &&
    before.charCodeAt(before.length - 1 - sameEnd) === after.charCodeAt(after.length - 1 - sameEnd)
  ) {
    sameEnd += 1;
  }
  const by = after.length - before.length;
  return start >= before.length - sameEnd ? { start: start + by, end: end + by } : undefined;
}
