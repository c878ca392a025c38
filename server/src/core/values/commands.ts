// Values that are command lines: what systemd refuses in them, their colours, and what may be written where.
import type { Severity } from "../model/severity.ts";
import type { FaultFacts } from "../model/value-reading.ts";
import { type Command, type CommandPrefix, type CommandWord, type PrefixSign, parseCommands } from "./command-line.ts";
import { execVariables, findExecVariable } from "./exec-variables.ts";
import type { Choice, Grammar, Offer, Reader, Word } from "./grammar.ts";
import { findShellSyntax } from "./shell-syntax.ts";
import { readEscape } from "./words.ts";

/** What stands before the path of a command, since when, and what it does. */
export const prefixFacts: Readonly<Record<PrefixSign, { readonly since: number; readonly meaning: string }>> = {
  "@": { since: 0, meaning: "the word after the path is passed to the program as its name (`argv[0]`)" },
  "-": { since: 0, meaning: "a failure of the command counts as success" },
  ":": { since: 242, meaning: "variables are not replaced" },
  "+": { since: 231, meaning: "runs with full privileges, outside the unit's sandbox" },
  "!": { since: 235, meaning: "runs without changing user, group and capabilities" },
  "!!": { since: 235, meaning: "like `!` on kernels without ambient capabilities" },
  "|": { since: 258, meaning: "the user's shell runs the command" },
};

/** From this version on systemd passes over `!!`. */
const doubleIgnored = 258;

export const command: Grammar = {
  syntax: "`[@-:+!|]PATH [ARGUMENT…]`: an absolute path or a program's name, and its arguments",
  read(value, reader) {
    for (const found of parseCommands(value.text)) readCommand(found, value, reader);
  },
  offer: offerCommand,
};

function readCommand(found: Command, value: Word, reader: Reader): void {
  const words = [found.path, ...(found.calledAs === undefined ? [] : [found.calledAs]), ...found.arguments];
  const open = words.find(({ openQuote }) => openQuote !== undefined);
  const ignored = found.prefixes.some(({ sign }) => sign === "-");
  const severity: Severity = ignored ? "warning" : "error";
  if (open !== undefined) {
    faultOpenQuote(open, open === found.path ? "warning" : severity, value, reader);
    return;
  }
  for (const prefix of found.prefixes) readPrefix(prefix, value, reader);
  const fault = faultOfPath(found, value, reader);
  if (fault === undefined) reader.piece(value, found.path.start, found.path.end, "path");
  else reader.fault(value, fault.from, fault.to, { severity, ...fault.facts });
  for (const word of words) readEscapes(word, value, reader);
  for (const { variables } of words) {
    for (const { name, start, end, splits } of variables) {
      reader.piece(value, start, end, "variable", () => variableMeaning(name, splits));
    }
  }
  for (const { start, end, ...facts } of findShellSyntax(found)) {
    reader.fault(value, start, end, { check: "unit/exec-shell-syntax", ...facts });
  }
  if (found.semicolon !== undefined) {
    reader.piece(value, found.semicolon, found.semicolon + 1, "operator", "ends the command; another command follows");
  }
}

function faultOpenQuote({ openQuote = 0, end }: CommandWord, severity: Severity, value: Word, reader: Reader): void {
  const quote = value.text.charAt(openQuote);
  reader.fault(value, openQuote, end, {
    check: "unit/unbalanced-quotes",
    severity,
    message: `this ${quote === '"' ? "double" : "single"} quote is not closed, so systemd cannot parse the command; close it, or escape it with a backslash`,
  });
}

function readPrefix({ sign, at }: CommandPrefix, value: Word, reader: Reader): void {
  const { since, meaning } = prefixFacts[sign];
  const to = at + sign.length;
  reader.piece(value, at, to, "operator", `\`${sign}\`: ${meaning}`);
  if (since > reader.systemd) {
    reader.fault(value, at, to, {
      check: "unit/too-new",
      message: `"${sign}" before a command requires systemd ${since} or later, but the extension also targets systemd ${reader.systemd}, which refuses the unit; raise the target version, or remove it`,
    });
  } else if (sign === "!!" && reader.systemd >= doubleIgnored) {
    reader.fault(value, at, to, {
      check: "unit/exec-prefix",
      severity: "info",
      message: `systemd ${doubleIgnored} and later ignore "!!"; remove it`,
      replacements: [""],
    });
  }
}

