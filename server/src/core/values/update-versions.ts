// Values that are versions, as systemd-sysupdate compares them.

import type { FaultFacts } from "../model/value-reading.ts";
import { faultWord, type Grammar, pieceWord, type Reader, type Word } from "./grammar.ts";
import { firstWithTilde, isVersion } from "./wildcards.ts";

/** A version, or a specifier for the one that runs. */
export const updateVersion: Grammar = {
  syntax: "a version of letters, digits and `.`, `-`, `_` and `+`",
  read(word, reader) {
    if (isVersion(word.text, reader.systemd) || /^\.\.?$/.test(word.text)) pieceWord(reader, word, "number");
    else if (!reader.isOpen(word)) faultWord(reader, word, faultOf(word, reader));
  },
};

function faultOf({ text }: Word, { systemd, setting }: Reader): FaultFacts {
  if (systemd < firstWithTilde && isVersion(text, firstWithTilde)) {
    return {
      check: "transfer/too-new",
      message: `versions such as "${text}" may have "~" and "^" since systemd ${firstWithTilde}, but the extension is for systemd ${systemd} as well, which passes over the setting; raise the target version`,
    };
  }
  const bare = /^(["'])(.+)\1$/.exec(text)?.[2] ?? text;
  const meant = isVersion(bare, systemd) ? bare : undefined;
  const way =
    meant !== undefined
      ? "leave the quotes out"
      : /\s/.test(text)
        ? `write one version, and others in a "${setting.name}=" of their own`
        : systemd < firstWithTilde
          ? 'versions have letters, digits and any of ".,_-+"'
          : 'versions have letters, digits and any of ".-~^_+"';
  return {
    check: "transfer/value",
    message: `"${text}" is no version, so systemd passes over the setting; ${way}`,
    ...(meant === undefined ? {} : { replacements: [meant] }),
  };
}
