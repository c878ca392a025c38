// Takes command lines apart as systemd does: prefixes, path, arguments, variables and the semicolons between commands.
import { cWords, type SplitWord, splitWords } from "./words.ts";

export type PrefixSign = "@" | "-" | ":" | "+" | "!" | "!!" | "|";

export interface CommandPrefix {
  readonly sign: PrefixSign;
  /** Position in the value. */
  readonly at: number;
}

/** A variable that systemd puts the value of in. */
export interface VariableUse {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Whether the value becomes words of its own. */
  readonly splits: boolean;
}

/** A word of a command; positions are those of the value. */
export interface CommandWord extends SplitWord {
  /** As it is written, with quotes and backslashes. */
  readonly written: string;
  readonly variables: readonly VariableUse[];
}

export interface Command {
  readonly start: number;
  readonly end: number;
  readonly prefixes: readonly CommandPrefix[];
  /** What is started: the first word without its prefixes. Variables are not replaced in it. */
  readonly path: CommandWord;
  /** What the command is told to be called, with the prefix `@`. */
  readonly calledAs?: CommandWord;
  readonly arguments: readonly CommandWord[];
  /** Position of the semicolon behind it. */
  readonly semicolon?: number;
}

/** The commands of a value, in their order; never throws. */
export function parseCommands(text: string): Command[] {
  const commands: Command[] = [];
  let words: SplitWord[] = [];
  const finish = (semicolon?: number) => {
    const [first, ...rest] = words;
    if (first !== undefined) commands.push(commandOf(text, first, rest, semicolon));
    words = [];
  };
  for (const word of splitWords(text, cWords)) {
    const written = text.slice(word.start, word.end);
    // A semicolon in quotes is one as well where a command's path is expected.
    if (written === ";" || (words.length === 0 && word.text === ";")) finish(word.start);
    else if (written === "\\;" && words.length > 0) words.push({ ...word, text: ";", unknownEscapes: [] });
    else words.push(word);
  }
  finish();
  return commands;
}

function commandOf(text: string, first: SplitWord, rest: readonly SplitWord[], semicolon?: number): Command {
  const { prefixes, length } = readPrefixes(text, first);
  const plain = prefixes.some(({ sign }) => sign === ":");
  const [second, ...others] = rest.map((word) => commandWord(text, word, plain));
  const named = prefixes.some(({ sign }) => sign === "@");
  const [called, args] = named || second === undefined ? [second, others] : [undefined, [second, ...others]];
  return {
    start: first.start,
    end: (rest.at(-1) ?? first).end,
    prefixes,
    path: pathOf(text, first, length),
    ...(called === undefined ? {} : { calledAs: called }),
    arguments: args,
    ...(semicolon === undefined ? {} : { semicolon }),
  };
}

/** The prefixes before a path, and how many units of the word's text they are. */
function readPrefixes(text: string, { text: word, start }: SplitWord): { prefixes: CommandPrefix[]; length: number } {
  const prefixes: CommandPrefix[] = [];
  const quoted = text.charAt(start) === '"' || text.charAt(start) === "'";
  const base = quoted ? start + 1 : start;
  const has = (...signs: readonly PrefixSign[]) => prefixes.some(({ sign }) => signs.includes(sign));
  let length = 0;
  for (; length < word.length; length++) {
    const sign = word.charAt(length);
    const at = base + length;
    if (sign === "!" && has("!") && !has("+", "!!")) {
      const single = prefixes.findIndex((prefix) => prefix.sign === "!");
      prefixes.splice(single, 1);
      prefixes.push({ sign: "!!", at: at - 1 });
    } else if ((sign === "+" || sign === "!") && !has("+", "!", "!!")) prefixes.push({ sign, at });
    else if ((sign === "-" || sign === "@" || sign === ":" || sign === "|") && !has(sign)) prefixes.push({ sign, at });
    else break;
  }
  return { prefixes, length };
}

function pathOf(text: string, first: SplitWord, prefixed: number): CommandWord {
  const value = first.text.slice(prefixed);
  const written = text.slice(first.start, first.end);
  const apart = written.startsWith(first.text.slice(0, prefixed));
  const start = apart ? first.start + prefixed : first.start;
  return { ...first, text: value, start, written: text.slice(start, first.end), variables: [] };
}

function commandWord(text: string, word: SplitWord, plain: boolean): CommandWord {
  const written = text.slice(word.start, word.end);
  return { ...word, written, variables: plain ? [] : variablesOf(word, written) };
}

function variablesOf({ text, start }: SplitWord, written: string): VariableUse[] {
  if (!text.includes("$")) return [];
  const [, whole] = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(text) ?? [];
  if (whole !== undefined) {
    const at = written.indexOf(text);
    if (at < 0) return [];
    return [{ name: whole, start: start + at, end: start + at + text.length, splits: true }];
  }
  const uses: VariableUse[] = [];
  for (const match of written.matchAll(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)) {
    const [use, name] = match;
    if (name === undefined) continue;
    uses.push({ name, start: start + match.index, end: start + match.index + use.length, splits: false });
  }
  return uses;
}

/** The file name of a path. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const shells: ReadonlySet<string> = new Set(["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh"]);

/**
 * The arguments that a shell reads, so that its syntax is at home there: those behind `-c`, and all of a command that
 * is given to the user's shell.
 */
export function shellWords({ prefixes, path, arguments: words }: Command): readonly CommandWord[] {
  if (prefixes.some(({ sign }) => sign === "|")) return words;
  let shell = shells.has(nameOf(path.text));
  for (const [index, word] of words.entries()) {
    if (shell && /^-[A-Za-z]*c[A-Za-z]*$/.test(word.text)) return words.slice(index + 1);
    shell ||= shells.has(nameOf(word.text));
  }
  return [];
}
