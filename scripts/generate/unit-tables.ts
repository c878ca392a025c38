// Makes core's tables of unit files and of sysupdate's files from the facts: settings, words, specifiers, groups of system calls and file systems.
import { cell, header, literal, readFacts, words } from "./facts.ts";

type Row = Readonly<Record<string, string>>;

function settings(): string {
  const texts = new Map(readFacts("unit-descriptions").map((row) => [key(row), row]));
  const rows = readFacts("unit-settings").map((row) => `  ${literal(setting(row, texts.get(key(row))))},\n`);
  return `${header("the settings of unit files")}import type { UnitSetting } from "./unit-setting.ts";

export const unitSettings: readonly UnitSetting[] = [
${rows.join("")}];
`;
}

function updateSettings(): string {
  const rows = readFacts("update-settings").map((row) => `  ${literal(setting(row, row))},\n`);
  return `${header("the settings of sysupdate's files")}import type { UnitSetting } from "./unit-setting.ts";

export const updateSettings: readonly UnitSetting[] = [
${rows.join("")}];
`;
}

function key(row: Row): string {
  return `${cell(row, "group")} ${cell(row, "name")}`;
}

function setting(row: Row, text: Row | undefined): Record<string, unknown> {
  const flag = (column: string) => (cell(row, column) === "yes" ? { [column]: true } : {});
  const version = (column: string) => (cell(row, column) === "" ? {} : { [column]: Number(cell(row, column)) });
  const note = (source: Row | undefined, column: string) =>
    source === undefined || cell(source, column) === "" ? {} : { [column]: cell(source, column) };
  const rejected = words(row, "rejected");
  return {
    group: cell(row, "group"),
    name: cell(row, "name"),
    grammar: cell(row, "grammar"),
    since: Number(cell(row, "since")),
    ...version("gone"),
    ...version("inert"),
    ...note(row, "replacement"),
    ...flag("renames"),
    ...(cell(row, "list") === "" ? {} : { list: true }),
    ...flag("resets"),
    ...(cell(row, "specifiers") === ""
      ? {}
      : { specifiers: cell(row, "specifiers") === "install" ? "install" : "full" }),
    ...(cell(row, "fatal") === "" ? {} : { fatal: cell(row, "fatal") === "dash" ? "unless-dash" : "always" }),
    ...note(row, "page"),
    ...(rejected.length === 0 ? {} : { rejected }),
    ...note(text, "default"),
    ...note(text, "example"),
    ...note(text, "description"),
  };
}

function unitWords(): string {
  const byList = Map.groupBy(readFacts("unit-words"), (row) => cell(row, "enum"));
  const lists = Array.from(byList, ([name, rows]) => {
    const members = rows.map((row) => {
      const last = cell(row, "last");
      const description = cell(row, "description");
      return literal({
        word: cell(row, "word"),
        since: Number(cell(row, "since") || "0"),
        ...(last === "" ? {} : { last: Number(last) }),
        ...(description === "" ? {} : { description }),
      });
    });
    return `  ${name}: [\n${members.map((member) => `    ${member},\n`).join("")}  ],\n`;
  });
  return `${header("the words that settings of unit files take")}import type { UnitWord } from "./unit-setting.ts";

export const unitWords = {
${lists.join("")}} satisfies Record<string, readonly UnitWord[]>;
`;
}

function groups(file: string, constant: string, what: string, member: string): string {
  const byGroup = Map.groupBy(readFacts(file), (row) => cell(row, "group"));
  const rows = Array.from(
    byGroup,
    ([name, members]) => `  [${literal(name)}, ${literal(members.map((row) => cell(row, member)).join(" "))}],\n`,
  );
  return `${header(what)}
/** Members of each group, separated by blanks. */
export const ${constant}: ReadonlyMap<string, string> = new Map([
${rows.join("")}]);
`;
}

function specifiers(): string {
  const rows = readFacts("specifiers").map((row) =>
    literal({
      letter: cell(row, "letter"),
      contexts: words(row, "contexts"),
      since: Number(cell(row, "since") || "0"),
      description: cell(row, "description"),
    }),
  );
  return `${header("specifiers of unit files")}
export interface Specifier {
  readonly letter: string;
  /** \`unit-full\`, \`unit-name\`, \`install\` or \`sysupdate\`. */
  readonly contexts: readonly string[];
  readonly since: number;
  readonly description: string;
}

export const specifiers: readonly Specifier[] = [
${rows.map((row) => `  ${row},\n`).join("")}];
`;
}

/** The tables of unit files by their path in the project, not yet formatted. */
export function generateUnitTables(): Record<string, string> {
  const folder = "server/src/core/tables";
  return {
    [`${folder}/unit-settings.ts`]: settings(),
    [`${folder}/update-settings.ts`]: updateSettings(),
    [`${folder}/unit-words.ts`]: unitWords(),
    [`${folder}/specifiers.ts`]: specifiers(),
    [`${folder}/syscall-groups.ts`]: groups("syscall-groups", "syscallGroups", "groups of system calls", "member"),
    [`${folder}/filesystem-groups.ts`]: groups(
      "filesystem-groups",
      "filesystemGroups",
      "groups of file systems",
      "filesystem",
    ),
  };
}
