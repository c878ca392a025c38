// Values about the network: addresses, interfaces, ports that may be bound, sets of nftables and programs of BPF.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import type { UnitWord } from "../tables/unit-setting.ts";
import { choiceOf, meantWord, reportNewWord, wrongWord } from "./choices.ts";
import { partAround } from "./colon-parts.ts";
import { faultWord, type Grammar, offerWhole, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { isIPv4, isIPv6 } from "./ip-addresses.ts";
import { withoutTilde } from "./names.ts";
import { checkPath } from "./paths.ts";
import { bareWords, faultQuote, keptWords, listOf, placeIn, relaxedWords, splitWords } from "./words.ts";

const check = "unit/invalid-value";

const prefixNames: ReadonlyMap<string, string> = new Map([
  ["any", "`0.0.0.0/0` and `::/0`"],
  ["localhost", "`127.0.0.0/8` and `::1/128`"],
  ["link-local", "`169.254.0.0/16` and `fe80::/64`"],
  ["multicast", "`224.0.0.0/4` and `ff00::/8`"],
]);

const prefix: Grammar = {
  syntax: "an address",
  read(word, reader) {
    const { text } = word;
    const meaning = prefixNames.get(text);
    if (meaning !== undefined) return void pieceWord(reader, word, "keyword", meaning);
    const quoted = text.replaceAll(/["']/g, "");
    if (quoted !== text) return void faultWord(reader, word, quotesInList(quoted, reader));
    if (/[,;]/.test(text)) return void faultWord(reader, word, notAnAddress(word, text));
    const slash = text.indexOf("/");
    const address = slash < 0 ? text : text.slice(0, slash);
    const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : undefined;
    if (bits === undefined) return void faultWord(reader, word, notAnAddress(word, address));
    reader.piece(word, 0, address.length, "number");
    if (slash < 0) return;
    const length = readInteger(text.slice(slash + 1));
    if (length !== undefined && length >= 0 && length <= bits) {
      return void reader.piece(word, slash, text.length, "number");
    }
    reader.fault(word, slash, text.length, {
      check,
      message: `"${text.slice(slash)}" is not a valid prefix length; use "/" and a number of bits up to ${bits}`,
    });
  },
  offer: (word) =>
    offerWhole(
      word,
      [...prefixNames].map(([text, meaning]) => ({ text, detail: meaning.replaceAll("`", "") })),
    ),
};

function quotesInList(text: string, { setting: { name } }: Reader): FaultFacts {
  return {
    check: "unit/quotes-literal",
    message: `"${name}=" treats quotes as part of the value; remove them`,
    replacements: [text],
  };
}

function notAnAddress({ text }: Word, address: string): FaultFacts {
  const bare = /^\[(.*)\]$/.exec(address)?.[1];
  const likely =
    bare !== undefined && isIPv6(bare)
      ? text.replace(address, bare)
      : /^[0-9.:/]*$/.test(text)
        ? undefined
        : meantWord(text, [...prefixNames.keys()]);
  const parts = text.split(/[,;]/).filter((part) => part !== "");
  const listed = parts.length > 1 ? parts.join(" ") : undefined;
  const meant = likely ?? listed;
  return {
    check,
    message:
      meant === undefined
        ? `"${text}" is not an address; use for example "10.0.0.0/8" or "fd00::/8", or one of "any", "localhost", "link-local" and "multicast"`
        : `"${text}" is not an address; did you mean "${meant}"?`,
    ...(meant === undefined ? {} : { replacements: [meant] }),
  };
}

/** Addresses and prefixes of networks. */
export const ipPrefixes: Grammar = listOf(
  prefix,
  bareWords,
  "addresses and prefixes (`10.0.0.0/8`), or `any`, `localhost`, `link-local`, `multicast`",
);

/** Bytes in an interface's name, without the one that ends it. */
const maxInterfaceLength = 15;

/** Why a text is no name of an interface; undefined for one that is. */
function interfaceFault(text: string): FaultFacts | undefined {
  const wrong = (why: string): FaultFacts => ({
    check,
    message: `"${text}" is not a valid network interface name: ${why}`,
  });
  if (text === "") return wrong('it is empty; use a name such as "eth0"');
  if (text.length > maxInterfaceLength)
    return wrong(`names have at most ${maxInterfaceLength} characters; use a shorter one`);
  if ((readInteger(text) ?? -1) >= 0) return wrong('a number is not a name; use a name such as "eth0"');
  if ([".", "..", "all", "default"].includes(text)) return wrong("the kernel reserves this word; use another name");
  const sign = /[^!-~]|[/:%]/.exec(text)?.[0];
  if (sign === undefined) return undefined;
  return wrong(`it contains ${sign === " " ? "a space" : `"${sign}"`}; use letters and digits`);
}

function readInterface(word: Word, reader: Reader): void {
  if (reader.isOpen(word)) return;
  const fault = interfaceFault(word.text);
  if (fault === undefined) pieceWord(reader, word, "string");
  else faultWord(reader, word, fault);
}

/** One interface; `also` may stand in its place. */
export function networkInterface(also?: string): Grammar {
  return {
    syntax: `the name of a network interface${also === undefined ? "" : `, or \`${also}\``}`,
    read(word, reader) {
      if (also !== undefined && word.text === also) pieceWord(reader, word, "operator");
      else readInterface(word, reader);
    },
  };
}

/** Interfaces that may be used, or after a tilde those that may not. */
export const interfaces: Grammar = {
  syntax: "network interface names; with `~` first, all except these",
  read(value, reader) {
    for (const word of splitWords(withoutTilde(value, reader).text, relaxedWords)) {
      const place = placeIn(value, word);
      const { text } = place;
      if (word.openQuote !== undefined) faultQuote(reader, place);
      else if (interfaceFault(text) === undefined && /^~|,/.test(text)) faultWord(reader, place, oddInterface(text));
      else readInterface(place, reader);
    }
  },
};

/** systemd takes these for names, which they hardly are. */
function oddInterface(text: string): FaultFacts {
  const parts = text.split(",").filter((part) => part !== "");
  return text.startsWith("~")
    ? { check, severity: "info", message: `systemd reads "${text}" as a name; use "~" once, before the whole list` }
    : {
        check,
        severity: "info",
        message: `systemd reads "${text}" as one name; separate the names with spaces`,
        replacements: [parts.join(" ")],
      };
}

const bindFamilies = ["ipv4", "ipv6"];
const bindProtocols = ["tcp", "udp"];

/** [FAMILY:][PROTOCOL:][PORTS] */
export const socketBind: Grammar = {
  syntax: "`any`, or ports (`8000-8080`), optionally with `ipv4:` or `ipv6:` and then `tcp:` or `udp:` before them",
  read(word, reader) {
    if (word.text === "any") return void pieceWord(reader, word, "keyword", "all ports");
    const parts = word.text.split(":");
    if (parts.includes("")) return void faultWord(reader, word, looseColon(word.text));
    let at = 0;
    let step = 0;
    for (const [index, part] of parts.entries()) {
      const place = partOf(word, at, at + part.length);
      const last = index === parts.length - 1;
      if (step < 1 && bindFamilies.includes(part)) step = 1;
      else if (step < 2 && bindProtocols.includes(part)) step = 2;
      else if (last) {
        const fault = portsFault(place, reader);
        if (fault !== undefined) faultWord(reader, place, fault);
        return;
      } else {
        return void faultWord(reader, place, wrongBind(part, step));
      }
      pieceWord(reader, place, "keyword");
      at += part.length + 1;
    }
  },
  offer({ text }, at) {
    const { index, from, to } = partAround(text, at);
    const words = index === 0 ? ["any", ...bindFamilies, ...bindProtocols] : [...bindProtocols, "any"];
    return { from, to, choices: words.map((choice) => ({ text: choice })) };
  },
};

function looseColon(text: string): FaultFacts {
  return { check, message: `"${text}" has a colon without a value on each side; remove the colon` };
}

function wrongBind(part: string, step: number): FaultFacts {
  const candidates = step === 0 ? [...bindFamilies, ...bindProtocols] : bindProtocols;
  const likely = step < 2 ? meantWord(part, candidates) : undefined;
  if (likely !== undefined) {
    return { check, message: `"${part}" is not known here; did you mean "${likely}"?`, replacements: [likely] };
  }
  return {
    check,
    message: `"${part}" is not valid here; the order is "ipv4" or "ipv6", then "tcp" or "udp", then the ports`,
  };
}

const lastPort = 65_535;

function portsFault(word: Word, reader: Reader): FaultFacts | undefined {
  const { text } = word;
  if (text === "any") return void pieceWord(reader, word, "keyword", "all ports");
  const dash = text.indexOf("-", 1);
  const first = readInteger((dash < 0 ? text : text.slice(0, dash)).trimStart());
  const last = dash < 0 ? first : readInteger(text.slice(dash + 1).trimStart());
  const isPort = (port: number | undefined) => port !== undefined && port >= 1 && port <= lastPort;
  if (!isPort(first) || !isPort(last)) {
    const likely = meantWord(text, ["any", ...bindFamilies, ...bindProtocols]);
    return {
      check,
      message: `"${text}" is not a port; use a number from 1 to ${lastPort}, a range such as "8000-8080", or "any"`,
      ...(likely === undefined ? {} : { replacements: [likely] }),
    };
  }
  if ((first ?? 0) > (last ?? 0)) {
    const turned = `${text.slice(dash + 1)}-${text.slice(0, dash)}`;
    return { check, message: `the range "${text}" runs backwards; use "${turned}"`, replacements: [turned] };
  }
  pieceWord(reader, word, "number");
  return undefined;
}

/** Where the elements of a set of a unit come from; the other sources are for networks. */
const unitSources = new Set(["cgroup", "user", "group"]);
const setSources = findWords("NFTSetSource").filter(({ word }) => unitSources.has(word));
const setFamilies = findWords("NFTSetFamily");
const maxIdentifierLength = 255;

const nftSetElement: Grammar = {
  syntax: "a set",
  read(word, reader) {
    if (reader.isOpen(word)) return;
    const parts = word.text.split(":");
    if (parts.length !== 4) {
      return void faultWord(reader, word, {
        check,
        message: `"${word.text}" is not a set; use SOURCE:FAMILY:TABLE:SET, such as "cgroup:inet:filter:services"`,
      });
    }
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const place = partOf(word, at, at + part.length);
      at += part.length + 1;
      if (index >= 2) readIdentifier(place, index === 2 ? "table" : "set", reader);
      else readNftWord(place, index === 0 ? setSources : setFamilies, reader);
    }
  },
  offer({ text }, at) {
    const { index, from, to } = partAround(text, at);
    const words = [setSources, setFamilies][index];
    return words === undefined ? undefined : { from, to, choices: words.map(choiceOf) };
  },
};

function readNftWord(word: Word, words: readonly UnitWord[], reader: Reader): void {
  const known = words.find((candidate) => candidate.word === word.text);
  if (known === undefined) {
    return void faultWord(reader, word, {
      check,
      ...wrongWord(
        word,
        reader,
        words.map((candidate) => candidate.word),
      ),
    });
  }
  pieceWord(reader, word, "keyword", known.description);
  reportNewWord(word, known, reader);
}

function readIdentifier(word: Word, what: string, reader: Reader): void {
  const { text } = word;
  if (/^[A-Za-z][A-Za-z0-9/\\_.]*$/.test(text) && text.length <= maxIdentifierLength) {
    return void pieceWord(reader, word, "string");
  }
  faultWord(reader, word, {
    check,
    message: `"${text}" is not a valid name of a ${what}; use a letter, followed by letters, digits and the characters _ . /`,
  });
}

/** Sets of nftables that the unit's processes are entered in. */
export const nftSet: Grammar = listOf(
  nftSetElement,
  keptWords,
  "sets as SOURCE:FAMILY:TABLE:SET (`cgroup:inet:filter:services`)",
);

const attachTypes = findWords("BPFCGroupAttachType");

/** TYPE:PATH of a program that is pinned in BPF's file system. */
export const bpfProgram: Grammar = {
  syntax: "TYPE:PATH of a pinned program (`egress:/sys/fs/bpf/filter`)",
  read(word, reader) {
    if (reader.isOpen(word)) return;
    const colon = word.text.indexOf(":");
    const path = partOf(word, colon + 1);
    if (colon < 0 || path.text === "") {
      return void faultWord(reader, word, {
        check,
        message: `"${word.text}" is not a program; use its type, a colon and its path, such as "egress:/sys/fs/bpf/filter"`,
      });
    }
    const type = partOf(word, 0, colon);
    const known = attachTypes.find((candidate) => candidate.word === type.text);
    if (known === undefined) {
      return void faultWord(reader, type, {
        check,
        ...wrongWord(
          type,
          reader,
          attachTypes.map((each) => each.word),
        ),
      });
    }
    pieceWord(reader, type, "keyword", known.description);
    reader.piece(word, colon, colon + 1, "operator");
    checkPath(path, reader);
  },
  offer({ text }, at) {
    const colon = text.indexOf(":");
    if (colon >= 0 && at > colon) return undefined;
    return { from: 0, to: colon < 0 ? text.length : colon, choices: attachTypes.map(choiceOf) };
  },
};
