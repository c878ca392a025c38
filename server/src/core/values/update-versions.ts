// Values that are versions, as systemd-sysupdate compares them.

import type { FaultFacts } from "../model/value-reading.ts";
import { faultWord, type Grammar, pieceWord, type Reader, type Word } from "./grammar.ts";
import { firstWithTilde, isVersion } from "./wildcards.ts";

/** A version, or a specifier for the one that runs. */
export const updateVersion: Grammar = {
  syntax: "a version with letters, digits and `.`, `-`, `_` and `+`",
  read(word, reader) {
    if (isVersion(word.text, reader.systemd) || /^\.\.?$/.test(word.text)) pieceWord(reader, word, "number");
    else if (!reader.isOpen(word)) faultWord(reader, word, faultOf(word, reader));
  },
};

function faultOf({ text }: Word, { systemd, setting }: Reader): FaultFacts {
  if (systemd < firstWithTilde && isVersion(text, firstWithTilde)) {
    return {
      check: "transfer/too-new",
      message: `"~" and "^" in versions such as "${text}" require systemd ${firstWithTilde} or later, but the extension also targets systemd ${systemd}, which ignores the setting; raise the target version`,
    };
  }
  const bare = /^(["'])(.+)\1$/.exec(text)?.[2] ?? text;
  const meant = isVersion(bare, systemd) ? bare : undefined;
  const way =
    meant !== undefined
      ? "remove the quotes"
      : /\s/.test(text)
        ? `use one version for each "${setting.name}="`
        : systemd < firstWithTilde
          ? 'use letters, digits and ".,_-+"'
          : 'use letters, digits and ".-~^_+"';
  return {
    check: "transfer/value",
    message: `"${text}" is not a valid version, so systemd ignores the setting; ${way}`,
    ...(meant === undefined ? {} : { replacements: [meant] }),
  };
}