interface PathFault {
  readonly from: number;
  readonly to: number;
  readonly facts: FaultFacts;
}

function faultOfPath(found: Command, value: Word, reader: Reader): PathFault | undefined {
  const { path, prefixes, calledAs } = found;
  const { text, start, end } = path;
  const at = (facts: FaultFacts, from = start, to = end): PathFault => ({ from, to, facts });
  const signs = prefixes.map(({ sign }) => sign);
  const extra = /^[@:+!|-]/.exec(text)?.[0];
  if (extra !== undefined) return at(prefixFault(extra, signs), start, start + 1);
  // The user's shell needs no path.
  if (text === "" && !signs.includes("|")) return emptyPath(found, value);
  const facts = text === "" ? undefined : faultOfProgram(path, reader);
  if (facts !== undefined) return at(facts);
  if (signs.includes("@") && calledAs === undefined) {
    const sign = prefixes.find((prefix) => prefix.sign === "@")?.at ?? start;
    return at(
      {
        check: "unit/exec-prefix",
        message: `"@" requires the program name for "${text}" as the next word; add it, or remove the "@"`,
        replacements: [""],
      },
      sign,
      sign + 1,
    );
  }
  return undefined;
}

function prefixFault(sign: string, signs: readonly PrefixSign[]): FaultFacts {
  const check = "unit/exec-prefix";
  const replacements = [""];
  const other = signs.find((known) => known === "+" || known === "!" || known === "!!");
  if (other !== undefined && other !== sign && (sign === "+" || sign === "!")) {
    return {
      check,
      message: `"${other}" and "${sign}" before a command cannot be combined; remove one`,
      replacements,
    };
  }
  return { check, message: `"${sign}" is repeated before the command; remove it`, replacements };
}

function emptyPath({ start, path, calledAs, arguments: words, prefixes }: Command, value: Word): PathFault {
  const check = "unit/exec-path";
  const next = calledAs ?? words[0];
  const signs = prefixes.map(({ sign }) => sign).join("");
  if (next === undefined || signs === "") {
    return { from: start, to: path.end, facts: { check, message: "the command has no path; add one" } };
  }
  const joined = `${signs}${value.text.slice(next.start, next.end)}`;
  const message = `there must be no space between the prefix and the path; use "${joined}"`;
  return { from: start, to: next.end, facts: { check, message, replacements: [joined] } };
}

