// The HTML document that every page starts as: one script and one style sheet of its own, and nothing else that could run.

export interface PageDocument {
  /** The language of the page's words, such as `en`. */
  readonly language: string;
  readonly title: string;
  /** Where the webview loads the script and the style sheet from. */
  readonly script: string;
  readonly style: string;
  /** A random value; only elements that carry it may load a script or a style sheet. */
  readonly nonce: string;
}

/** An empty document; the page's script draws all of its content. */
export function pageHtml({ language, title, script, style, nonce }: PageDocument): string {
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1.0">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(style)}">
</head>
<body>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? "");
}
