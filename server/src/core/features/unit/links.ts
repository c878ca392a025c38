// What a value leads to: files of the tree by their paths, and pages of documentation.

import type { UnitFile } from "../../model/unit-file.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import { newestSystemd } from "../../tables/newest-systemd.ts";
import type { Span } from "../../text/span.ts";
import { readingOf } from "../../values/read-entry.ts";

export type Link =
  | { readonly span: Span; readonly kind: "page"; readonly target: string }
  /** `path` is where the file would be in the tree, with the names that /bin, /sbin and /lib are links to. */
  | { readonly span: Span; readonly kind: "file"; readonly path: string };

/** A file has few paths; one with more is looked at in part. */
const maxLinks = 500;

/** Everything in a file's values that leads somewhere, in the order of the text; whether files exist is not looked at. */
export function linksIn(file: UnitFile): Link[] {
  const links: Link[] = [];
  for (const entry of file.entries) {
    if (links.length >= maxLinks) break;
    const { node } = entry;
    const { value } = node;
    const isAddress = /^(?:http-url|source-path)$/.test(entry.setting?.grammar ?? "");
    if (isAddress) links.push(...addressIn(value.text, value.span));
    else if (node.name === "Documentation")
      links.push(...pagesIn(value.text, (from, to) => spanInValue(value, from, to)));
    for (const { kind, start, end } of readingOf(entry, newestSystemd)?.pieces ?? []) {
      const path = kind === "path" ? pathInTree(value.text.slice(start, end)) : undefined;
      if (path !== undefined) links.push({ span: spanInValue(value, start, end), kind: "file", path });
    }
  }
  return links;
}

function pagesIn(text: string, spanOf: (from: number, to: number) => Span): Link[] {
  return [...text.matchAll(/\S+/g)].flatMap(({ 0: word, index }): Link[] => {
    const target = pageOf(word);
    return target === undefined ? [] : [{ span: spanOf(index, index + word.length), kind: "page", target }];
  });
}

/** One address as a whole; where specifiers and versions are put in, nobody can follow it. */
function addressIn(text: string, span: Span): Link[] {
  const isWritten = /^https?:\/\/[!-~]+$/.test(text) && !/%|@v/.test(text);
  return isWritten ? [{ span, kind: "page", target: text }] : [];
}

/** Where a URI of `Documentation=` can be read in a browser. */
function pageOf(uri: string): string | undefined {
  if (/^https?:\/\/[!-~]+$/.test(uri)) return uri;
  const [, page, section] = /^man:([A-Za-z0-9][A-Za-z0-9._@+:-]*)\((\d[a-z]*)\)$/.exec(uri) ?? [];
  return page === undefined ? undefined : `https://manpages.debian.org/${encodeURIComponent(page)}.${section}`;
}

/** The place in an extension's tree of a path on the host; undefined for what an extension cannot have. */
export function pathInTree(path: string): string | undefined {
  if (!/^\/[^%*?[\0]+$/.test(path)) return undefined;
  const names = path.split("/").filter((name) => name !== "");
  if (names.includes("..") || names.includes(".")) return undefined;
  const [first = "", ...rest] = names;
  if (["bin", "sbin", "lib", "lib64"].includes(first)) return ["usr", first, ...rest].join("/");
  return ["usr", "opt", "etc"].includes(first) && rest.length > 0 ? names.join("/") : undefined;
}
