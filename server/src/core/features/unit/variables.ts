// Environment variables of a unit file: which ones there are for its commands, and where each is named.
import type { Entry, UnitFile } from "../../model/unit-file.ts";
import { spanInValue } from "../../syntax/unit-syntax.ts";
import type { Span } from "../../text/span.ts";
import { parseCommands } from "../../values/command-line.ts";
import { execVariables } from "../../values/exec-variables.ts";
import { cWords, splitWords } from "../../values/words.ts";

export interface Variable {
  readonly name: string;
  /** What it is, or where its value comes from. */
  readonly detail: string;
}

export interface VariableMention extends Variable {
  /** Its name, without a dollar sign. */
  readonly span: Span;
  /** Whether it gets its value here. */
  readonly definition: boolean;
}

/** The variables that commands can use, those of the file first. */
export function variablesFor(file: UnitFile, systemd: number): Variable[] {
  const found = new Map<string, Variable>();
  for (const { name, definition, detail } of mentionsOfVariables(file)) {
    if (definition) found.set(name, { name, detail });
  }
  for (const { name, since, description } of execVariables) {
    if (since <= systemd && !found.has(name)) found.set(name, { name, detail: description });
  }
  return [...found.values()];
}

/** Where the file names variables, in the order of the text. */
export function mentionsOfVariables(file: UnitFile): VariableMention[] {
  return file.entries.flatMap((entry) => {
    if (entry.setting === undefined || entry.open) return [];
    if (entry.setting.grammar === "command") return usesIn(entry);
    return definingSettings.has(entry.node.name) ? definitionsIn(entry) : [];
  });
}

const definingSettings: ReadonlySet<string> = new Set(["Environment", "PassEnvironment", "UnsetEnvironment"]);

function definitionsIn({ node: { name: setting, value } }: Entry): VariableMention[] {
  return splitWords(value.text, cWords).flatMap((word) => {
    const from = word.start + (/^["']/.test(value.text.charAt(word.start)) ? 1 : 0);
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(value.text.slice(from, word.end))?.[0];
    if (name === undefined) return [];
    const assigned = word.text.startsWith(`${name}=`) ? word.text.slice(name.length + 1) : undefined;
    return [
      {
        name,
        detail: assigned === undefined ? `from ${setting}=` : `"${assigned}"`,
        span: spanInValue(value, from, from + name.length),
        definition: setting !== "UnsetEnvironment",
      },
    ];
  });
}

function usesIn({ node: { value } }: Entry): VariableMention[] {
  return parseCommands(value.text)
    .flatMap((command) => [...(command.calledAs === undefined ? [] : [command.calledAs]), ...command.arguments])
    .flatMap(({ variables }) => variables)
    .map(({ name, start }) => {
      const from = start + (value.text.charAt(start + 1) === "{" ? 2 : 1);
      return { name, detail: "", span: spanInValue(value, from, from + name.length), definition: false };
    });
}
