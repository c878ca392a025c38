// Tooltips of several lines, in which nothing counts as Markdown.
import { MarkdownString } from "vscode";

/** Lines as they stand: names of files and extensions may look like Markdown. */
export function plainMarkdown(lines: readonly string[]): MarkdownString {
  const text = new MarkdownString();
  lines.forEach((line, index) => {
    if (index > 0) text.appendMarkdown("  \n");
    text.appendText(line);
  });
  return text;
}
