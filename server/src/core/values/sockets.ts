// What a socket listens on: addresses, families of netlink, message queues.

import type { FaultFacts } from "../model/value-reading.ts";
import { findWords } from "../tables/find-unit-setting.ts";
import { choiceOf, meantWord } from "./choices.ts";
import { faultWord, type Grammar, partOf, pieceWord, type Reader, type Word } from "./grammar.ts";
import { readInteger } from "./integers.ts";
import { isIPv4, isIPv6 } from "./ip-addresses.ts";
import { checkPath, literalQuotes, offerPaths, reportVarRun } from "./paths.ts";

const check = "unit/invalid-value";
const lastPort = 65_535;
const lastUnsigned = 2 ** 32 - 1;
/** Bytes that the kernel has for the name of a socket in the file system. */
const maxPathLength = 107;
/** Numbers of virtual machines that have names. */
const machines: ReadonlySet<string> = new Set(["", "hypervisor", "local", "host", "any", "-1"]);

const anyAddress: Grammar = {
  syntax: "a port, an address and a port (`127.0.0.1:80`, `[::1]:80`), an absolute path, `@NAME`, or `vsock:CID:PORT`",
  read(word, reader) {
    const { text } = word;
    if (text.startsWith("/")) return readPath(word, reader);
    if (reader.isOpen(word)) return;
    const fault = text.startsWith("@") ? readAbstract(word, reader) : readInternet(word, reader);
    if (fault !== undefined) faultWord(reader, word, fault);
  },
  offer: (word) => offerPaths(word),
};

/** Sequences of packets are known to sockets of the machine itself alone. */
const localAddress: Grammar = {
  syntax: "an absolute path, or `@NAME`",
  read(word, reader) {
    if (/^[/@]/.test(word.text) || reader.isOpen(word)) return anyAddress.read(word, reader);
    faultWord(
      reader,
      word,
      literalQuotes(word.text) ?? {
        check,
        message: `"${word.text}" is not valid for a sequential packet socket; use an absolute path, or a name after "@"`,
      },
    );
  },
  offer: (word) => offerPaths(word),
};

/** What a stream or datagram socket listens on, or one of the machine itself. */
export function socketAddress(only?: "unix"): Grammar {
  return only === "unix" ? localAddress : anyAddress;
}

function readPath(word: Word, reader: Reader): void {
  const { text } = word;
  if (!reader.isOpen(word) && (text === "/" || byteLength(text) > maxPathLength)) {
    return void faultWord(reader, word, {
      check,
      message:
        text === "/"
          ? '"/" cannot be a socket; use the path of a file'
          : `"${text}" is longer than ${maxPathLength} bytes, the limit for a socket path; use a shorter one`,
    });
  }
  pieceWord(reader, word, "path");
  reportVarRun(word, reader);
}

function byteLength(text: string): number {
  let length = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

function readAbstract(word: Word, reader: Reader): FaultFacts | undefined {
  if (word.text === "@") return { check, message: '"@" has no name; add one after it' };
  if (byteLength(word.text) > maxPathLength) {
    return { check, message: `"${word.text}" is longer than ${maxPathLength} bytes; use a shorter name` };
  }
  pieceWord(reader, word, "string", "an abstract socket");
  return undefined;
}

function readInternet(word: Word, reader: Reader): FaultFacts | undefined {
  const { text } = word;
  const virtual = /^vsock(?:-stream|-dgram|-seqpacket)?:/.exec(text);
  if (virtual !== null) return readVirtual(word, virtual[0].length, reader);
  const bracketed = /^\[([^\]]*)\]:/.exec(text)?.[1];
  const colon = bracketed === undefined ? text.indexOf(":") : text.indexOf("]") + 1;
  const address = bracketed ?? text.slice(0, Math.max(0, colon));
  const known = bracketed === undefined ? isIPv4(address) : isIPv6(address);
  const port = partOf(word, colon + 1);
  if (colon >= 0 ? !known : !isPort(text)) return notAnAddress(text);
  if (colon >= 0) {
    reader.piece(word, 0, colon, "number", bracketed === undefined ? "an IPv4 address" : "an IPv6 address");
    reader.piece(word, colon, colon + 1, "operator");
  }
  if (isPort(port.text)) pieceWord(reader, port, "number", `port ${readInteger(port.text)}`);
  else if (port.text === "") return notAnAddress(text);
  else faultWord(reader, port, notAPort(port.text));
  return undefined;
}

function isPort(text: string): boolean {
  const port = readInteger(text);
  return port !== undefined && port >= 1 && port <= lastPort;
}

function notAPort(text: string): FaultFacts {
  return { check, message: `"${text}" is not a port; use a number from 1 to ${lastPort}` };
}

function isUnsigned(text: string): boolean {
  const value = readInteger(text);
  return value !== undefined && value >= 0 && value <= lastUnsigned;
}

