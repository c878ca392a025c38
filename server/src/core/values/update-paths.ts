// Where versions come from and go to: addresses, absolute paths, and the symlink to the newest.

import type { FaultFacts } from "../model/value-reading.ts";
import { type Choice, faultWord, type Grammar, type Offer, pieceWord, type Reader, type Word } from "./grammar.ts";

const auto: Choice = { text: "auto", detail: "the disk with the root file system" };
/** Stores that no extension is merged from. */
const stores: readonly Choice[] = [
  { text: "/var/lib/extensions.d/", detail: "versions of system extensions" },
  { text: "/var/lib/confexts.d/", detail: "versions of configuration extensions" },
];
const merged: readonly Choice[] = [
  { text: "/var/lib/extensions/", detail: "merged by systemd-sysext" },
  { text: "/var/lib/confexts/", detail: "merged by systemd-confext" },
];
const schemes: readonly Choice[] = [{ text: "https://" }, { text: "http://" }];

/** An address of the web; blanks are no mistake to systemd, letters beyond ASCII are. */
function isHttpUrl(text: string): boolean {
  return /^https?:\/\/[\0-\x7f]+$/.test(text);
}

function meantUrl(text: string): string | undefined {
  const candidates = [
    text.replace(/^(["'])(.*)\1$/, "$2"),
    text.replace(/^<(.*)>$/, "$1"),
    text.replace(/^[A-Za-z]+:/, (scheme) => scheme.toLowerCase()),
    text.replace(/^(https?):\/(?=[^/])/i, "$1://"),
    text.replace(/^(?=www\.)/, "https://"),
  ];
  return candidates.find((candidate) => candidate !== text && isHttpUrl(candidate));
}

function faultOfUrl(text: string, name: string): Pick<FaultFacts, "message" | "replacements"> {
  const meant = meantUrl(text);
  if (meant !== undefined)
    return { message: `"${text}" is not a URL; did you mean "${meant}"?`, replacements: [meant] };
  if (/^https?:\/\/./.test(text)) {
    return { message: `"${text}" has non-ASCII characters; percent-encode them, with doubled percent signs` };
  }
  return text === ""
    ? { message: `"${name}=" requires a URL; add one` }
    : { message: `"${text}" is not a URL; it must begin with "https://" or "http://"` };
}

/** Signs in an address that systemd-sysupdate puts the version in place of. */
function readVersions(word: Word, reader: Reader): void {
  if (reader.setting.name !== "ChangeLog") return;
  for (const { index } of word.text.matchAll(/@v/g)) {
    reader.piece(word, index, index + 2, "variable", "`@v`: the version that the changelog is for");
  }
}

/** An address of a page for people. */
export const httpUrl: Grammar = {
  syntax: "a URL with `https://` or `http://`",
  read(word, reader) {
    if (isHttpUrl(word.text)) {
      pieceWord(reader, word, "string");
      readVersions(word, reader);
    } else if (!/^%[A-Za-z0-9]/.test(word.text)) {
      faultWord(reader, word, { check: "transfer/value", ...faultOfUrl(word.text, reader.setting.name) });
    }
  },
  offer: (word) => (word.text.includes("/") ? undefined : { from: 0, to: word.text.length, choices: schemes }),
};

/** Folders at the root, to see what was meant by a path that does not begin there. */
const rootFolders = /^(?:usr|etc|var|run|opt|srv|home|dev|boot|efi|mnt|media)(?:\/|$)/;

/** Names between slashes that systemd takes for no normal path, but for the last slash. */
function isNormalized(text: string): boolean {
  return !/\/\/|\/\.\.?(?:\/|$)/.test(text);
}

/** The path that was meant by one with dots or slashes too many; undefined when a specifier stands where they lead. */
function normalize(text: string): string | undefined {
  const names: string[] = [];
  for (const name of text.split("/")) {
    if (name === "..") {
      if (names.at(-1)?.includes("%")) return undefined;
      names.pop();
    } else if (name !== "" && name !== ".") names.push(name);
  }
  return `/${names.join("/")}`;
}

function faultOfPath(text: string, name: string, alternatives: string): FaultFacts {
  const check = "transfer/path";
  if (text === "") return { check, message: `"${name}=" requires a path; add one` };
  if (text.startsWith("/")) {
    const meant = normalize(text);
    return {
      check,
      message: `systemd does not accept paths with ".", ".." or "//", such as "${text}"; use the normalized path`,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    };
  }
  const bare = /^(["'])(\/.*)\1$/.exec(text)?.[2];
  if (bare !== undefined) {
    return {
      check,
      message: `the quotes around "${bare}" are part of the path; remove them, spaces do not need quotes`,
      replacements: [bare],
    };
  }
  return {
    check,
    message: `"${text}" does not begin with a slash; use an absolute path${alternatives}`,
    ...(rootFolders.test(text) ? { replacements: [`/${text}`] } : {}),
  };
}

/** Whether nothing can be said of a path, because a specifier stands where it begins. */
function beginsOpen(word: Word, reader: Reader): boolean {
  return reader.isOpen(word) && /^%[A-Za-z0-9]/.test(word.text);
}

/** The folder or address that versions come from. Which of the two has to be written depends on `Type=`. */
export const sourcePath: Grammar = {
  syntax: "a URL with `https://` or `http://`, or an absolute path",
  read(word, reader) {
    const { text } = word;
    if (text === "auto") {
      const message = '"auto" selects a partition, which cannot be a source; use the directory or URL of the versions';
      return faultWord(reader, word, { check: "transfer/path", message });
    }
    // Files by an address are read, too, although no manual says so.
    if (isHttpUrl(text) || /^file:\/[\0-\x7f]*$/.test(text)) return pieceWord(reader, word, "string");
    if (text.startsWith("/") && isNormalized(text)) return pieceWord(reader, word, "path");
    if (beginsOpen(word, reader)) return;
    const isAddress = /^[a-z][a-z+.-]*:\//i.test(text) || meantUrl(text) !== undefined;
    const other = ', or a URL with "https://"';
    faultWord(
      reader,
      word,
      isAddress
        ? { check: "transfer/path", ...faultOfUrl(text, reader.setting.name) }
        : faultOfPath(text, reader.setting.name, other),
    );
  },
  offer: (word) => offerPath(word, schemes),
};

/** The folder that versions are stored in, or the device whose partitions hold them. */
export const targetPath: Grammar = {
  syntax: "an absolute path, or `auto` for the disk with the root file system",
  read(word, reader) {
    const { text } = word;
    if (text === "auto") return pieceWord(reader, word, "keyword", auto.detail);
    if (text.startsWith("/") && isNormalized(text)) return pieceWord(reader, word, "path");
    if (beginsOpen(word, reader)) return;
    if (/^[a-z][a-z+.-]*:\/\//i.test(text)) {
      const message = `"${text}" is a URL, but versions are stored on the host; use an absolute path`;
      return faultWord(reader, word, { check: "transfer/path", message });
    }
    faultWord(reader, word, faultOfPath(text, reader.setting.name, ', or "auto" for a partition of the root disk'));
  },
  offer: (word) => offerPath(word, [auto, ...stores]),
};

/** A symlink that leads to the newest version: absolute, or below the target's path. */
export const symlinkPath: Grammar = {
  syntax: "a path; a relative path is below `Path=`",
  read(word, reader) {
    const { text } = word;
    if (!text.split("/").includes("..")) return pieceWord(reader, word, "path");
    const meant = text.startsWith("/") ? normalize(text) : undefined;
    faultWord(reader, word, {
      check: "transfer/path",
      severity: "warning",
      message: `systemd ignores symlinks with ".." in the path, such as "${text}"; use the resolved absolute path`,
      ...(meant === undefined ? {} : { replacements: [meant] }),
    });
  },
  offer: (word) => offerPath(word, merged),
};

/** Paths of the tree, and at the beginning what may stand in place of one. */
function offerPath(word: Word, beginnings: readonly Choice[]): Offer {
  const choices = word.text.includes("/") ? [] : beginnings;
  return { from: 0, to: word.text.length, choices, around: "paths" };
}
