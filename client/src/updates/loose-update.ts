// Tells definitions outside of systemd's folders from other programs' files with the same endings, by name and text.
import { languages } from "../../../shared/src/ids.ts";

/** How many lines of a file are looked at. */
const mostLines = 200;

const forms = [
  {
    name: /(?:^|\/)[^/]+\.transfer(?:\.d\/[^/]+\.conf)?$/,
    header: /^[ \t]*\[(?:Transfer|Source|Target)\]/,
    language: languages.transfer,
  },
  {
    name: /(?:^|\/)[^/]+\.feature(?:\.d\/[^/]+\.conf)?$/,
    header: /^[ \t]*\[Feature\]/,
    language: languages.feature,
  },
  {
    name: /(?:^|\/)sysupdate\.[^/]+\.component(?:\.d\/[^/]+\.conf)?$/,
    header: /^[ \t]*\[Component\]/,
    language: languages.feature,
  },
];

/** The language of a file at this path, with `/` between its parts, whose first lines have a header as definitions do. */
export function languageOfLooseUpdate(
  path: string,
  lines: { readonly count: number; at(line: number): string },
): string | undefined {
  const form = forms.find(({ name }) => name.test(path));
  if (form === undefined) return undefined;
  for (let line = 0; line < Math.min(lines.count, mostLines); line++) {
    if (form.header.test(lines.at(line))) return form.language;
  }
  return undefined;
}
