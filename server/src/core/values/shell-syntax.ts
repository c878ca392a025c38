// Finds what only a shell understands in the arguments of a command, which systemd hands over as they are written.
import type { Severity } from "../model/severity.ts";
import { type Command, type CommandWord, shellWords } from "./command-line.ts";

export interface ShellSyntax {
  /** Position in the value. */
  readonly start: number;
  readonly end: number;
  readonly severity: Severity;
  readonly message: string;
  readonly replacements?: readonly string[];
}

/** Programs for which signs of comparison and patterns are arguments like others. */
const comparing: ReadonlySet<string> = new Set(["test", "[", "expr", "find"]);

type Sign = Omit<ShellSyntax, "start" | "end"> & { readonly from?: number; readonly to?: number };

/** The first sign of each argument that looks as if a shell were to read it. */
export function findShellSyntax(command: Command): ShellSyntax[] {
  const read = new Set(shellWords(command));
  const program = command.path.text.slice(command.path.text.lastIndexOf("/") + 1);
  const plain = command.prefixes.some(({ sign }) => sign === ":");
  return command.arguments.flatMap((word, index): ShellSyntax[] => {
    if (read.has(word)) return [];
    const last = index === command.arguments.length - 1;
    const sign = (plain ? undefined : variableSign(word)) ?? wordSign(word, comparing.has(program), last);
    if (sign === undefined) return [];
    const { from = 0, to = word.end - word.start, ...facts } = sign;
    return [{ ...facts, start: word.start + from, end: word.start + to }];
  });
}

/** Words without quotes and escapes; whoever writes those means the signs themselves. */
function wordSign({ written, quoted }: CommandWord, compares: boolean, last: boolean): Sign | undefined {
  if (quoted || written.startsWith("\\")) return undefined;
  const way = `put the command line into sh -c "…", or remove it`;
  if (/^(?:&&|\|\||\|&?)$/.test(written) && !compares) {
    return {
      severity: "warning",
      message: `"${written}" is passed as an argument, because systemd does not use a shell; ${way}`,
    };
  }
  if (isRedirection(written) && !compares) {
    return {
      severity: "warning",
      message: `"${written}" is passed as an argument, because systemd does not use a shell; use "StandardOutput=" and related settings, or ${way}`,
    };
  }
  if (written === "&" && last) {
    return {
      severity: "warning",
      message: `"&" is passed as an argument; remove it, because systemd runs services in the background anyway`,
      replacements: [""],
    };
  }
  if (/[^;\\];$/.test(written)) {
    return {
      severity: "info",
      message: `the semicolon in "${written}" is part of the argument; add a space before it to end the command`,
      replacements: [`${written.slice(0, -1)} ;`],
    };
  }
  return substitutionSign(written, compares);
}

function isRedirection(written: string): boolean {
  return (
    /^(?:\d?>{1,2}|\d?<|<<<|&>{1,2}|\d?>&\d?)$/.test(written) || /^(?:(?:\d?|&)>{1,2}|\d?<)(?:\/\S|&\d$)/.test(written)
  );
}

function substitutionSign(written: string, compares: boolean): Sign | undefined {
  const command = /`[^`]+`|\$\([^)]*\)?/.exec(written);
  if (command !== null) {
    return {
      severity: "info",
      message: `"${command[0]}" is passed literally, because systemd does not use a shell; put the command line into sh -c "…"`,
      from: command.index,
      to: command.index + command[0].length,
    };
  }
  const home = /^(?:[^=]*=)?(?=~\/)/.exec(written);
  if (home !== null) {
    return {
      severity: "info",
      message: `"~" is not expanded here; use the path, or "%h" for the home directory of the manager's user`,
      from: home[0].length,
      to: home[0].length + 1,
    };
  }
  const pattern = /^\/[^*?]*\*/.exec(written);
  if (pattern !== null && !compares) {
    return {
      severity: "info",
      message: `"${written}" is passed literally; if the program does not expand patterns itself, put the command line into sh -c "…"`,
      from: pattern[0].length - 1,
      to: pattern[0].length,
    };
  }
  return undefined;
}

/** Variables in a form that systemd does not replace. */
function variableSign({ written, text }: CommandWord): Sign | undefined {
  const [extended, name = ""] =
    /\$\{([A-Za-z_]\w*)[:#%/^,+=?-][^}]{0,200}\}/.exec(written.replaceAll("$$", "  ")) ?? [];
  if (extended !== undefined) {
    const from = written.indexOf(extended);
    return {
      severity: "info",
      message: `systemd expands "\${${name}}" but not "${extended}"; set a default with "Environment="`,
      from,
      to: from + extended.length,
    };
  }
  const use = /(?<!\$)\$([A-Z_][A-Z0-9_]*)(?![A-Za-z0-9_])/.exec(written);
  if (use === null || text === use[0] || !/^(?:$|[=/:,@])/.test(use.index === 0 ? "" : written.charAt(use.index - 1))) {
    return undefined;
  }
  return {
    severity: "info",
    message: `"${use[0]}" is expanded only as a separate word; use "\${${use[1]}}" within a word`,
    replacements: [`\${${use[1]}}`],
    from: use.index,
    to: use.index + use[0].length,
  };
}
