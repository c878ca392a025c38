// Recognises definitions outside of systemd's folders, where other programs use the same suffixes, by name and text.
import { languages } from "../../../shared/src/ids.ts";

/** Only the first lines of a file are looked at. */
const maxLines = 200;

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

/** The language of the file at `path` (with `/` between names) when its first lines contain a definition's header. */
export function languageOfLooseUpdate(
  path: string,
  lines: { readonly count: number; at(line: number): string },
): string | undefined {
  const form = forms.find(({ name }) => name.test(path));
  if (form === undefined) return undefined;
  for (let line = 0; line < Math.min(lines.count, maxLines); line++) {
    if (form.header.test(lines.at(line))) return form.language;
  }
  return undefined;
}