/** What is wrong with the path or name of a program; undefined for a good one. */
function faultOfProgram(path: CommandWord, reader: Reader): FaultFacts | undefined {
  const { text } = path;
  const check = "unit/exec-path";
  const sign = /["'\\\p{Cc}]/u.exec(text)?.[0];
  if (sign !== undefined) {
    const shown = /["'\\]/.test(sign) ? `a ${sign === "\\" ? "backslash" : "quote"}` : "a control character";
    return { check, message: `"${text}" contains ${shown}, and systemd cannot start such a program; rename it` };
  }
  if (text.endsWith("/")) return { check, message: `"${text}" is a directory; use the path of the program in it` };
  if (text.startsWith("/")) return undefined;
  // The beginning may come from a specifier.
  const known = reader.isOpen(path) ? (/^(?:[^%]|%%)*/.exec(text)?.[0] ?? "") : text;
  if (/^\$/.test(text)) {
    const severity = text.includes("/") ? {} : { severity: "warning" as const };
    return {
      check,
      ...severity,
      message: `variables such as "${text}" are not expanded in the path of a command; write the path out`,
    };
  }
  if (known.startsWith("~/")) return { check, message: `"~" is not expanded in "${text}"; use an absolute path` };
  if (known !== "." && known !== ".." && !known.includes("/")) return undefined;
  const fromRoot = /^(?:usr|bin|sbin|opt|lib|libexec|local)\//.test(text);
  return {
    check,
    message: `"${text}" is neither an absolute path nor a plain file name; use an absolute path`,
    ...(fromRoot ? { replacements: [`/${text}`] } : {}),
  };
}

/** What to write for an escape that systemd does not know, where it is clear. */
const meantEscapes: Readonly<Record<string, string>> = { "\\ ": "\\s", "\\$": "$$", "\\;": "\\\\;" };

function readEscapes({ unknownEscapes = [], start, written }: CommandWord, value: Word, reader: Reader): void {
  for (const { at, text } of unknownEscapes) {
    const meant = meantEscapes[text] ?? `\\${text}`;
    reader.fault(value, at, at + text.length, {
      check: "unit/exec-escape",
      severity: "warning",
      message: `"${text}" is not a known escape sequence, so systemd keeps the backslash; use "${meant}"`,
      replacements: [meant],
    });
  }
  const unknown = new Set(unknownEscapes.map(({ at }) => at));
  for (let at = written.indexOf("\\"); at >= 0; ) {
    const known = unknown.has(start + at) ? undefined : readEscape(written, at);
    if (known !== undefined) reader.piece(value, start + at, start + at + known.length, "escape");
    at = written.indexOf("\\", at + (known?.length ?? 2));
  }
}

function variableMeaning(name: string, splits: boolean): string {
  const facts = findExecVariable(name);
  const how = splits ? "the words of its value, or none if it is not set" : "its value as one word";
  return facts === undefined ? `\`$${name}\`: ${how}` : `\`$${name}\`: ${facts.description}; ${how}`;
}

function offerCommand(value: Word, at: number, reader: Reader): Offer | undefined {
  const commands = parseCommands(value.text);
  const found = commands.findLast(({ start }) => start <= at);
  const ended = found?.semicolon !== undefined && at > found.semicolon;
  if (found === undefined || ended) return offerProgram(at, at, [], reader);
  const { path, prefixes } = found;
  if (at <= path.end) {
    return path.quoted ? undefined : offerProgram(Math.min(at, path.start), path.end, prefixes, reader);
  }
  const word = found.arguments.find(({ start, end }) => at >= start && at <= end);
  return word === undefined || word.quoted ? undefined : offerArgument(word, at, reader);
}

function offerProgram(from: number, to: number, used: readonly CommandPrefix[], { systemd }: Reader): Offer {
  const exclusive = ["+", "!", "!!"];
  const taken = used.map(({ sign }) => sign);
  const choices: Choice[] = Object.entries(prefixFacts)
    .filter(([sign]) => sign !== "!!" || systemd < doubleIgnored)
    .filter(
      ([sign]) => !taken.some((other) => other === sign || (exclusive.includes(sign) && exclusive.includes(other))),
    )
    .map(([text, { since, meaning }]) => ({ text, since, detail: meaning }));
  return { from, to, choices: from === to ? choices : [], around: "executables" };
}

function offerArgument({ text, start, end }: CommandWord, at: number, { systemd }: Reader): Offer | undefined {
  const before = text.slice(0, at - start);
  const variable = /\$\{?[A-Za-z_]*$/.exec(before);
  if (variable !== null) {
    const [sign, close] = variable[0].startsWith("${") || variable.index > 0 ? ["${", "}"] : ["$", ""];
    const choices = execVariables
      .filter(({ since }) => since <= systemd)
      .map(({ name, since, description }) => ({ text: `${sign}${name}${close}`, since, detail: description }));
    const rest = /^[A-Za-z0-9_]*\}?/.exec(text.slice(at - start))?.[0].length ?? 0;
    return { from: start + variable.index, to: at + rest, choices };
  }
  const path = /(?:^|=)(?=\/[^=]*$)/.exec(before);
  if (path === null) return undefined;
  return { from: start + path.index + path[0].length, to: end, choices: [], around: "paths" };
}
