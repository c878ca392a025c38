// Signature help in command lines: which part of a command the caret is in, and what that part is.
import type { UnitFile } from "../../model/unit-file.ts";
import type { Span } from "../../text/span.ts";
import { type Command, parseCommands } from "../../values/command-line.ts";
import { prefixFacts } from "../../values/commands.ts";
import { caretAt } from "./caret.ts";

export interface Signature {
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  readonly parameters: readonly SignatureParameter[];
  /** Index of the parameter that the caret is in. */
  readonly active: number;
}

export interface SignatureParameter {
  /** Its place in the label. */
  readonly span: Span;
  /** Markdown. */
  readonly documentation: string;
}

interface Part {
  readonly label: string;
  readonly documentation: string;
}

const prefixes: Part = {
  label: "[@-:+!|]",
  documentation: Object.entries(prefixFacts)
    .map(([sign, { since, meaning }]) => `- \`${sign}\`: ${meaning}${since === 0 ? "" : ` (since systemd ${since})`}`)
    .join("\n"),
};

const path: Part = {
  label: "PATH",
  documentation:
    "An absolute path, or the name of a program in systemd's search path. Variables are not expanded in it.",
};

const calledAs: Part = {
  label: "CALLED-AS",
  documentation: "The name that is passed to the program as `argv[0]`, because `@` is before its path.",
};

const args: Part = {
  label: "[ARGUMENT…]",
  documentation:
    `\`$NAME\` as a separate word expands to the words of a variable,  \`\${NAME}\` anywhere to its value;  \`$$\` is a dollar sign. ` +
    "Quotes group words. There is no shell, so `|`, `>` and `&&` are ordinary arguments.",
};

const others: Part = {
  label: "[; COMMAND…]",
  documentation: "A semicolon between spaces starts another command.",
};

/** Help for the command at `offset`; undefined outside of command lines. */
export function signatureInUnit(file: UnitFile, offset: number): Signature | undefined {
  const caret = caretAt(file, offset);
  if (caret.kind !== "value" || caret.entry.setting?.grammar !== "command") return undefined;
  const { text, at, entry } = caret;
  const command = parseCommands(text).findLast(({ start }) => start <= at);
  const ended = command?.semicolon !== undefined && at > command.semicolon;
  const current = ended ? undefined : command;
  const named = current?.prefixes.some(({ sign }) => sign === "@") ?? false;
  const parts = named ? [prefixes, path, calledAs, args, others] : [prefixes, path, args, others];
  return { ...describe(entry.node.name, parts), active: parts.indexOf(partAt(current, at, named)) };
}

function describe(name: string, parts: readonly Part[]): Omit<Signature, "active"> {
  let label = `${name}=`;
  const parameters: SignatureParameter[] = [];
  for (const part of parts) {
    // Prefixes stand right before the path.
    const start = label.length + (part === prefixes || part === path ? 0 : 1);
    label = label.padEnd(start) + part.label;
    parameters.push({ span: { start, end: label.length }, documentation: part.documentation });
  }
  return { label, documentation: "", parameters };
}

function partAt(command: Command | undefined, at: number, named: boolean): Part {
  if (command === undefined || at < command.path.start) return prefixes;
  if (at <= command.path.end) return path;
  if (command.semicolon !== undefined && at >= command.semicolon) return others;
  if (named && (command.calledAs === undefined || at <= command.calledAs.end)) return calledAs;
  return args;
}
