// The frame of every page that the extension shows: its head, and the policy that keeps out all that is not its own.
import { escapeHtml } from "./escape-html.ts";

export interface PageFrame {
  /** The language of the page's words, as in `en`. */
  readonly language: string;
  readonly title: string;
  readonly style: string;
  /** HTML. */
  readonly body: string;
  /** The script that runs behind the body: its text, or where it is read from. Without one no script runs at all. */
  readonly script?: { readonly text: string } | { readonly source: string };
}

/** The HTML of a page; `nonce` is that of its style and its script, which are the only ones that work in it. */
export function framedPage({ language, title, style, body, script }: PageFrame, nonce: string): string {
  const scriptPolicy = script === undefined ? "" : `; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'${scriptPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
${body}${script === undefined ? "" : `\n${scriptElement(script, nonce)}`}
</body>
</html>
`;
}

function scriptElement(script: NonNullable<PageFrame["script"]>, nonce: string): string {
  return "text" in script
    ? `<script nonce="${nonce}">${script.text}</script>`
    : `<script nonce="${nonce}" src="${escapeHtml(script.source)}"></script>`;
}