function readVirtual(word: Word, from: number, reader: Reader): FaultFacts | undefined {
  const { text } = word;
  const colon = text.indexOf(":", from);
  const machine = partOf(word, from, Math.max(from, colon));
  const port = partOf(word, colon + 1);
  if (colon < 0 || port.text === "") {
    return { check, message: `"${text}" has no port; use vsock:CID:PORT, such as "vsock::1234"` };
  }
  reader.piece(word, 0, from - 1, "keyword", "between virtual machines and their host");
  if (machines.has(machine.text) || isUnsigned(machine.text)) pieceWord(reader, machine, "number");
  else {
    const message = `"${machine.text}" is not a virtual machine ID; use a number, or leave it empty for any`;
    faultWord(reader, machine, { check, message });
  }
  if (isUnsigned(port.text)) pieceWord(reader, port, "number");
  else faultWord(reader, port, { check, message: `"${port.text}" is not a port; use a number` });
  return undefined;
}

function notAnAddress(text: string): FaultFacts {
  const quotes = literalQuotes(text);
  if (quotes !== undefined) return quotes;
  const meant = meantAddress(text);
  if (meant !== undefined) {
    return { check, message: `"${text}" is not an address; did you mean "${meant}"?`, replacements: [meant] };
  }
  const bare = text.replaceAll(/[[\]]/g, "");
  if (isIPv4(text) || isIPv6(bare)) {
    const example = isIPv4(text) ? `${text}:80` : `[${bare}]:80`;
    return { check, message: `"${text}" has no port; add one, such as "${example}"` };
  }
  if (/^-?\d+$/.test(text)) return notAPort(text);
  return {
    check,
    message: `"${text}" is not an address; use a port, "127.0.0.1:80", "[::1]:80", an absolute path, or "@" and a name`,
  };
}

function isAddressAndPort(text: string): boolean {
  const [, address = "", port = ""] = /^(\[.*\]|[^:]*):([^:]*)$/.exec(text) ?? [];
  return isPort(port) && (isIPv4(address) || (address.startsWith("[") && isIPv6(address.slice(1, -1))));
}

/** What was probably meant by forms that other programs know. */
function meantAddress(text: string): string | undefined {
  const [, host, port = ""] = /^(\*|localhost|tcp|udp|):(\d+)$/.exec(text) ?? [];
  if (host !== undefined && isPort(port)) return host === "localhost" ? `127.0.0.1:${port}` : port;
  const bare = /^(?:tcp|udp|inet|ipv4|ipv6):(?:\/\/)?(.+)$/.exec(text)?.[1];
  if (bare !== undefined && isAddressAndPort(bare)) return bare;
  const path = /^unix:(\/.*)$/.exec(text)?.[1] ?? (/^(?:run|var|tmp)\//.test(text) ? `/${text}` : undefined);
  return path;
}

const netlinkFamilies = findWords("NetlinkFamily");

/** FAMILY [GROUP] of the kernel's own messages. */
export const netlink: Grammar = {
  syntax: "a netlink family and a group (`kobject-uevent 1`)",
  read(word, reader) {
    if (reader.isOpen(word)) return;
    const [, name = "", blanks = "", group = ""] = /^(\S*)(\s*)(.*)$/s.exec(word.text) ?? [];
    const family = partOf(word, 0, name.length);
    const known = netlinkFamilies.find((candidate) => candidate.word === name);
    const number = readInteger(name);
    if (known !== undefined) pieceWord(reader, family, "keyword", known.description);
    else if (number !== undefined && number >= 0 && number < 2 ** 31) pieceWord(reader, family, "number");
    else {
      const names = netlinkFamilies.map((candidate) => candidate.word);
      const likely = meantWord(name, names);
      faultWord(
        reader,
        family,
        literalQuotes(name) ?? {
          check,
          message: `"${name}" is not a netlink family; ${likely === undefined ? 'use for example "route" or "kobject-uevent"' : `did you mean "${likely}"?`}`,
          ...(likely === undefined ? {} : { replacements: [likely] }),
        },
      );
    }
    if (group === "") return;
    const from = name.length + blanks.length;
    const value = readInteger(group);
    if (value !== undefined && value >= 0 && value <= lastUnsigned)
      return reader.piece(word, from, word.text.length, "number");
    reader.fault(word, from, word.text.length, { check, message: `"${group}" is not a group; use its number` });
  },
  offer(word, at) {
    const end = /\s/.exec(word.text)?.index ?? word.text.length;
    return at > end ? undefined : { from: 0, to: end, choices: netlinkFamilies.map(choiceOf) };
  },
};

/** The name of a POSIX message queue. */
export const messageQueue: Grammar = {
  syntax: "a message queue name, which begins with a slash (`/demo`)",
  read(word, reader) {
    if (!checkPath(word, reader) || reader.isOpen(word)) return;
    if (!/^\/[^/]+\//.test(word.text)) return;
    // systemd takes it, and the kernel then does not.
    faultWord(reader, word, {
      check,
      severity: "info",
      message: `"${word.text}" is not a valid message queue name; use a name with one slash, at the beginning`,
    });
  },
};
